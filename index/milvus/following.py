"""Which state a reader reads from: the log's newest, some moments old."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import structlog

from corpus.errors import StoreUnavailable
from index.milvus.connection import Connection
from index.milvus.log import GRACE_SECONDS, Entry, between, grace_seconds, newest

log = structlog.get_logger(__name__)

Result = TypeVar("Result")

ENTRY_SECONDS = 0.3
"""A state is used this long before the log is looked at again, unless the server fails."""

TRIES = 4


@dataclass(frozen=True, slots=True)
class View:
    """A state, and when (by this machine's monotonic clock) it was known to be the newest."""

    entry: Entry
    looked: float


class Follower:
    """Follows the log, for many threads.

    After a rebuild with another model the old state stays in use and `superseded` is true. Where
    the log was made anew, or put back from a copy, its newest entry is taken over with another
    `history`: what was remembered of states before is of other rows.
    """

    def __init__(self, connection: Connection, entry: Entry) -> None:
        self._connection = connection
        self._looking = threading.Lock()
        self._following = threading.Lock()
        self._view = View(entry, time.monotonic())
        self._known = entry
        self._missing_since: float | None = None
        self.superseded = False

    def current(self) -> View:
        """The state to read from. One thread looks at the log; the others do not wait.

        After a failure all look, so that none believes in a server that is away.
        """
        if self._connection.failing:
            self._look()
        elif time.monotonic() - self._view.looked >= ENTRY_SECONDS and self._looking.acquire(
            blocking=False
        ):
            try:
                self._look()
            finally:
                self._looking.release()
        return self._view

    def read(self, read: Callable[[Entry], Result | None]) -> Result:
        """What `read` gives of a state all of whose rows were there while it was read.

        What a newer state replaced is deleted `GRACE_SECONDS` after it came, so what took longer
        to read may lack rows, and is read again if a newer state came. `read` may also give None:
        it missed rows itself. Raises StoreUnavailable where that does not end.
        """
        for _ in range(TRIES):
            view = self.current()
            result = read(view.entry)
            if result is None:
                time.sleep(ENTRY_SECONDS)
            elif time.monotonic() - view.looked < GRACE_SECONDS or self._is_newest(view.entry):
                return result
        raise StoreUnavailable(
            f"Milvus at {self._connection.settings.uri} is slow, or lacks rows that were stored; "
            "ask again, and run onrecord check if it stays so"
        )

    def _is_newest(self, entry: Entry) -> bool:
        self._look()
        used = self._view.entry
        return (used.number, used.history) == (entry.number, entry.history)

    def _look(self) -> None:
        started = time.monotonic()
        known = self._known
        kept = between(self._connection, known.number)
        latest = kept[-1] if kept else self._of_another_log(started)
        with self._following:
            if known is not self._known:
                return  # by another thread, which has looked meanwhile
            if kept:
                self._missing_since = None
            if latest is not None and latest != known:
                self._take(latest, anew=known not in kept)
            self._view = View(self._view.entry, max(started, self._view.looked))

    def _of_another_log(self, now: float) -> Entry | None:
        """The newest entry there is, once the known one is missing for longer than a copy lags."""
        if self._missing_since is None:
            self._missing_since = now
        if now - self._missing_since < grace_seconds(self._connection.settings.replicas):
            return None
        return newest(self._connection)

    def _take(self, latest: Entry, *, anew: bool) -> None:
        self._known = latest
        used = self._view.entry
        self.superseded = latest.embedder != used.embedder
        if self.superseded:
            return
        if anew:
            log.warning("the store was made anew or put back", generation=latest.generation)
        elif latest.index != used.index:
            log.info("a rebuilt index is in use", generation=latest.generation)
        self._view = replace(
            self._view, entry=replace(latest, history=used.history + (1 if anew else 0))
        )
