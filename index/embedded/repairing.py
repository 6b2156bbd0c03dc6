"""Repairs of one database: everything that can be derived is derived again."""

from __future__ import annotations

import sqlite3

import structlog

from index.embedded.checkpoint import checkpoint_path
from index.embedded.connections import open_writing, transaction, translated
from index.embedded.location import Location
from index.embedded.making import lock_folder, renew_checkpoint
from index.embedded.passage_keywords import index_passages
from index.embedded.schema import KEYWORD_TABLES, read_number, write_meta
from index.embedded.taking_out import take_out_damaged

log = structlog.get_logger(__name__)

ORPHANS = (
    "DELETE FROM vectors WHERE number NOT IN (SELECT vector FROM passages)",
    "DELETE FROM bands WHERE article NOT IN (SELECT number FROM articles)",
    "DELETE FROM removals WHERE passage IN (SELECT id FROM passages)",
    "DELETE FROM origin_articles WHERE path NOT IN (SELECT path FROM origins)",
    "UPDATE articles SET characters = length(text) WHERE characters <> length(text)",
)


def repair_database(location: Location) -> None:
    """Rebuild indices, keyword index and checkpoint; delete orphans, and damaged articles.

    Only articles that files give are deleted, and these files are read by the next sync. Raises
    StoreError.
    """
    database = location.current()
    lock = lock_folder(location, wait_seconds=10.0)
    try:
        connection = open_writing(database)
        try:
            with translated(database):
                _repair(connection)
                checkpoint_path(database).unlink(missing_ok=True)
                renew_checkpoint(database, connection, force=True)
        finally:
            connection.close()
    finally:
        lock.release()
    log.info("repaired", index=database.name)


def _repair(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        connection.execute("REINDEX")
        generation = _last_generation(connection) + 1
        taken = take_out_damaged(connection, generation)
        if taken:
            log.warning("taken out; run onrecord index to read their files again", articles=taken)
        for statement in ORPHANS:
            connection.execute(statement)
        _index_keywords(connection)
        write_meta(connection, "generation", str(generation))


def _last_generation(connection: sqlite3.Connection) -> int:
    """The number of the last change, no lower than that of any change that is remembered."""
    told = read_number(connection, "generation")
    tables = ("changes", "removals")
    latest = [f"SELECT coalesce(max(generation), 0) FROM {table}" for table in tables]  # noqa: S608
    return max(told, *(int(connection.execute(one).fetchone()[0]) for one in latest))


def _index_keywords(connection: sqlite3.Connection) -> None:
    for table in ("terms", "totals", "keywords"):
        connection.execute(f"DROP TABLE {table}")
    for statement in KEYWORD_TABLES:
        connection.execute(statement)
    index_passages(connection)
