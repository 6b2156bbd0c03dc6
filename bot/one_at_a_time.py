"""Changes to the collection one after the other, in a thread of their own."""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

import structlog

from corpus.errors import StoreBusy

LONGEST_WAIT = 10.0
"""So many seconds a change waits for a run of the index, as it does for one of another process."""

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

logger = structlog.get_logger(__name__)


class OneAtATime:
    """Changes that somebody waits for, and runs of the index, for which nobody does.

    A run may take many minutes. A change that would have to wait so long is taken out again before
    it has begun, and whoever asked for it is told.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="librarian")
        self._run_began: float | None = None

    def begin(self, run: Callable[[], None]) -> None:
        """Do a run once its turn comes."""
        self._thread.submit(self._run, run).add_done_callback(_tell_unexpected)

    async def change(
        self,
        function: Callable[Parameters, Result],
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> Result:
        """Make a change. Raises StoreBusy where it was not begun since a run goes on."""
        change = self._thread.submit(functools.partial(function, *args, **kwargs))
        ended = asyncio.wrap_future(change)
        try:
            while not (await asyncio.wait([ended], timeout=LONGEST_WAIT))[0]:
                if self._is_kept_by_run() and change.cancel():
                    break
            if change.cancelled():
                raise StoreBusy("the index is being renewed; nothing was changed, try again later")
            return ended.result()
        finally:
            ended.cancel()  # who asked may be gone before it has begun

    def close(self) -> None:
        """Finish what is under way, and drop what waits."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _run(self, run: Callable[[], None]) -> None:
        self._run_began = time.monotonic()
        try:
            run()
        finally:
            self._run_began = None

    def _is_kept_by_run(self) -> bool:
        """Whether a run has gone on for so long that nobody should wait for its end."""
        began = self._run_began
        return began is not None and time.monotonic() - began >= LONGEST_WAIT


def _tell_unexpected(run: Future[None]) -> None:
    """Nobody waits for the outcome of what goes on in the background."""
    error = None if run.cancelled() else run.exception()
    if error is not None:
        logger.error("work in the background broke off", exc_info=error)
