"""Work that a request starts and does not do itself."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable

import faiss

PATIENCE = 0.25
"""Seconds that a request waits for what it started: enough where little has changed."""

NICENESS = 10


def in_background(
    work: Callable[[], None], turn: threading.Lock, name: str, *, patience: float = PATIENCE
) -> None:
    """Run `work` in a thread of its own, unless one that holds the same `turn` is running.

    Waits for its end, but not longer than `patience` seconds.
    """
    if not turn.acquire(blocking=False):
        return
    done = threading.Event()

    def run() -> None:
        try:
            work()
        finally:
            turn.release()
            done.set()

    threading.Thread(target=run, name=name, daemon=True).start()
    done.wait(patience)


def stand_back() -> None:
    """Leave the processor to the threads that answer, as far as the system allows."""
    faiss.omp_set_num_threads(1)
    if sys.platform == "linux":
        # On Linux a thread has a priority of its own.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
