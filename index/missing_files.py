"""Which known files are gone for good, of those that a look through the folders did not find."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Sequence
from pathlib import Path

from index.diff import is_under, readable_digests
from index.store import Origin
from index.stored_state import StoredState

NOTHING = 0


def unlisted_folders(found: Sequence[Path], stored: StoredState) -> list[Path]:
    """Folders among what was found: they stand for the files in them, which nobody could list."""
    return [path for path in found if str(path) not in stored.origins and _is_unlisted(path)]


def gone_files(
    roots: Sequence[Path],
    found: Sequence[Path],
    unlisted: Sequence[Path],
    stored: StoredState,
) -> list[str]:
    """Known files under `roots` that are no more, and those elsewhere that moved there.

    What lies below folders that could not be listed may still be there.
    """
    present = {str(path) for path in found}
    missing = [path for path in stored.origins if path not in present]
    gone = [path for path in missing if is_under(Path(path), roots)]
    elsewhere = [stored.origins[path] for path in set(missing).difference(gone)]
    kept = [path for path in gone if not is_under(Path(path), unlisted)] if unlisted else gone
    return [*kept, *sorted(_left_behind(elsewhere, found, present, stored))]


def _left_behind(
    elsewhere: Sequence[Origin],
    found: Sequence[Path],
    present: Collection[str],
    stored: StoredState,
) -> list[str]:
    """Files that are no more where the articles' folder was before it moved.

    They would count as givers for ever, so that nothing in the new place could be changed or
    removed. They are let go where files that were found give all that they gave, or have their
    bytes: no article is lost by that.
    """
    if not elsewhere:
        return []
    new = set(readable_digests(path for path in found if str(path) not in stored.origins))
    return [
        origin.path
        for origin in elsewhere
        if (origin.digest in new or _are_given(origin.article_ids, present, stored))
        and not _is_there(origin.path)
    ]


def _are_given(articles: Sequence[str], present: Collection[str], stored: StoredState) -> bool:
    return all(any(path in present for path in stored.givers(one)) for one in articles)


def _is_there(path: str) -> bool:
    """Whether there is anything at a path, or may be: what cannot be asked is not gone."""
    return _kind(path) != NOTHING


def _is_unlisted(path: Path) -> bool:
    return _kind(path) in (stat.S_IFDIR, None)


def _kind(path: str | Path) -> int | None:
    """Which kind of file is at a path (`stat.S_IFMT`), or `NOTHING`; None where nobody can tell."""
    try:
        return stat.S_IFMT(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return NOTHING
    except OSError:
        return None
