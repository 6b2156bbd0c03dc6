"""Who still reads a database, so that a replaced one is deleted only when nobody does."""

from __future__ import annotations

import fcntl
import os
import weakref
from pathlib import Path

from corpus.errors import IndexMissing, StoreUnavailable
from index.embedded.location import Location
from index.store import NOTHING_INDEXED


class Lease:
    """A shared lock on a database, held until `release`, or until nobody refers to it."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._close = weakref.finalize(self, os.close, self._handle)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def release(self) -> None:
        """Let the database be deleted."""
        self._close()


def make_lease(location: Location, database: Path) -> None:
    """Create what readers of `database` hold, where it is not there: a backup may lack it.

    Raises StoreUnavailable where that is not allowed.
    """
    lease = location.lease(database)
    try:
        if not lease.exists():
            lease.touch()
    except OSError as error:
        raise StoreUnavailable(
            f"cannot write to {location.data} ({error.strerror}); set DATA to a writable folder"
        ) from None


def lease_current(location: Location) -> tuple[Path, Lease]:
    """The database in use, and a lease on it. Raises IndexMissing where there is none."""
    for _ in range(10):
        database = location.current()
        try:
            lease = Lease(location.lease(database))
        except FileNotFoundError:
            continue
        # Between reading the name and taking the lease another index may have come into use.
        if location.current() == database:
            return database, lease
        lease.release()
    raise IndexMissing(NOTHING_INDEXED)


def delete_unused(location: Location, keep: Path) -> None:
    """Delete replaced and unfinished databases that nobody reads. For the writer only."""
    for database in location.databases():
        if database != keep:
            delete_unread(location, database)


def delete_unread(location: Location, database: Path) -> None:
    """Delete a database and what is derived from it, unless somebody reads it."""
    lease = location.lease(database)
    lease.touch()
    handle = os.open(lease, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for path in location.data.glob(f"{database.stem}.*"):
            path.unlink(missing_ok=True)
    except BlockingIOError:
        pass
    finally:
        os.close(handle)
