"""What changed in the article folders and is not in the index yet."""

from __future__ import annotations

import threading
import time
from pathlib import Path

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""Seconds between one failure and the next attempt: twice as many after each."""


class FolderChanges:
    """Paths that changed, gathered by one thread and taken by another.

    None stands for everything: it is not known what changed, as it is not at first.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paths: frozenset[Path] | None = None
        self._owed = self._awaited = False
        self._pause, self._not_before = 0.0, 0.0

    def add(self, paths: frozenset[Path] | None) -> None:
        """More has changed. Where everything may have, that waits for no pause after a failure."""
        with self._lock:
            known = self._paths
            self._paths = None if known is None or paths is None else known | paths
            self._owed = True
            if paths is None:
                self._not_before = 0.0

    def lose(self) -> None:
        """What was taken did not get into the index: the next time, after a pause, it is all."""
        with self._lock:
            self._paths, self._owed = None, True
            self._pause = min(max(2 * self._pause, FIRST_PAUSE), LONGEST_PAUSE)
            self._not_before = time.monotonic() + self._pause

    def settle(self) -> None:
        """What was taken is in the index."""
        with self._lock:
            self._pause, self._not_before = 0.0, 0.0

    def call(self) -> bool:
        """Whether there is something to take and nobody was told yet, who is told by this."""
        with self._lock:
            due = self._owed and not self._awaited and time.monotonic() >= self._not_before
            self._awaited = self._awaited or due
            return due

    def take(self) -> frozenset[Path] | None:
        """All that changed since this was last asked."""
        with self._lock:
            taken, self._paths = self._paths, frozenset()
            self._owed = self._awaited = False
            return taken
