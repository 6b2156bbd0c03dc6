"""The command `migrate`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import parts_of
from bot.store_place import check_store_name, place_of
from corpus.errors import SettingsError

if TYPE_CHECKING:
    from rich.progress import Progress

    from index.migration import MigrationProgress

SECONDS_BETWEEN_LINES = 10.0


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(migrate)


def migrate(
    context: typer.Context,
    to: Annotated[
        str, typer.Option("--to", help="`embedded`, a Milvus server's address, or a .db file.")
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Take out what the target holds besides.")
    ] = False,
) -> None:
    """Copy the index to another store, with its vectors; run it again if it broke off."""
    from index.migration import migrate as copy
    from index.opening import open_writer

    try:
        check_store_name(to)
    except ValueError as error:
        raise SettingsError(f"--to: {error}") from None
    with parts_of(context) as parts, ExitStack() as opened:
        model = parts.model
        source, target = place_of(parts.settings), place_of(parts.settings, to)
        if source == target:
            raise SettingsError("--to names the store in use; set STORE to the one to copy from")
        # Refuses where nothing is indexed, or by another model.
        parts.store.status()
        progress = opened.enter_context(_progress())
        reading = opened.enter_context(open_writer(source, model.key, model.dimension))
        writing = opened.enter_context(open_writer(target, model.key, model.dimension))
        report = copy(reading, writing, progress, replace=replace)
    typer.echo(
        f"{report.articles} articles, {report.passages} passages and {report.files} files are in"
        f" {target.name}, verified; {report.copied} were copied now, {report.removed} removed."
        f" Set ONRECORD_STORE={to} to use it."
    )


@contextmanager
def _progress() -> Iterator[MigrationProgress]:
    """A bar on stderr where it is a terminal, lines otherwise."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines()
        return
    with Progress(console=console, transient=True) as progress:
        yield _Bar(progress)


class _Bar:
    """Implements `MigrationProgress` on a terminal."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("reading", total=None)

    def stage(self, name: str, articles: int) -> None:
        """A stage begins."""
        self._progress.reset(self._task, description=name, total=articles)

    def advanced(self, articles: int) -> None:
        """So many more articles are done."""
        self._progress.advance(self._task, articles)


class _Lines:
    """Implements `MigrationProgress` with a plain line now and then, for logs."""

    def __init__(self) -> None:
        self._name, self._total, self._done = "", 0, 0
        self._told = 0.0

    def stage(self, name: str, articles: int) -> None:
        """A stage begins."""
        self._name, self._total, self._done = name, articles, 0
        self._tell()

    def advanced(self, articles: int) -> None:
        """So many more articles are done."""
        self._done += articles
        if time.monotonic() - self._told >= SECONDS_BETWEEN_LINES:
            self._tell()

    def _tell(self) -> None:
        self._told = time.monotonic()
        sys.stderr.write(f"{self._name}: {self._done:,} of {self._total:,} articles\n")
