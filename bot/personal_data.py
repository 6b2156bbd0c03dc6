"""SQLite files that hold what people asked: readable by their owner only, and erased for good.

SQLite leaves deleted rows in free pages and in the write-ahead log until they are overwritten.
Here deleting overwrites at once (`secure_delete`), and `erase_log` empties the log.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from pathlib import Path

from corpus.errors import StoreUnavailable

OWNER_ONLY = 0o600
_CREATING = threading.Lock()


def open_personal(
    path: Path,
    *,
    timeout: float,
    isolation_level: str | None = "",
    check_same_thread: bool = True,
) -> sqlite3.Connection:
    """A connection to a file of personal data, made where there is none.

    The log and the shared memory beside it get the file's permissions from SQLite. The remaining
    arguments are those of `sqlite3.connect`. Raises StoreUnavailable where it cannot be used.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        make_owned(path)
        connection = sqlite3.connect(
            path,
            timeout=timeout,
            isolation_level=isolation_level,  # type: ignore[arg-type]
            check_same_thread=check_same_thread,
        )
        make_erasing(connection)
    except (OSError, sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise unusable(path, error) from None
    return connection


def make_erasing(connection: sqlite3.Connection) -> None:
    """Have a connection write ahead, and overwrite what it deletes."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA secure_delete=ON")


def unusable(path: Path, error: Exception) -> StoreUnavailable:
    """What to raise, and to do, where a file cannot be used."""
    return StoreUnavailable(
        f"{path} cannot be used ({error}): make room and make it writable,"
        " or delete it where it is damaged"
    )


def make_owned(path: Path) -> None:
    """Make the file with its permissions where there is none; never touch one that is there.

    Closing any handle of a file drops all locks that the process holds on it (fcntl(2)), those of
    its SQLite connections too. Another process would then believe itself alone and delete the log.
    The lock is for threads: none may connect before the handle that made the file is closed.
    """
    with _CREATING, contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY))


def erase_log(connection: sqlite3.Connection, *, wait: bool = True) -> bool:
    """Empty the write-ahead log, which may still show rows as they were before they were deleted.

    False where another process reads now, or without `wait` at this moment: then the log stays
    until its next checkpoint.
    """
    [(patience,)] = connection.execute("PRAGMA busy_timeout").fetchall()
    if not wait:
        connection.execute("PRAGMA busy_timeout = 0")
    try:
        [(busy, _, _)] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience:d}")
    return not busy
