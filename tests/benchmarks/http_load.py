"""Load on loopback: many clients with mixed questions while the index is being changed.

    python -m tests.benchmarks.http_load [--clients 64] [--seconds 20] [--workers 1 2]
                                         [--readers none packaged] [--url http://127.0.0.1:8000]

Without --url a server of the sample articles is started for every number of workers and every
reader. The clients run on the same machine and take their share of it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import numpy as np

ROOT = Path(__file__).parent.parent.parent
QUESTIONS = (
    "How long is the border between Ukraine and Belarus?",
    "Who moved troops to the border?",
    "When did the tram line to the harbour open?",
    "How do I bake sourdough bread?",
    "What did the report find about the herring?",
    "Why did the bakers strike?",
    "Who won the chess tournament?",
    "What did Lukashenko say in August 2024?",
)


class Load:
    """What the clients have seen."""

    def __init__(self) -> None:
        self.milliseconds: list[float] = []
        self.faults: Counter[str] = Counter()
        self.changes = 0

    async def ask(self, url: str, until: float, first: int) -> None:
        """One client: a question after the other, every fourth of them as a stream."""
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            for number in itertools.count(first):
                if time.monotonic() >= until:
                    return
                body = {"question": QUESTIONS[number % len(QUESTIONS)]}
                headers = {"Accept": "text/event-stream"} if number % 4 == 0 else {}
                started = time.perf_counter()
                try:
                    response = await client.post("/ask", json=body, headers=headers)
                except httpx.HTTPError as error:
                    self.faults[type(error).__name__] += 1
                    continue
                self.milliseconds.append((time.perf_counter() - started) * 1000)
                if response.status_code != httpx.codes.OK or "event: error" in response.text:
                    self.faults[str(response.status_code)] += 1

    async def change(self, url: str, until: float) -> None:
        """Add an article and take it out again, all the time."""
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            for number in itertools.count():
                if time.monotonic() >= until:
                    return
                text = f"Passing news number {number} was read out at {time.time()} in Orle."
                added = await client.post("/articles", json={"title": "Passing", "text": text})
                if added.status_code != httpx.codes.CREATED:
                    self.faults[f"add {added.status_code}"] += 1
                    continue
                for article_id in added.json()["article_ids"]:
                    removed = await client.delete(f"/articles/{article_id}")
                    if removed.status_code != httpx.codes.NO_CONTENT:
                        self.faults[f"remove {removed.status_code}"] += 1
                self.changes += 2
                await asyncio.sleep(0.2)


async def measure(url: str, clients: int, seconds: float) -> dict[str, object]:
    """Throughput, latencies in milliseconds and faults."""
    load = Load()
    until = time.monotonic() + seconds
    await asyncio.gather(
        load.change(url, until), *(load.ask(url, until, first) for first in range(clients))
    )
    p50, p95, p99 = np.percentile(load.milliseconds, [50, 95, 99]).round(1).tolist()
    return {
        "clients": clients,
        "answers": len(load.milliseconds),
        "answers_per_second": round(len(load.milliseconds) / seconds, 1),
        "p50_ms": p50,
        "p95_ms": p95,
        "p99_ms": p99,
        "index_changes": load.changes,
        "errors": dict(load.faults),
    }


@contextmanager
def own_server(folder: Path, workers: int, reader: str) -> Iterator[tuple[str, int]]:
    """Address and process of `onrecord serve` over a copy of the sample articles."""
    articles = folder / "articles"
    articles.mkdir(parents=True)
    for file in (ROOT / "corpus" / "articles").glob("*.md"):
        (articles / file.name).write_bytes(file.read_bytes())
    models = folder.parent / "models"
    models.mkdir(exist_ok=True)
    (folder / "data").mkdir()
    (folder / "data" / "models").symlink_to(models, target_is_directory=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "ONRECORD_ARTICLES": str(articles),
        "ONRECORD_DATA": str(folder / "data"),
        "ONRECORD_RATE_LIMIT_PER_MINUTE": "0",
        "ONRECORD_LOG_LEVEL": "warning",
        "ONRECORD_WORKERS": str(workers),
        "ONRECORD_READER": reader,
        "PATH": "/usr/bin:/bin",
    }
    command = [sys.executable, "-c", "from bot.cli import main; main()", "serve"]
    with subprocess.Popen([*command, "--port", str(port)], cwd=ROOT, env=environment) as server:
        url = f"http://127.0.0.1:{port}"
        try:
            while server.poll() is None:
                with contextlib.suppress(httpx.HTTPError):
                    if httpx.get(f"{url}/readyz").status_code == httpx.codes.OK:
                        break
                time.sleep(0.2)
            yield url, server.pid
        finally:
            server.send_signal(signal.SIGTERM)


def processor_seconds(process: int) -> float:
    """What a process and its children have used, index changes included (Linux)."""
    ticks = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(status.parent.name) == process or int(fields[1]) == process:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print a line of JSON for each server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--readers", nargs="+", default=["none", "packaged"])
    parser.add_argument("--url")
    options = parser.parse_args()
    if options.url is not None:
        report({}, asyncio.run(measure(options.url, options.clients, options.seconds)))
        return
    with tempfile.TemporaryDirectory() as folder:
        for workers, reader in itertools.product(options.workers, options.readers):
            place = Path(folder) / f"{workers}-{reader}"
            with own_server(place, workers, reader) as (url, process):
                before = processor_seconds(process)
                result = asyncio.run(measure(url, options.clients, options.seconds))
                spent = processor_seconds(process) - before
            answers = max(int(str(result["answers"])), 1)
            result["server_cpu_ms_per_answer"] = round(spent * 1000 / answers, 1)
            report({"workers": workers, "reader": reader}, result)


def report(server: dict[str, object], result: dict[str, object]) -> None:
    """One line of JSON."""
    sys.stdout.write(json.dumps({**server, **result}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
