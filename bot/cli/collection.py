"""Commands that change or list the collection: `index`, `add`, `remove`, `articles`, `check`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import parts_of
from corpus.errors import CorpusError
from corpus.imported import Skipped

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status

    from bot.composition import Parts
    from bot.librarian import Added
    from index.sync_report import SyncReport

FAILED = 1
LISTED_AT_ONCE = 500


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for command in (index, add, remove, articles, check):
        app.command()(command)


def index(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Folders or files; the settings' where none.")
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="From nothing; the old index answers meanwhile.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Keep following the folders.")] = False,
) -> None:
    """Bring the index in line with the article folders: what was added, changed or removed."""
    from bot.cli.indexing_progress import indexing_progress
    from bot.indexing import bring_in_line, follow

    with parts_of(context) as parts:
        roots = tuple(paths) if paths else parts.settings.articles
        with indexing_progress() as progress:
            report = bring_in_line(
                parts, roots, rebuild=rebuild, besides=not paths, progress=progress
            )
        _show_report(_console(), report)
        if report.files == 0:
            named = ", ".join(str(root) for root in roots)
            _console().print(
                f"there are no article files in {named}: put some there, or set ARTICLES",
                markup=False,
                highlight=False,
                soft_wrap=True,
            )
        if watch:
            _console().print("following the folders; Ctrl-C ends", style="dim")
            follow(parts, roots, lambda changed: _show_report(_console(), changed))
    if report.files == 0:
        raise typer.Exit(FAILED)


def add(
    context: typer.Context,
    what: Annotated[list[str], typer.Argument(help="Files, folders or links.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what was dropped from the text, and why.")
    ] = False,
) -> None:
    """Import files or links into the article folder, then index them."""
    import asyncio

    with parts_of(context) as parts:
        parts.explains = explain
        found = asyncio.run(_add_all(parts, what, explained=explain))
    if not found:
        raise typer.Exit(FAILED)


def remove(
    context: typer.Context,
    article_ids: Annotated[list[str], typer.Argument(help="Ids, as `onrecord articles` shows.")],
) -> None:
    """Take articles out of the collection."""
    import asyncio

    console = _console()
    missing = False
    with parts_of(context) as parts:
        for article_id in article_ids:
            found = asyncio.run(parts.librarian.remove(article_id))
            missing = missing or not found
            word = "removed" if found else "there is no article"
            console.print(f"{word} {article_id}", markup=False, highlight=False)
    if missing:
        raise typer.Exit(FAILED)


def articles(context: typer.Context) -> None:
    """List what is indexed: id, date, outlet, title, passages. Exit status 1: nothing is."""
    from index.store import Filter

    console = _console()
    with parts_of(context) as parts:
        offset, total = 0, 1
        while offset < total:
            page, total = parts.store.articles(Filter(), offset, LISTED_AT_ONCE)
            for one in page:
                published = one.published.isoformat() if one.published else "----------"
                console.print(
                    f"{one.id}  {published}  {one.source or '-'}  {one.title}"
                    f"  ({one.passages} passages)",
                    markup=False,
                    highlight=False,
                    soft_wrap=True,
                )
            offset += LISTED_AT_ONCE
    if total == 0:
        console.print(
            "the index holds no articles: put files into the article folders and run"
            " onrecord index, or onrecord add a file or link",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
        raise typer.Exit(FAILED)


def check(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be mended.")] = False,
) -> None:
    """Verify everything stored: spans, vectors, counts, checksums. Exit status 1: faults."""
    from bot.indexing import verify

    with parts_of(context) as parts:
        report = verify(parts, repair=repair)
    console = _console()
    for fault in report.faults:
        console.print(str(fault), markup=False, highlight=False, soft_wrap=True)
    if report.degraded:
        console.print(report.degraded, markup=False, highlight=False, soft_wrap=True)
    console.print(report.summary, highlight=False)
    if not report.sound:
        raise typer.Exit(FAILED)


async def _add_all(parts: Parts, what: Sequence[str], *, explained: bool) -> bool:
    """Import one after the other, telling of each; whether any article was found.

    Raises what stands in the way of the only one; of several the others go in.
    """
    from bot.cli.explaining import explain

    console = _console()
    found = False
    for one in what:
        try:
            async for added in _add_one(parts, one):
                _show_added(console, added)
                found = found or bool(added.article_ids or added.already_there)
                for file in added.read if explained else ():
                    explain(console, file)
        except CorpusError as error:
            if len(what) == 1:
                raise
            _show_skipped(console, f"{one}: {error}")
    return found


async def _add_one(parts: Parts, what: str) -> AsyncIterator[Added]:
    """Import a link, a file, or every file below a folder."""
    if what.lower().startswith(("http://", "https://")):
        with _waiting(f"fetching {what}"):
            added = await parts.librarian.add_link(what)
        yield added
        return
    paths = list(parts.importer.find([Path(what)]))
    if len(paths) > 1:
        with _waiting(f"reading {len(paths):,} files"):
            parts.importer.survey(paths)
    for path in paths:
        yield await _add_path(parts, path)


async def _add_path(parts: Parts, path: Path) -> Added:
    from bot.librarian import Added

    try:
        content = parts.importer.content_of(path)
    except CorpusError as error:
        return Added((), (), (str(Skipped(path, "", str(error))),), 0.0)
    return await parts.librarian.add_file(path.name, content)


def _show_added(console: Console, added: Added) -> None:
    for article_id in added.article_ids:
        console.print(f"added {article_id}", markup=False, highlight=False)
    for article_id in added.already_there:
        console.print(f"already there {article_id}", markup=False, highlight=False)
    for reason in added.skipped:
        _show_skipped(console, reason)


def _show_skipped(console: Console, reason: str) -> None:
    console.print(f"skipped {reason}", markup=False, highlight=False, soft_wrap=True)


def _waiting(message: str) -> Status:
    """A sign of life on stderr, where that is a terminal, while nothing else can be shown."""
    from rich.console import Console
    from rich.markup import escape

    return Console(stderr=True).status(escape(message))


def _show_report(console: Console, report: SyncReport) -> None:
    for reason in report.skipped:
        _show_skipped(console, reason)
    moved = f" {_several(report.moved, 'file')} moved," if report.moved else ""
    console.print(
        f"{_several(report.files, 'file')}: {_several(report.added, 'article')} added,"
        f" {report.changed} changed,"
        f" {report.removed} removed, {report.unchanged} unchanged, {report.doubled} doubled,{moved}"
        f" {len(report.skipped)} skipped;"
        f" {_several(report.embedded, 'passage')} embedded, {report.reused} reused;"
        f" generation {report.generation}",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _console() -> Console:
    from rich.console import Console

    return Console()
