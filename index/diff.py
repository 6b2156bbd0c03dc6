"""Which files have to be read again: the difference between folders and store."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError
from index.store import Origin

UNSETTLED_NS = 2_000_000_000
"""A file changed less than this before it was read may change again within one tick of its time."""


@dataclass(frozen=True, slots=True)
class FolderDifference:
    """Files by what has to be done with them. `moved` are among `read` too."""

    read: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    gone: tuple[str, ...]


def difference(
    roots: Sequence[Path], found: Sequence[Path], known: Mapping[str, Origin]
) -> FolderDifference:
    """Tell new and changed files from unchanged and gone ones by size and time alone.

    Only known files under `roots` can be gone. Raises CorpusError where a root does not exist,
    or has become empty: a mistyped or unmounted folder must not wipe the index.
    """
    read: list[Path] = []
    unchanged: list[Path] = []
    for path in found:
        origin = known.get(str(path))
        (unchanged if origin is not None and _same(path, origin) else read).append(path)
    present = {str(path) for path in found}
    gone = [path for path in known if path not in present and _under(Path(path), roots)]
    _refuse_to_wipe(roots, found, gone)
    again = _shared_with(gone, known)
    return FolderDifference(
        tuple(read) + tuple(path for path in unchanged if str(path) in again),
        tuple(path for path in unchanged if str(path) not in again),
        tuple(gone),
    )


def origin_of(path: Path, state: os.stat_result, digest: str, article_ids: Sequence[str]) -> Origin:
    """A file as it was before it was read, so that a change meanwhile is seen by the next sync.

    One that was changed just before is remembered as to be read again.
    """
    settled = time.time_ns() - state.st_mtime_ns > UNSETTLED_NS
    modified = state.st_mtime_ns if settled else -1
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
    return (state.st_size, state.st_mtime_ns) == (origin.size, origin.modified)


def _under(path: Path, roots: Sequence[Path]) -> bool:
    return any(path == root or root in path.parents for root in roots)


def _shared_with(gone: Sequence[str], known: Mapping[str, Origin]) -> set[str]:
    """Files that also gave an article of a file that is gone: now it is theirs alone."""
    orphans = {article_id for path in gone for article_id in known[path].article_ids}
    if not orphans:
        return set()
    return {path for path, origin in known.items() if orphans & set(origin.article_ids)}


def _refuse_to_wipe(roots: Sequence[Path], found: Sequence[Path], gone: Sequence[str]) -> None:
    for root in roots:
        lost = [path for path in gone if _under(Path(path), [root])]
        if not root.exists():
            raise CorpusError(
                f"there is no {root}; give a folder or file that exists"
                + (f" ({len(lost)} files indexed from it are kept)" if lost else "")
            )
        if lost and root.is_dir() and not any(_under(path, [root]) for path in found):
            raise CorpusError(
                f"{root} is empty now, but {len(lost)} files were indexed from it and are kept; "
                "remove its articles with onrecord remove, or index with --rebuild"
            )
