"""Keeping the index in line with folders, whatever stands in the way for a while."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from bot.folder_changes import FolderChanges
from corpus.errors import OnRecordError, StoreBusy
from index.sync_report import SyncReport
from index.watch import watch

logger = structlog.get_logger(__name__)

Sync = Callable[[frozenset[Path] | None, Sequence[Path]], SyncReport]
"""Takes paths that changed (None: look at all) under the folders that are there."""

Begin = Callable[[Callable[[], None]], object]
"""Does the work it is given, now or later, in this thread or another."""


class Follower:
    """Brings the index in line when something changes in some folders.

    What fails, since the store is away for instance or the disk is full, is tried again after a
    pause that grows. Folders that are absent are followed once they are there; what was indexed
    from them is kept, and so it is of folders that are suddenly empty.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        sync: Sync,
        *,
        begin: Begin = lambda work: work(),
        told: Callable[[SyncReport], None] = lambda report: None,
        stop: threading.Event | None = None,
    ) -> None:
        """`told` hears what each sync did."""
        self._folders = folders
        self._sync = sync
        self._begin = begin
        self._told = told
        self._stop = stop or threading.Event()
        self._changes = FolderChanges()
        self._absent: frozenset[Path] = frozenset()
        self._emptied: frozenset[Path] = frozenset()
        self._reason = ""

    def run(self, wanted_at_first: Callable[[], bool] = lambda: True) -> None:
        """Follow until stopped. Where it is not `wanted_at_first`, something has to change."""
        for number, paths in enumerate(watch(self._folders, self._stop)):
            self._tell_absent()
            if (paths is None or paths) and (number > 0 or wanted_at_first()):
                self._changes.add(paths)
            if not self._stop.is_set() and self._changes.call():
                self._begin(self._take)

    def _take(self) -> None:
        """Bring in line what changed until now."""
        changed = self._changes.take()
        there = [folder for folder in self._folders if _is_there(folder)]
        report: SyncReport | None = None
        try:
            if there:
                report = in_turn(functools.partial(self._sync, changed, there), self._stop)
            self._reason = ""
        except (OnRecordError, OSError) as error:
            self._tell_failed(str(error))
        finally:
            # After an error of ours too: whatever it was, the changes are not in the index.
            if report is None:
                self._changes.lose()
            else:
                self._changes.settle()
        if report is not None:
            self._tell_emptied(report, looked_at_all=changed is None)
            self._told(report)

    def _tell_failed(self, reason: str) -> None:
        """Each reason once, not at every attempt."""
        if reason != self._reason:
            logger.warning("the folders are not followed; trying again", reason=reason)
        self._reason = reason

    def _tell_absent(self) -> None:
        absent = frozenset(folder for folder in self._folders if not _is_there(folder))
        for folder in sorted(absent - self._absent):
            logger.warning(
                "a folder is not there; it is followed once it is, its articles stay indexed",
                folder=str(folder),
            )
        self._absent = absent

    def _tell_emptied(self, report: SyncReport, *, looked_at_all: bool) -> None:
        """Each folder once, until a look at everything finds files in it again."""
        emptied = frozenset(report.emptied)
        for folder in sorted(emptied - self._emptied):
            logger.warning(
                "a folder is empty now; mount it or put its files back, its articles stay indexed",
                folder=str(folder),
            )
        self._emptied = emptied if looked_at_all else self._emptied | emptied


def _is_there(folder: Path) -> bool:
    """A share that does not answer is away, like a folder that is gone: neither is an error."""
    try:
        folder.stat()
    except OSError:
        return False
    return True


def in_turn(sync: Callable[[], SyncReport], stop: threading.Event) -> SyncReport:
    """Sync as soon as no other process writes. Raises StoreBusy where it is stopped before."""
    told = False
    while True:
        try:
            return sync()
        except StoreBusy as error:
            if stop.is_set():
                raise
            if not told:
                logger.info("waiting for another writer", reason=str(error))
            told = True
