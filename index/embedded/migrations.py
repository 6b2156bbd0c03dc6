"""Bringing an index of an earlier version to this one, beside the one in use.

A copy is changed and then put in place of the original, as a rebuild is: readers of the earlier
program go on reading their file, and a crash leaves the original as it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import structlog

from corpus.errors import IndexMissing, StoreUnavailable
from index.embedded.checksums import add_checksums
from index.embedded.connections import open_reading, open_writing, transaction, translated
from index.embedded.leases import delete_unused
from index.embedded.location import Location
from index.embedded.making import lock_folder, renew_checkpoint
from index.embedded.schema import SCHEMA_VERSION, version_of

log = structlog.get_logger(__name__)

WAIT_SECONDS = 60.0

Step = Callable[[sqlite3.Connection], None]


def migrate(location: Location, wait_seconds: float = WAIT_SECONDS) -> bool:
    """Bring the index in use to this version; False where there is nothing that could be done.

    Raises StoreBusy where another process writes, StoreUnavailable where the folder cannot be
    written, IndexDamaged where the index cannot be read. The index is as it was then.
    """
    if not _is_older(location):
        return False
    lock = lock_folder(location, wait_seconds)
    try:
        # Another process may have done it while this one waited.
        if _is_older(location):
            _replace(location, location.current())
    finally:
        lock.release()
    return True


def _is_older(location: Location) -> bool:
    try:
        database = location.current()
    except IndexMissing:
        return False
    connection = open_reading(database)
    try:
        with translated(database):
            version = version_of(connection)
    finally:
        connection.close()
    return version in STEPS


def _replace(location: Location, old: Path) -> None:
    new = location.next_database()
    log.info("bringing the index to this version, once", index=old.name)
    try:
        location.lease(new).touch()
        _copy(old, new)
        connection = open_writing(new)
        try:
            with translated(new):
                bring_up(connection)
                renew_checkpoint(new, connection, force=True)
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        location.switch_to(new)
    except OSError as error:
        raise StoreUnavailable(
            f"cannot write to {location.data} ({error.strerror}); free some space"
        ) from None
    finally:
        delete_unused(location, keep=location.current())


def bring_up(connection: sqlite3.Connection) -> None:
    """Take every step from the version of a database to this one, in one transaction."""
    with transaction(connection):
        while (version := version_of(connection)) != SCHEMA_VERSION:
            STEPS[version](connection)
            connection.execute(f"PRAGMA user_version = {version + 1}")


def _copy(old: Path, new: Path) -> None:
    """Copy a database as of one moment, what its log holds included."""
    source = open_reading(old)
    try:
        target = open_writing(new, create=True)
        try:
            with translated(old):
                source.backup(target)
                target.execute("PRAGMA journal_mode = WAL")
        finally:
            target.close()
    finally:
        source.close()


def _tiers(connection: sqlite3.Connection) -> None:
    """1 to 2: lists of repeated terms, totals, an index of languages, a record of changes.

    The keyword tables stay empty here: the step to 4 fills them.
    """
    connection.execute(
        "CREATE TABLE changes (article_id TEXT PRIMARY KEY, generation INTEGER NOT NULL, "
        "removed INTEGER NOT NULL) WITHOUT ROWID"
    )
    connection.execute("CREATE INDEX changes_by_generation ON changes (generation)")
    connection.execute("INSERT INTO meta SELECT 'began', value FROM meta WHERE name = 'generation'")
    connection.execute("CREATE INDEX articles_by_fingerprint ON articles (id, fingerprint)")
    connection.execute("CREATE INDEX articles_by_language ON articles (language)")
    _empty_keyword_tables(connection)


def _lookups(connection: sqlite3.Connection) -> None:
    """2 to 3: the files of an article, and the outlets, are found without reading everything."""
    connection.execute("CREATE INDEX origin_articles_by_article ON origin_articles (article_id)")
    connection.execute("DROP INDEX articles_by_source")
    connection.execute(
        "CREATE INDEX articles_by_outlet ON articles (source_folded, source, published)"
    )


def _checksums(connection: sqlite3.Connection) -> None:
    """3 to 4: a check sees what was damaged in any column that answers are made from.

    Words became other terms (no mark or soft hyphen cuts them any more), so all are made anew.
    """
    # Cuts sentences too, which no other way of opening an index has to load.
    from index.embedded.passage_keywords import index_passages

    for table in ("articles", "passages", "vectors"):
        connection.execute(f"ALTER TABLE {table} ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0")
        add_checksums(connection, table)
    connection.execute("DROP TABLE totals")
    _empty_keyword_tables(connection)
    index_passages(connection)


def _empty_keyword_tables(connection: sqlite3.Connection) -> None:
    for table in ("keywords", "terms"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute(
        """CREATE VIRTUAL TABLE keywords USING fts5 (
            title, body, repeated, detail = none, columnsize = 0,
            tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars '.'"
        )"""
    )
    connection.execute(
        "CREATE TABLE terms (term TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID"
    )
    connection.execute(
        "CREATE TABLE totals (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID"
    )


STEPS: Mapping[int, Step] = {1: _tiers, 2: _lookups, 3: _checksums}
"""What leads from a version to the next. The tables of a step are written out: those of `schema`
go on changing."""
