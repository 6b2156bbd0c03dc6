"""Bringing the index in line, verifying and following: what the command line asks of `index`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.check import CheckReport, check
from index.check import repair as mend
from index.opening import open_writer
from index.rebuild import rebuild as build_again
from index.sync import sync
from index.sync_report import Progress, SyncReport
from index.watch import watch

if TYPE_CHECKING:
    from bot.composition import Parts


def bring_in_line(
    parts: Parts, roots: Sequence[Path], *, rebuild: bool, progress: Progress | None = None
) -> SyncReport:
    """Sync `roots` to the store, or build the whole index again beside the old one.

    Raises CorpusError for a folder that is not there, StoreError from the store.
    """
    model = parts.model
    if rebuild:
        return build_again(parts.settings.data, roots, model, parts.importer, progress)
    with open_writer(parts.settings.data, model.key, model.dimension) as store:
        return sync(roots, store, model, parts.importer, progress)


def follow(parts: Parts, roots: Sequence[Path], changed: Callable[[SyncReport], None]) -> None:
    """Keep the index in line with the folders until SIGINT."""
    for _ in watch(roots):
        changed(bring_in_line(parts, roots, rebuild=False))


def verify(parts: Parts, *, repair: bool) -> CheckReport:
    """Look at everything stored, after mending it where that is wanted."""
    data = parts.settings.data
    return mend(data) if repair else check(data)
