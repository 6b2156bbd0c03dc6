"""Which state a reader reads from: the log's newest, some moments old."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog

from corpus.errors import StoreUnavailable
from index.milvus.connection import Connection
from index.milvus.log import GRACE_SECONDS, Entry, newest

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

    After a rebuild with another model the old state stays in use and `superseded` is true.
    """

    def __init__(self, connection: Connection, entry: Entry) -> None:
        self._connection = connection
        self._looking = threading.Lock()
        self._following = threading.Lock()
        self._view = View(entry, time.monotonic())
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
        return self._view.entry.number == entry.number

    def _look(self) -> None:
        started = time.monotonic()
        entry = newest(self._connection, self._view.entry.number)
        with self._following:
            used = self._view.entry
            if entry is not None and entry.number > used.number:
                self.superseded = entry.embedder != used.embedder
                if not self.superseded:
                    if entry.index != used.index:
                        log.info("a rebuilt index is in use", generation=entry.generation)
                    used = entry
            self._view = View(used, max(started, self._view.looked))
