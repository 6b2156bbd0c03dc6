"""Clients that ask one of the sides: alone, eight in threads, eight over two processes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

CLIENTS = 8
PROCESSES = 2
WARMING = 5
Figures = dict[str, float]
Ask = Callable[[str], object]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and by the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def share(values: Sequence[float], part: float) -> float:
    """The value that so large a part of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


def alone(name: str, ask: Ask, questions: Sequence[str]) -> Figures:
    """Latency of one client, and what the processor spends on a question."""
    for question in questions[:WARMING]:
        ask(question)
    spent = [timed(lambda one=one: ask(one)) for one in questions]  # type: ignore[misc]
    walls = [1000 * wall for wall, _ in spent]
    return {
        f"{name}, one client, ms p50": share(walls, 0.5),
        f"{name}, one client, ms p95": share(walls, 0.95),
        f"{name}, CPU ms": 1000 * sum(cpu for _, cpu in spent) / len(spent),
    }


def together(name: str, ask: Ask, questions: Sequence[str]) -> Figures:
    """Latency of eight clients in threads, what they get done, and how many cores that keeps busy.

    A client does nothing but wait for its question, so that what is measured is the side alone.
    """
    wall, processor = time.perf_counter(), time.process_time()
    waited = _ask_all(ask, questions, CLIENTS)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return {
        f"{name}, eight clients, ms p50": 1000 * share(waited, 0.5),
        f"{name}, eight clients, ms p95": 1000 * share(waited, 0.95),
        f"{name}, eight clients, questions/s": len(waited) / wall,
        f"{name}, eight clients, cores busy": processor / wall,
    }


def serve_one_round(ask: Ask, questions: Sequence[str]) -> None:
    """Wait for the word, then let this process's part of the clients ask everything once."""
    for question in questions[:WARMING]:
        ask(question)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    waited = _ask_all(ask, questions, CLIENTS // PROCESSES)
    sys.stdout.write(json.dumps(waited) + "\n")


def over_processes(name: str, command: Sequence[str]) -> Figures:
    """The same eight clients over two processes, each with the index open for itself.

    `command` starts one that calls `serve_one_round`.
    """
    servers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    for server in servers:
        _line_of(server, "ready")
    started = time.perf_counter()
    for server in servers:
        assert server.stdin is not None
        server.stdin.write("go\n")
        server.stdin.flush()
    waited: list[float] = []
    for server in servers:
        waited += json.loads(_line_of(server, "["))
    seconds = time.perf_counter() - started
    for server in servers:
        server.communicate()
    return {
        f"{name}, eight clients over two processes, ms p50": 1000 * share(waited, 0.5),
        f"{name}, eight clients over two processes, ms p95": 1000 * share(waited, 0.95),
        f"{name}, eight clients over two processes, questions/s": len(waited) / seconds,
    }


def _line_of(server: subprocess.Popen[str], beginning: str) -> str:
    """The next line that begins so; libraries may write others. Raises SystemExit at the end."""
    assert server.stdout is not None
    for line in server.stdout:
        if line.startswith(beginning):
            return line
    raise SystemExit(f"a process that was to be asked ended with status {server.wait()}")


def _ask_all(ask: Ask, questions: Sequence[str], clients: int) -> list[float]:
    with ThreadPoolExecutor(clients) as pool:
        jobs = [pool.submit(timed, lambda one=one: ask(one)) for one in questions]  # type: ignore[misc]
        return [job.result()[0] for job in jobs]
