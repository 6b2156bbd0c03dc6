"""Following an answer while worker threads make it, and letting go when the asker has gone."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Awaitable, Sequence
from typing import Any, TypeVar

from starlette.requests import Request

from bot.answer_json import article_json, quote_json
from index.store import StoredPassage
from retrieval.answer import Quote
from retrieval.progress import Cancelled

Result = TypeVar("Result")


class EventProgress:
    """Carries what a worker thread reports to the event loop, and the wish to stop back to it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[tuple[str, dict[str, Any]] | None] = asyncio.Queue()
        self._gone = threading.Event()

    def retrieved(self, passages: Sequence[StoredPassage]) -> None:
        """Candidates were found: how many, and the articles that they are from, best first."""
        articles = {one.article.id: one.article for one in passages}
        self._tell(
            "retrieved",
            {
                "passages": len(passages),
                "articles": [article_json(article) for article in articles.values()],
            },
        )

    def quoted(self, quote: Quote) -> None:
        """A quote of the answer."""
        self._tell("quote", quote_json(quote))

    def check(self) -> None:
        """Raise Cancelled once `cancel` was called."""
        if self._gone.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Nobody waits any more."""
        self._gone.set()

    def finish(self) -> None:
        """No event will follow (call on the event loop)."""
        self._events.put_nowait(None)

    async def events(self) -> AsyncIterator[tuple[str, dict[str, Any]]]:
        """Names and data of events, in order, until `finish`."""
        while (event := await self._events.get()) is not None:
            yield event

    def _tell(self, name: str, data: dict[str, Any]) -> None:
        if self._gone.is_set():
            return
        # The loop may have closed under a worker that was still busy when the server stopped.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._events.put_nowait, (name, data))


async def unless_gone(request: Request, progress: EventProgress, work: Awaitable[Result]) -> Result:
    """The result of `work`; Cancelled, and the work told so, if the client hangs up before."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_hung_up(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Cancelled
        return working.result()
    finally:
        progress.cancel()
        leaving.cancel()
        working.cancel()


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue
