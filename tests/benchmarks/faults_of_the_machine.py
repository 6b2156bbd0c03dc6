"""Faults of the machine under `onrecord serve`: it is killed, full, slow, wrong, or damaged."""

from __future__ import annotations

import resource
import signal
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from tests.benchmarks.fault_measures import (
    Places,
    Row,
    Stopwatch,
    add,
    ask_many,
    is_right,
    seconds_until,
)
from tests.http.process import served
from tests.http.test_processes import in_flight, wait_until
from tests.resilience.asking import BORDER, ask
from tests.resilience.damaging import scramble
from tests.resilience.disturbing import YEAR, Disturbance
from tests.resilience.test_file_handles import CONNECTIONS, idle_connections
from tests.writing import model_server as models

KILLS = 5
STARTS = 3
IN_FLIGHT = 8
SLOW_MS = 40.0
JUMPS = (-YEAR, 0.0, YEAR, 0.0)


def faults_of_the_machine(places: Places) -> Iterator[Row]:
    """One row for each."""
    yield killed(places.new("killed"))
    yield ended(places.new("ended"))
    yield full(places.new("full"))
    yield slow(places.new("slow"))
    yield damaged(places.new("damaged"))
    yield wrong(places.new("wrong"))
    yield without_handles(places.new("handles"))


def killed(folder: Path) -> Row:
    """SIGKILL right after an addition was acknowledged, again and again."""
    acknowledged, seconds = [], []
    for number in range(KILLS):
        with served(folder) as running:
            url = running.wait_until_ready()
            acknowledged += add(url, number).raise_for_status().json()["article_ids"]
            running.stop(signal.SIGKILL)
        watch = Stopwatch()
        with served(folder) as running:
            url = running.wait_until_ready()
            ask(url, BORDER).raise_for_status()
            seconds.append(watch.seconds)
            found = [httpx.get(f"{url}/articles/{one}").status_code for one in acknowledged]
    lost = sum(status != httpx.codes.OK for status in found)
    return Row(
        "SIGKILL",
        "what was acknowledged is there after the next start",
        "`tests/resilience/test_server_faults.py`, `tests/index/test_crashes.py`",
        f"{lost} of {len(acknowledged)} acknowledged additions lost;"
        f" from start to the first answer {statistics.median(seconds):.1f} s",
    )


def ended(folder: Path) -> Row:
    """SIGTERM while answers wait for a model that writes, which then goes on."""
    models.released.clear()
    with (
        models.model_server() as base,
        served(folder, LLM_URL=base, LLM_MODEL="waits") as running,
        ThreadPoolExecutor(IN_FLIGHT) as askers,
    ):
        url = running.wait_until_ready()
        answers = [askers.submit(ask, url, BORDER) for _ in range(IN_FLIGHT)]
        wait_until(lambda: in_flight(url) > IN_FLIGHT)
        running.process.send_signal(signal.SIGTERM)
        time.sleep(1)  # for a server that would not wait
        watch = Stopwatch()
        models.released.set()
        right = sum(is_right(answer.result()) for answer in answers)
        status = running.process.wait()
        seconds = watch.seconds
    return Row(
        "SIGTERM",
        "what is being answered is answered, then it ends",
        "`tests/http/test_processes.py`",
        f"{right} of {IN_FLIGHT} answers in flight came; ended {seconds:.1f} s after they could"
        f" go on, status {status}",
    )


def full(folder: Path) -> Row:
    """No file may grow."""
    with served(folder) as running:
        url = running.wait_until_ready()
        ask(url, BORDER).raise_for_status()
        pid = running.process.pid
        before = resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        asked = ask_many(url)
        refused = add(url).status_code
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
        seconds = seconds_until(lambda: add(url).status_code in (200, 201))
    return Row(
        "disk full",
        "questions are answered, additions refused until there is room",
        "`tests/resilience/test_server_faults.py`, `tests/index/test_faults.py`",
        f"{asked} while full (median {asked.median_ms:.0f} ms), the addition refused ({refused});"
        f" added {seconds:.2f} s after there was room",
    )


