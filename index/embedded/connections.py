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

FileState = tuple[tuple[int, int, int], ...]
"""Number, size and time of each file."""


class FrozenConnection(sqlite3.Connection):
    """A connection that takes the database for one that nobody changes.

    `state` is what the files were when it was opened: once they are not, open another one.
    """

    state: FileState


def open_reading(database: Path) -> sqlite3.Connection:
    """A connection that cannot write. It may be handed from thread to thread, one at a time.

    Where the folder cannot be written either, there is no room for SQLite's log: it is read where
    a writer has left it, and without one the database is taken as it lies there.
    """
    with translated(database):
        try:
            connection = _connect(database, "ro")
        except sqlite3.OperationalError:
            if os.access(database.parent, os.W_OK):
                raise
            connection = _open_frozen(database)
        connection.execute("PRAGMA query_only = ON")
        return connection


def is_outdated(connection: sqlite3.Connection, database: Path) -> bool:
    """Whether a writer has changed what an open connection cannot see."""
    return isinstance(connection, FrozenConnection) and connection.state != file_state(database)


def file_state(database: Path) -> FileState:
    """What tells whether a database, or its log, was changed."""
    states = (_state(database), _state(log_of(database)))
    return tuple((one.st_ino, one.st_size, one.st_mtime_ns) for one in states if one is not None)


def log_of(database: Path) -> Path:
    """Where SQLite keeps what was committed last."""
    return database.with_name(f"{database.name}-wal")


def _open_frozen(database: Path) -> sqlite3.Connection:
    before = file_state(database)
    log = _state(log_of(database))
    if log is not None and log.st_size:
        raise StoreUnavailable(
            f"a writer broke off in {database.parent}, and its log cannot be read: run onrecord "
            "check once as a user who may write there"
        )
    connection = _connect(database, "ro&immutable=1", FrozenConnection)
    if isinstance(connection, FrozenConnection):
        connection.state = before
    return connection


def _state(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def open_writing(database: Path, *, create: bool = False) -> sqlite3.Connection:
    """A connection whose commits are on the disk when they return."""
    with translated(database):
        connection = _connect(database, "rwc" if create else "rw")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All that is done inside, or, where anything is raised, nothing."""
    with connection:  # commits or rolls back what BEGIN opened
        connection.execute("BEGIN IMMEDIATE")
        yield connection


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


def _connect(
    database: Path, mode: str, kind: type[sqlite3.Connection] = sqlite3.Connection
) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{database.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=64,
        factory=kind,
    )
    try:
        # Reads the schema: it shows whether the database can be read at all.
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _operational(error: sqlite3.OperationalError, database: Path) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusy(f"{database.name} is in use by another process; try again")
    if code == sqlite3.SQLITE_FULL:
        return StoreUnavailable(f"the disk of {database.parent} is full; free some space")
    if code == sqlite3.SQLITE_READONLY:
        return StoreUnavailable(f"{database.parent} cannot be written; set DATA to another folder")
    # A text that is not UTF-8 is told without a code.
    if code in (0, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
        return IndexDamaged(f"{database.name} is damaged ({error}): run onrecord index --rebuild")
    return StoreUnavailable(f"{database.name} cannot be used ({error}); check the DATA folder")
