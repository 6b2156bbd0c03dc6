"""Bringing the index in line, verifying and following: what the command line asks of `index`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.following import Follower
from bot.store_place import place_of
from index.check import CheckReport, check
from index.check import repair as mend
from index.opening import open_writer
from index.rebuild import rebuild as build_again
from index.sync import sync, sync_changed
from index.sync_report import Progress, SyncReport

if TYPE_CHECKING:
    from bot.composition import Parts


def bring_in_line(
    parts: Parts,
    roots: Sequence[Path],
    *,
    rebuild: bool,
    besides: bool = True,
    progress: Progress | None = None,
) -> SyncReport:
    """Sync `roots` to the store, or build the whole index again beside the old one.

    What was indexed `besides` the roots stays, unless a rebuild is to hold them alone. Raises
    CorpusError for a folder that is not there, StoreError from the store.
    """
    model = parts.model
    if rebuild:
        return build_again(
            place_of(parts.settings), roots, model, parts.importer, progress, besides=besides
        )
    with open_writer(place_of(parts.settings), model.key, model.dimension) as store:
        return sync(roots, store, model, parts.importer, progress)


def take_changes(
    parts: Parts,
    changed: Collection[Path] | None,
    roots: Sequence[Path],
    progress: Progress | None = None,
) -> SyncReport:
    """Sync what changed under `roots`; all of it where that is None. Raises as `bring_in_line`."""
    if changed is None:
        return bring_in_line(parts, roots, rebuild=False, progress=progress)
    model = parts.model
    with open_writer(place_of(parts.settings), model.key, model.dimension) as store:
        return sync_changed(changed, roots, store, model, parts.importer, progress)


def follow(parts: Parts, roots: Sequence[Path], told: Callable[[SyncReport], None]) -> None:
    """Keep the index in line with the folders until SIGINT; tell of each sync that did anything."""

    def tell(report: SyncReport) -> None:
        if report.found_anything:
            told(report)

    Follower(roots, functools.partial(take_changes, parts), told=tell).run()


def verify(parts: Parts, *, repair: bool) -> CheckReport:
    """Look at everything stored, after mending it where that is wanted."""
    place = place_of(parts.settings)
    return mend(place) if repair else check(place)
