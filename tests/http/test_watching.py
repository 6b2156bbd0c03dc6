"""Work for somebody who has gone is stopped, in its thread too."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest
from starlette.requests import Request
from starlette.types import Message

from bot.http.watching import EventProgress, unless_gone
from retrieval.progress import Cancelled

SECONDS = 60
"""Far longer than it takes; whoever is never told would wait for ever."""


class Work:
    """What a thread does until it is told that nobody waits."""

    def __init__(self, progress: EventProgress) -> None:
        self._progress = progress
        self.begun = threading.Event()
        self.stopped = threading.Event()

    def __call__(self) -> None:
        self.begun.set()
        deadline = time.monotonic() + SECONDS
        try:
            while time.monotonic() < deadline:
                self._progress.check()
                time.sleep(0.001)
        except Cancelled:
            self.stopped.set()
            raise


def request_of(work: Work, *, leaves: bool) -> Request:
    """The request of a client that leaves once work is under way, or stays."""

    async def receive() -> Message:
        await asyncio.to_thread(work.begun.wait)
        if not leaves:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    return Request({"type": "http", "method": "POST", "path": "/ask", "headers": []}, receive)


async def test_a_client_that_leaves_stops_the_work_in_its_thread() -> None:
    progress = EventProgress()
    work = Work(progress)
    with pytest.raises(Cancelled):
        await unless_gone(request_of(work, leaves=True), progress, asyncio.to_thread(work))
    assert await asyncio.to_thread(work.stopped.wait, SECONDS)


async def test_a_server_that_is_stopped_stops_the_work_in_its_thread() -> None:
    """Its time to finish is over, and the request itself is cancelled."""
    progress = EventProgress()
    work = Work(progress)
    request = request_of(work, leaves=False)
    answering = asyncio.create_task(unless_gone(request, progress, asyncio.to_thread(work)))
    await asyncio.to_thread(work.begun.wait)
    answering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answering
    assert await asyncio.to_thread(work.stopped.wait, SECONDS)


async def test_whoever_stays_gets_the_result() -> None:
    progress = EventProgress()
    work = Work(progress)
    work.begun.set()  # or a thread would wait for it after the test
    request = request_of(work, leaves=False)
    assert await unless_gone(request, progress, asyncio.to_thread(lambda: 42)) == 42
