"""Repairs of one database: everything that can be derived is derived again."""

from __future__ import annotations

import sqlite3

import structlog

from index.embedded.checkpoint import checkpoint_path
from index.embedded.connections import open_writing, translated
from index.embedded.keyword_index import KeywordChanges, joined_terms
from index.embedded.location import Location
from index.embedded.making import lock_folder, renew_checkpoint
from index.embedded.schema import KEYWORD_TABLES, read_meta, write_meta

log = structlog.get_logger(__name__)

ORPHANS = (
    "DELETE FROM vectors WHERE number NOT IN (SELECT vector FROM passages)",
    "DELETE FROM bands WHERE article NOT IN (SELECT number FROM articles)",
    "DELETE FROM removals WHERE passage IN (SELECT id FROM passages)",
    "UPDATE articles SET characters = length(text) WHERE characters <> length(text)",
)


def repair_database(location: Location) -> None:
    """Rebuild indices, keyword index and checkpoint; delete orphans. Raises StoreError."""
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
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("REINDEX")
        for statement in ORPHANS:
            connection.execute(statement)
        _index_keywords(connection)
        generation = int(read_meta(connection, "generation") or 0) + 1
        write_meta(connection, "generation", str(generation))
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _index_keywords(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE terms")
    connection.execute("DROP TABLE keywords")
    for statement in KEYWORD_TABLES:
        connection.execute(statement)
    changes = KeywordChanges(connection)
    articles = connection.execute("SELECT number FROM articles").fetchall()
    for (number,) in articles:
        title, text = connection.execute(
            "SELECT title, text FROM articles WHERE number = ?", (number,)
        ).fetchone()
        passages = connection.execute(
            'SELECT id, start, "end" FROM passages WHERE article = ?', (number,)
        ).fetchall()
        for passage, start, end in passages:
            changes.add(passage, joined_terms(title), joined_terms(text[start:end]))
    changes.finish()
