"""Finding the database in use again where the file that names it was lost."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import structlog

from corpus.errors import IndexDamaged, IndexMissing, StoreError
from index.embedded.connections import open_reading, translated
from index.embedded.following import generation_of
from index.embedded.location import Location
from index.embedded.making import lock_folder
from index.embedded.schema import version_of

log = structlog.get_logger(__name__)


def adopt(location: Location, wait_seconds: float) -> None:
    """Name the one database that there is again. Nothing is done where there is none, or a name.

    Raises StoreBusy where another process writes, IndexDamaged where several could be meant.
    """
    if not _is_lost(location):
        return
    lock = lock_folder(location, wait_seconds)
    try:
        if _is_lost(location):
            _adopt(location)
    finally:
        lock.release()


def _is_lost(location: Location) -> bool:
    try:
        location.current()
    except IndexMissing:
        return bool(location.databases())
    return False


def _adopt(location: Location) -> None:
    found = [database for database in location.databases() if not _is_empty(database)]
    if len(found) > 1:
        names = " or ".join(database.name for database in found)
        raise IndexDamaged(
            f"{location.pointer} does not name the index in use: write {names} into it, "
            "or run onrecord index --rebuild"
        )
    for database in found:
        log.warning("the index in use was not named; there is one", index=database.name)
        location.switch_to(database)


def _is_empty(database: Path) -> bool:
    """Whether a database was made but never filled. One that cannot be read may hold articles."""
    try:
        with closing(open_reading(database)) as connection, translated(database):
            return version_of(connection) == 0 or generation_of(connection) == 0
    except StoreError:
        return False
