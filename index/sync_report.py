"""What a sync did, and how it is told while it does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did. Counts are articles, but `files`, `moved` (files) and the passages.

    `seconds` has the time of each stage: `read` runs beside `embed` and `store`. Folders that
    were suddenly `emptied` were left as they were.
    """

    generation: int
    files: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    moved: int = 0
    doubled: int = 0
    embedded: int = 0
    reused: int = 0
    skipped: tuple[str, ...] = ()
    emptied: tuple[Path, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def found_anything(self) -> bool:
        """Whether anything was different from what is stored, or could not be read."""
        counts = (self.added, self.changed, self.removed, self.moved, self.doubled)
        return any(counts) or bool(self.skipped)


class Progress(Protocol):
    """Told how far a sync has come; called from the thread that syncs."""

    def started(self, files: int, size: int) -> None:
        """So many files will be read, of so many bytes together."""

    def advanced(self, files: int, articles: int, passages: int, size: int) -> None:
        """So many more files, articles and passages are done, and so many bytes of the files.

        An article counts for its share of the bytes of its file.
        """


class NoProgress:
    """Tells nobody."""

    def started(self, files: int, size: int) -> None:
        """So many files will be read."""

    def advanced(self, files: int, articles: int, passages: int, size: int) -> None:
        """So many more are done."""
