"""Which files have to be read again: the difference between folders and store."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError
from index.store import Origin
from index.stored_state import StoredState

UNSETTLED_NS = 2_000_000_000
"""A file changed less than this before it was read may change again within one tick of its time."""


@dataclass(frozen=True, slots=True)
class FolderDifference:
    """Files by what has to be done with them. `moved` are among `read` too.

    Those `again` are read whether they changed or not: what they give was given by a file that is
    gone, too, and may be stored as that one had it.
    """

    read: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    gone: tuple[str, ...]
    again: tuple[Path, ...] = ()


def difference(
    roots: Sequence[Path], found: Sequence[Path], stored: StoredState
) -> FolderDifference:
    """Tell new and changed files from unchanged and gone ones by size and time alone.

    `found` are the files there are under `roots`; only known files there can be gone.
    """
    read: list[Path] = []
    unchanged: list[Path] = []
    for path in found:
        origin = stored.origins.get(str(path))
        (unchanged if origin is not None and _same(path, origin) else read).append(path)
    present = {str(path) for path in found}
    gone = [path for path in stored.origins if path not in present and is_under(Path(path), roots)]
    again = _shared_with(gone, stored)
    return FolderDifference(
        tuple(path for path in read if str(path) not in again),
        tuple(path for path in unchanged if str(path) not in again),
        tuple(gone),
        tuple(path for path in map(Path, sorted(again)) if path.is_file()),
    )


def refuse_to_wipe(
    roots: Sequence[Path], gone: Sequence[str], holds_files: Callable[[Path], bool]
) -> None:
    """Raise CorpusError where a root does not exist, or has become empty.

    A mistyped or unmounted folder must not wipe the index.
    """
    for root in roots:
        lost = [path for path in gone if is_under(Path(path), [root])]
        if not root.exists():
            raise CorpusError(
                f"there is no {root}; give a folder or file that exists"
                + (f" ({len(lost)} files indexed from it are kept)" if lost else "")
            )
        if lost and root.is_dir() and not holds_files(root):
            raise CorpusError(
                f"{root} is empty now, but {len(lost)} files were indexed from it and are kept; "
                "remove its articles with onrecord remove, or index with --rebuild"
            )


def origin_of(path: Path, state: os.stat_result, digest: str, article_ids: Sequence[str]) -> Origin:
    """A file as it was before it was read, so that a change meanwhile is seen by the next sync.

    One that was changed just before is remembered as to be read again.
    """
    settled = time.time_ns() - _modified(state) > UNSETTLED_NS
    modified = _modified(state) if settled else -1
    return Origin(str(path), state.st_size, modified, digest, tuple(article_ids))


def file_digest(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _same(path: Path, origin: Origin) -> bool:
    try:
        state = path.stat()
    except OSError:
        return False
    return (state.st_size, _modified(state)) == (origin.size, origin.modified)


def _modified(state: os.stat_result) -> int:
    """When a file was changed last. Its own time can be set back, that of its entry cannot."""
    return max(state.st_mtime_ns, state.st_ctime_ns)


def is_under(path: Path, roots: Sequence[Path]) -> bool:
    """Whether a path is one of some others, or lies below one."""
    return any(path == root or root in path.parents for root in roots)


def _shared_with(gone: Sequence[str], stored: StoredState) -> set[str]:
    """Files that also gave an article of a file that is gone: now it is theirs alone."""
    orphans = {article_id for path in gone for article_id in stored.origins[path].article_ids}
    return {path for one in orphans for path in stored.givers(one)} - set(gone)
