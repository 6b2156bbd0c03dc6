"""How long it takes until questions are answered again, and how slow a fault makes them.

    python -m tests.benchmarks.faults

`onrecord serve` over the articles of the HTTP tests, without the reader. One line of JSON.
"""

from __future__ import annotations

import json
import resource
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.http.process import Served, make_collection, served
from tests.resilience.asking import BORDER, NEWS, ask
from tests.resilience.disturbing import Disturbance
from tests.resilience.test_file_handles import CONNECTIONS, idle_connections

SLOW_MS = 40.0
QUESTIONS = 21


def seconds_of(url: str) -> float:
    """One question, from asking to the answer."""
    started = time.perf_counter()
    ask(url, BORDER).raise_for_status()
    return time.perf_counter() - started


def median_ms(url: str) -> float:
    """Of several questions, one after the other."""
    return round(statistics.median(seconds_of(url) for _ in range(QUESTIONS)) * 1000, 1)


def addition_seconds(url: str) -> float:
    """Adding an article, until it is on the disk and indexed; it is removed again."""
    started = time.perf_counter()
    added = httpx.post(f"{url}/articles", json=NEWS, timeout=300).raise_for_status().json()
    seconds = time.perf_counter() - started
    httpx.delete(f"{url}/articles/{added['article_ids'][0]}", timeout=300).raise_for_status()
    return round(seconds, 2)


def after_no_handle_was_left(running: Served, url: str) -> float:
    """From the moment when others let go of their handles to the next answer."""
    pid = running.process.pid
    limit = max(int(handle.name) for handle in Path(f"/proc/{pid}/fd").iterdir())
    before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (limit + CONNECTIONS // 2, before[1]))
    with idle_connections(url, CONNECTIONS):
        time.sleep(3)
    seconds = seconds_of(url)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
    return round(seconds, 2)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "exported").mkdir()
        make_collection(folder, folder / "exported")
        machine = Disturbance(folder)
        figures: dict[str, float] = {}
        with served(folder, through=machine.through) as running:
            url = running.wait_until_ready()
            ask(url, BORDER)
            figures["question_ms"] = median_ms(url)
            figures["addition_s"] = addition_seconds(url)
            machine.slow_disk(SLOW_MS)
            figures[f"question_ms_each_write_{SLOW_MS:g}_ms_slower"] = median_ms(url)
            figures[f"addition_s_each_write_{SLOW_MS:g}_ms_slower"] = addition_seconds(url)
            machine.slow_disk(0.0)
            figures["answer_s_after_no_handle_was_left"] = after_no_handle_was_left(running, url)
            running.stop(signal.SIGKILL)
        started = time.perf_counter()
        with served(folder, through=machine.through) as running:
            seconds_of(running.wait_until_ready())
            figures["answer_s_after_sigkill"] = round(time.perf_counter() - started, 2)
        machine.close()
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
