"""Connections to the database, with SQLite's errors turned into ours."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import IndexDamaged, StoreBusy, StoreUnavailable

CACHE_KIB = 32_768
BUSY_SECONDS = 10.0


def open_reading(database: Path) -> sqlite3.Connection:
    """A connection that cannot write. It may be handed from thread to thread, one at a time."""
    folder = database.parent
    with translated(database):
        # In a folder that cannot be written there is no writer, and no room for SQLite's log.
        unwritable = not os.access(folder, os.W_OK)
        connection = _connect(database, "ro&immutable=1" if unwritable else "ro")
        connection.execute("PRAGMA query_only = ON")
        return connection


def open_writing(database: Path, *, create: bool = False) -> sqlite3.Connection:
    """A connection whose commits are on the disk when they return."""
    with translated(database):
        connection = _connect(database, "rwc" if create else "rw")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection


@contextmanager
def translated(database: Path) -> Iterator[None]:
    """Raise StoreError's kinds instead of sqlite3's."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _operational(error, database) from None
    except sqlite3.DatabaseError as error:
        raise IndexDamaged(
            f"{database.name} is damaged ({error}): run onrecord index --rebuild"
        ) from None


def _connect(database: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{database.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=64,
    )
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    return connection


def _operational(error: sqlite3.OperationalError, database: Path) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusy(f"{database.name} is in use by another process; try again")
    if code == sqlite3.SQLITE_FULL:
        return StoreUnavailable(f"the disk of {database.parent} is full; free some space")
    if code == sqlite3.SQLITE_READONLY:
        return StoreUnavailable(f"{database.parent} cannot be written; set DATA to another folder")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
        return IndexDamaged(f"{database.name} is damaged ({error}): run onrecord index --rebuild")
    return StoreUnavailable(f"{database.name} cannot be used ({error}); check the DATA folder")
