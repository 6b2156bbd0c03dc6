"""Steps of a writer's life: taking the lock, making a database, renewing the checkpoint."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

import structlog
from filelock import FileLock, Timeout

from corpus.errors import IndexMismatch, StoreBusy, StoreError, StoreUnavailable
from index.embedded.checkpoint import (
    Saved,
    checkpoint_path,
    identity_of,
    read_checkpoint,
    read_saved,
    write_checkpoint,
)
from index.embedded.connections import open_reading, open_writing, translated
from index.embedded.following import follow, generation_of
from index.embedded.keyword_index import number_of_passages
from index.embedded.leases import make_lease
from index.embedded.location import Location
from index.embedded.schema import create, read_meta, write_meta
from index.embedded.segments import Segments

log = structlog.get_logger(__name__)

SHARE_TO_REPLAY = 0.05
"""A checkpoint is written anew when a start would replay more than this share of the passages."""

MOST_REMOVALS = 100_000
"""So many removals are remembered at most."""


def lock_folder(location: Location, wait_seconds: float) -> FileLock:
    """Become the one writer. Raises StoreBusy where another one does not finish in time."""
    lock = FileLock(location.writer_lock, timeout=wait_seconds)
    try:
        lock.acquire()
    except Timeout:
        raise StoreBusy(
            f"another process is indexing into {location.data}; wait until it is done"
        ) from None
    except OSError as error:
        raise StoreUnavailable(
            f"cannot write to {location.data} ({error.strerror}); set DATA to a writable folder"
        ) from None
    return lock


def make_database(
    location: Location, database: Path, embedder_key: str, dimension: int, generation: int
) -> sqlite3.Connection:
    """A new, empty database that continues counting generations."""
    make_lease(location, database)
    with ExitStack() as undone:
        connection = undone.enter_context(closing(open_writing(database, create=True)))
        with translated(database):
            create(connection, embedder_key, dimension, generation)
        undone.pop_all()
    return connection


def check_model(connection: sqlite3.Connection, embedder_key: str) -> None:
    """Raise IndexMismatch where the vectors are another model's."""
    stored = read_meta(connection, "embedder")
    if stored != embedder_key:
        raise IndexMismatch(
            f"the index was made with the model {stored}, not {embedder_key}: "
            "run onrecord index --rebuild"
        )


def last_generation(database: Path) -> int:
    """The generation of an index that is to be replaced; 0 where it cannot be read."""
    try:
        connection = open_reading(database)
        try:
            with translated(database):
                return generation_of(connection)
        finally:
            connection.close()
    except StoreError:
        return 0


def discard_other_checkpoint(database: Path, connection: sqlite3.Connection) -> None:
    """Delete a checkpoint of a later generation, before that number is given to another change.

    So it is where the database alone was put back to an older state: what it stores from now on
    gets the numbers of passages that the checkpoint knows with other vectors.
    """
    saved = read_saved(database, identity_of(connection))
    if saved is not None and saved.generation > generation_of(connection):
        log.warning("the checkpoint is of a later state and is made again", index=database.name)
        checkpoint_path(database).unlink(missing_ok=True)


def renew_checkpoint(database: Path, connection: sqlite3.Connection, *, force: bool) -> None:
    """Write the checkpoint where there is none, or it is too far behind.

    It is derived: where it cannot be written that is told, and nothing is lost.
    """
    identity = identity_of(connection)
    saved = read_saved(database, identity)
    if saved is not None and not force and _little_changed(connection, saved):
        return
    before = read_checkpoint(database, identity)
    connection.execute("BEGIN")
    try:
        segments = follow(connection, before or Segments(identity.dimension, 0, 0))
    finally:
        connection.execute("COMMIT")
    segments = segments.tidied()
    try:
        write_checkpoint(database, identity, segments)
    except StoreUnavailable as error:
        log.warning("no checkpoint", reason=str(error))
        return
    _forget_removals(connection, segments.generation)


def _forget_removals(connection: sqlite3.Connection, generation: int) -> None:
    """Delete the record of old removals once a checkpoint has them, and it has become long.

    A process whose vectors are older than `horizon` reads all of them again.
    """
    number = connection.execute(
        "SELECT count(*) FROM removals WHERE generation <= ?", (generation,)
    ).fetchone()[0]
    if number <= MOST_REMOVALS:
        return
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM removals WHERE generation <= ?", (generation,))
    write_meta(connection, "horizon", str(generation))
    connection.execute("COMMIT")


def _little_changed(connection: sqlite3.Connection, before: Saved) -> bool:
    """Whether few passages came and went since. Numbers are never used again: none is counted."""
    newest = connection.execute("SELECT max(id) FROM passages").fetchone()[0] or before.newest
    added = max(newest - before.newest, 0)
    removed = max(before.rows + added - number_of_passages(connection), 0)
    return bool(added + removed <= SHARE_TO_REPLAY * before.rows)
