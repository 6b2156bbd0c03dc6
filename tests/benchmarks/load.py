"""Load on loopback: many clients with mixed questions while the index is being changed.

    python -m tests.benchmarks.load [--clients 64] [--seconds 20] [--url http://127.0.0.1:8000]

Without --url a server of the sample articles is started in a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import json
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
def own_server(folder: Path) -> Iterator[str]:
    """The address of `onrecord serve` over a copy of the sample articles."""
    articles = folder / "articles"
    articles.mkdir()
    for file in (ROOT / "corpus" / "articles").glob("*.md"):
        (articles / file.name).write_bytes(file.read_bytes())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "ONRECORD_ARTICLES": str(articles),
        "ONRECORD_DATA": str(folder / "data"),
        "ONRECORD_RATE_LIMIT_PER_MINUTE": "0",
        "ONRECORD_LOG_LEVEL": "warning",
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
            yield url
        finally:
            server.terminate()


def main() -> None:
    """Measure and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--url")
    options = parser.parse_args()
    with contextlib.ExitStack() as running:
        url = options.url
        if url is None:
            folder = running.enter_context(tempfile.TemporaryDirectory())
            url = running.enter_context(own_server(Path(folder)))
        result = asyncio.run(measure(url, options.clients, options.seconds))
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
