"""How far indexing has come: a bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from index.sync_report import Progress as SyncProgress

SECONDS_BETWEEN_LINES = 5.0


class Bar:
    """A progress bar of the files' bytes, with files, articles and passages a second.

    Bytes tell how much of a large file is done, and so the time that is left.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("reading", total=None, files="", speed="")
        self._begun = time.monotonic()
        self._total = self._files = self._articles = self._passages = 0

    def started(self, files: int, size: int) -> None:
        """So many files will be read, of so many bytes together."""
        self._begun = time.monotonic()
        self._total = files
        # Empty files have no bytes, but a bar needs an end.
        self._progress.update(self._task, description="indexing", total=max(size, 1))
        self.advanced(0, 0, 0, 0)

    def advanced(self, files: int, articles: int, passages: int, size: int) -> None:
        """So many more are done and stored."""
        self._files += files
        self._articles += articles
        self._passages += passages
        rate = self._passages / max(time.monotonic() - self._begun, 0.001)
        self._progress.update(
            self._task,
            advance=size,
            files=f"{self._files}/{self._total} files",
            speed=f"{self._articles:,} articles, {rate:,.0f} passages/s",
        )


class Lines:
    """A plain line now and then, for logs."""

    def __init__(self, seconds_between: float = SECONDS_BETWEEN_LINES) -> None:
        self._begun = self._told = time.monotonic()
        self._between = seconds_between
        self._total = self._files = self._articles = self._passages = self._size = self._done = 0

    def started(self, files: int, size: int) -> None:
        """So many files will be read, of so many bytes together."""
        self._begun = time.monotonic()
        self._total, self._size = files, size

    def advanced(self, files: int, articles: int, passages: int, size: int) -> None:
        """So many more are done and stored."""
        self._files += files
        self._articles += articles
        self._passages += passages
        self._done += size
        now = time.monotonic()
        if now - self._told < self._between:
            return
        self._told = now
        rate = self._passages / max(now - self._begun, 0.001)
        sys.stderr.write(
            f"indexing: {self._files}/{self._total} files, {self._articles:,} articles,"
            f" {rate:,.0f} passages/s{self._left(now - self._begun)}\n"
        )

    def _left(self, spent: float) -> str:
        """The time that the rest takes, if it goes on as it did."""
        if not self._done:
            return ""
        left = spent * max(self._size - self._done, 0) / self._done
        return f", about {timedelta(seconds=round(left))} left"


@contextmanager
def indexing_progress() -> Iterator[SyncProgress]:
    """A bar on stderr where it is a terminal, lines otherwise."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[files]}"),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield Bar(progress)
        # Shown ten times a second otherwise: what was done last would be missing.
        progress.refresh()