def slow(folder: Path) -> Row:
    """Every write and fsync takes longer."""
    machine = Disturbance(folder)
    with served(folder, through=machine.through) as running:
        url = running.wait_until_ready()
        ask(url, BORDER).raise_for_status()
        usual = ask_many(url)
        machine.slow_disk(SLOW_MS)
        asked = ask_many(url)
        watch = Stopwatch()
        add(url).raise_for_status()
        seconds = watch.seconds
        machine.slow_disk(0.0)
    machine.close()
    return Row(
        "slow disk",
        "who asks waits for no addition, and nothing acknowledged is lost",
        "`tests/resilience/test_slow_disk.py`",
        f"each write {SLOW_MS:g} ms slower: median {asked.median_ms:.0f} ms, p95"
        f" {asked.p95_ms:.0f} ms ({usual.median_ms:.0f} and {usual.p95_ms:.0f} ms before);"
        f" an addition {seconds:.1f} s",
    )


def damaged(folder: Path) -> Row:
    """The vectors' checkpoint while it stands still, conversations while it runs."""
    data = folder / "data"
    first_answer(folder)  # leaves a checkpoint behind
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for sound in (True, False) * STARTS:
        if not sound:
            [checkpoint] = data.glob("index-*.vectors")
            content = bytearray(checkpoint.read_bytes())
            content[-1] ^= 1
            checkpoint.write_bytes(content)
        seconds[sound].append(first_answer(folder))
    with served(folder) as running:
        url = running.wait_until_ready()
        ask(url, BORDER).raise_for_status()
        for path in data.glob("conversations.sqlite*"):
            scramble(path)
        asked = ask_many(url)
    return Row(
        "corrupted files",
        "checkpoints are made anew from the store, what people left is put aside, answers go on",
        "`tests/index/test_faults.py`, `tests/resilience/test_damaged_files.py`,"
        " `tests/index/test_flipped_bits.py`",
        f"first answer {statistics.median(seconds[False]):.1f} s after a start with a flipped bit"
        f" in the checkpoint ({statistics.median(seconds[True]):.1f} s with a sound one);"
        f" {asked} over overwritten conversations",
    )


def first_answer(folder: Path) -> float:
    """Seconds from a start to its first answer."""
    watch = Stopwatch()
    with served(folder) as running:
        ask(running.wait_until_ready(), BORDER).raise_for_status()
        return watch.seconds


def wrong(folder: Path) -> Row:
    """The clock is set a year back and forth."""
    machine = Disturbance(folder)
    with served(folder, through=machine.through) as running:
        url = running.wait_until_ready()
        ask(url, BORDER).raise_for_status()
        asked = []
        for seconds in JUMPS:
            machine.wrong_clock(seconds)
            asked.append(ask_many(url))
        added = add(url).status_code
    machine.close()
    right, number = sum(one.right for one in asked), sum(one.number for one in asked)
    return Row(
        "clock jumps",
        "answers, conversations, limits and the index go on",
        "`tests/resilience/test_clock_jumps.py`",
        f"over {len(JUMPS)} jumps of a year {right} of {number} questions answered (p95"
        f" {max(one.p95_ms for one in asked):.0f} ms), the addition taken ({added})",
    )


def without_handles(folder: Path) -> Row:
    """Others hold every handle, then let go."""
    with served(folder) as running:
        url = running.wait_until_ready()
        ask(url, BORDER).raise_for_status()
        pid = running.process.pid
        limit = max(int(handle.name) for handle in Path(f"/proc/{pid}/fd").iterdir())
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (limit + CONNECTIONS // 2,) * 2)
        with idle_connections(url, CONNECTIONS):
            try:
                httpx.get(f"{url}/healthz", timeout=3)
                waited = "answered all the same"
            except httpx.TimeoutException:
                waited = "who comes waits"
        watch = Stopwatch()
        right = is_right(ask(url, BORDER))
        seconds = watch.seconds
    return Row(
        "file handles exhausted",
        "who comes waits or gets 503, and is answered once others have gone",
        "`tests/resilience/test_file_handles.py`",
        f"{waited}; {'answered' if right else 'NOT ANSWERED'} {seconds:.2f} s after the others"
        " had gone",
    )
