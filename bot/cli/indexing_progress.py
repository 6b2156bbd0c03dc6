"""How far indexing has come: a bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index.sync_report import Progress as SyncProgress

SECONDS_BETWEEN_LINES = 5.0


class Bar:
    """A progress bar of files, with articles and passages a second."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("reading", total=None, speed="")
        self._begun = time.monotonic()
        self._articles = self._passages = 0

    def started(self, files: int) -> None:
        """So many files will be read."""
        self._begun = time.monotonic()
        self._progress.update(self._task, description="indexing", total=files)

    def advanced(self, files: int, articles: int, passages: int) -> None:
        """So many more are done and stored."""
        self._articles += articles
        self._passages += passages
        rate = self._passages / max(time.monotonic() - self._begun, 0.001)
        speed = f"{self._articles:,} articles, {rate:,.0f} passages/s"
        self._progress.update(self._task, advance=files, speed=speed)


class Lines:
    """A plain line now and then, for logs."""

    def __init__(self) -> None:
        self._begun = self._told = time.monotonic()
        self._total = self._files = self._articles = self._passages = 0

    def started(self, files: int) -> None:
        """So many files will be read."""
        self._total = files

    def advanced(self, files: int, articles: int, passages: int) -> None:
        """So many more are done and stored."""
        self._files += files
        self._articles += articles
        self._passages += passages
        now = time.monotonic()
        if now - self._told < SECONDS_BETWEEN_LINES:
            return
        self._told = now
        rate = self._passages / max(now - self._begun, 0.001)
        sys.stderr.write(
            f"indexing: {self._files}/{self._total} files, {self._articles:,} articles,"
            f" {rate:,.0f} passages/s\n"
        )


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
        MofNCompleteColumn(),
        TextColumn("files"),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield Bar(progress)
