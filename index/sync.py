"""Bringing a store in line with folders of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from index.changed_paths import holds_files, is_linked_folder, visible_paths
from index.diff import FolderDifference, difference, emptied_folders, is_under
from index.embedding.embedder import Embedder
from index.missing_files import gone_files, unlisted_folders
from index.reading import Importer
from index.store import StoreWriter
from index.stored_state import StoredState
from index.sync_report import NoProgress, Progress, SyncReport
from index.sync_run import SyncRun


def sync(
    roots: Sequence[Path],
    store: StoreWriter,
    embedder: Embedder,
    importer: Importer,
    progress: Progress | None = None,
) -> SyncReport:
    """Bring `store` in line with the files under `roots`; what lies elsewhere is left alone.

    Stored batch by batch: after a crash the next run goes on where this one was. A root that is
    suddenly empty is left as it was, which the report tells. Raises CorpusError where a root is
    missing, or there is none but empty ones, StoreError from the store.
    """
    stored = StoredState(store)
    wanted = _absolute(roots)
    found = _absolute(importer.find(roots))
    work = _work(
        wanted, wanted, found, stored, lambda root: any(is_under(one, [root]) for one in found)
    )
    run = SyncRun(store, embedder, importer, progress or NoProgress(), stored)
    return run.run(len(found), work)


def sync_changed(
    changed: Iterable[Path],
    folders: Sequence[Path],
    store: StoreWriter,
    embedder: Embedder,
    importer: Importer,
    progress: Progress | None = None,
) -> SyncReport:
    """As `sync`, where it is known which files or folders below `folders` changed or went.

    Nothing else is looked at, so that the work does not grow with what is there already.
    """
    roots = _absolute(folders)
    paths = visible_paths(changed, roots)
    stored = StoredState(store, [str(path) for path in paths])
    # A link to a folder is refused with its reason, as where it is come upon below a folder.
    links = [path for path in paths if path not in roots and is_linked_folder(path)]
    others = [path for path in paths if path not in links and path.exists()]
    found = _absolute([*importer.find(others), *links])
    work = _work(roots, paths, found, stored, holds_files)
    stored.know(map(str, work.again))
    run = SyncRun(store, embedder, importer, progress or NoProgress(), stored)
    return run.run(len(found), work)


def _work(
    roots: Sequence[Path],
    looked_at: Sequence[Path],
    found: Sequence[Path],
    stored: StoredState,
    holds_files: Callable[[Path], bool],
) -> FolderDifference:
    """What has to be done after some paths below `roots` were looked at."""
    unlisted = unlisted_folders(found, stored)
    gone = gone_files(looked_at, found, unlisted, stored)
    emptied = emptied_folders(roots, gone, stored, holds_files)
    left = [path for path in gone if not is_under(Path(path), [*emptied])] if emptied else gone
    closed = frozenset(unlisted)
    work = difference([path for path in found if path not in closed], left, stored)
    skipped = [
        *(f"{one}: cannot be listed; make it readable: its articles stay" for one in unlisted),
        *(
            f"{root}: empty now; mount it or put its {number} files back: their articles stay"
            for root, number in emptied.items()
        ),
    ]
    return replace(work, emptied=tuple(emptied), skipped=tuple(skipped))


def _absolute(paths: Iterable[Path]) -> list[Path]:
    return list(dict.fromkeys(path.absolute() for path in paths))
