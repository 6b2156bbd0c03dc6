"""Which files have to be read again: the difference between folders and store."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
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
    gone, too, and may be stored as that one had it. `emptied` folders are left as they are;
    `skipped` tells of them, and of folders that could not be listed.
    """

    read: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    gone: tuple[str, ...]
    again: tuple[Path, ...] = ()
    emptied: tuple[Path, ...] = ()
    skipped: tuple[str, ...] = ()


def difference(found: Sequence[Path], gone: Sequence[str], stored: StoredState) -> FolderDifference:
    """Tell new and changed files from unchanged ones by size and time alone.

    `found` are the files there are, `gone` the known ones that are no more.
    """
    read: list[Path] = []
    unchanged: list[Path] = []
    for path in found:
        origin = stored.origins.get(str(path))
        (unchanged if origin is not None and _same(path, origin) else read).append(path)
    again = _shared_with(gone, stored)
    return FolderDifference(
        tuple(path for path in read if str(path) not in again),
        tuple(path for path in unchanged if str(path) not in again),
        tuple(gone),
        tuple(path for path in map(Path, sorted(again)) if path.is_file()),
    )


def emptied_folders(
    roots: Sequence[Path],
    gone: Sequence[str],
    stored: StoredState,
    holds_files: Callable[[Path], bool],
) -> dict[Path, int]:
    """The roots that have become empty, with the number of files that gave articles.

    A mistyped or unmounted folder must not wipe the index: raises CorpusError where a root does
    not exist, and where there is no other root whose files could be taken meanwhile.
    """
    emptied: dict[Path, int] = {}
    for root in roots:
        lost = [path for path in gone if is_under(Path(path), [root])]
        if not root.exists():
            raise CorpusError(
                f"there is no {root}; give a folder or file that exists"
                + (f" ({len(lost)} files indexed from it are kept)" if lost else "")
            )
        giving = sum(bool(stored.origins[path].article_ids) for path in lost)
        if giving and root.is_dir() and not holds_files(root):
            emptied[root] = giving
    if emptied and len(emptied) == len(roots):
        root, number = next(iter(emptied.items()))
        raise CorpusError(
            f"{root} is empty now, but {number} files were indexed from it and are kept; mount it "
            "or put them back, or take their articles out with onrecord remove"
        )
    return emptied


def origin_of(path: Path, state: os.stat_result, digest: str, article_ids: Sequence[str]) -> Origin:
    """A file as it was before it was read, so that a change meanwhile is seen by the next sync.

    One that was changed just before is remembered as to be read again.
    """
    settled = time.time_ns() - _modified(state) > UNSETTLED_NS
    modified = _modified(state) if settled else -1
    return Origin(str(path), state.st_size, modified, digest, tuple(article_ids))


def file_digest(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes. Raises OSError where it is no regular file."""
    with open(path, "rb", opener=_without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        return hashlib.file_digest(file, "sha256").hexdigest()


def readable_digests(paths: Iterable[Path]) -> Iterator[str]:
    """What cannot be read is left out: it is told of once it is read for its articles."""
    for path in paths:
        with suppress(OSError):
            yield file_digest(path)


def _without_waiting(path: str, flags: int) -> int:
    """A named pipe would wait for a writer for ever."""
    return os.open(path, flags | os.O_NONBLOCK)


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
