"""The tables of the embedded store, and which versions of them can be read.

A change of the tables raises `SCHEMA_VERSION` and brings a step in `migrations`.
"""

from __future__ import annotations

import sqlite3
import uuid

from corpus.errors import IndexDamaged, IndexMismatch
from index.embedded.checksums import row_checksum

SCHEMA_VERSION = 4

CHECKSUM = "checksum"
"""The entry of `meta` that is over all others. An index that nobody wrote to since has none."""

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE articles (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    author TEXT,
    source TEXT,
    source_folded TEXT,
    published TEXT,
    updated TEXT,
    url TEXT,
    language TEXT,
    story TEXT NOT NULL,
    signature BLOB NOT NULL,
    passages INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    checksum INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX articles_by_date ON articles (published, id);
CREATE INDEX articles_by_outlet ON articles (source_folded, source, published);
CREATE INDEX articles_by_fingerprint ON articles (id, fingerprint);
CREATE INDEX articles_by_language ON articles (language);
CREATE INDEX articles_by_story ON articles (story);

CREATE TABLE vectors (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key BLOB NOT NULL UNIQUE,
    passage BLOB NOT NULL,
    sentences BLOB NOT NULL,
    checksum INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (number),
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentences BLOB NOT NULL,
    vector INTEGER NOT NULL REFERENCES vectors (number),
    checksum INTEGER NOT NULL DEFAULT 0,
    UNIQUE (article, ordinal)
);
CREATE INDEX passages_by_vector ON passages (vector);

CREATE TABLE removals (passage INTEGER PRIMARY KEY, generation INTEGER NOT NULL);
CREATE INDEX removals_by_generation ON removals (generation);

CREATE TABLE changes (
    article_id TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    removed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX changes_by_generation ON changes (generation);

CREATE TABLE origins (
    path TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    digest TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE origin_articles (
    path TEXT NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (path, article_id)
) WITHOUT ROWID;
CREATE INDEX origin_articles_by_article ON origin_articles (article_id);

CREATE TABLE bands (
    band INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (band, article)
) WITHOUT ROWID;
CREATE INDEX bands_by_article ON bands (article);
"""

KEYWORD_TABLES = (
    """CREATE VIRTUAL TABLE keywords USING fts5 (
        title, body, repeated, detail = none, columnsize = 0,
        tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars '.'"
    )""",
    "CREATE TABLE terms (term TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE totals (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
)


def create(
    connection: sqlite3.Connection, embedder_key: str, dimension: int, generation: int
) -> None:
    """Make the tables of an empty index. Call inside no transaction."""
    connection.execute("PRAGMA page_size = 8192")
    connection.execute("PRAGMA journal_mode = WAL")
    keywords = "; ".join(KEYWORD_TABLES)
    version = f"PRAGMA user_version = {SCHEMA_VERSION}"
    connection.executescript(f"BEGIN; {TABLES} {keywords}; {version}; COMMIT;")
    values = {"generation": str(generation), "embedder": embedder_key, "dimension": str(dimension)}
    # A checkpoint names the database that it is of, whatever the file is called.
    values["uuid"] = uuid.uuid4().hex
    values["began"] = str(generation)
    with connection:
        for name, value in values.items():
            write_meta(connection, name, value)


def version_of(connection: sqlite3.Connection) -> int:
    """The version of an index's tables; 0 of a database that has none."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_version(connection: sqlite3.Connection) -> None:
    """Raise IndexMismatch for an index of another version."""
    version = version_of(connection)
    if version != SCHEMA_VERSION:
        raise IndexMismatch(
            f"the index is of version {version}, this program reads {SCHEMA_VERSION}: "
            "run onrecord index --rebuild"
        )


def read_meta(connection: sqlite3.Connection, name: str) -> str | None:
    """One entry of the table `meta`."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def read_number(connection: sqlite3.Connection, name: str) -> int:
    """An entry that is a number; 0 where there is none. Raises IndexDamaged for anything else."""
    value = read_meta(connection, name)
    if value is None:
        return 0
    if not (value.isascii() and value.isdigit()):
        raise IndexDamaged(f"the index has no {name}: run onrecord index --rebuild")
    return int(value)


def write_meta(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Set one entry of the table `meta`, and the checksum of all of them."""
    _set(connection, name, value)
    _set(connection, CHECKSUM, meta_checksum(connection))


def meta_checksum(connection: sqlite3.Connection) -> str:
    """The checksum of the other entries of the table `meta` as they are."""
    rows = connection.execute("SELECT * FROM meta WHERE name <> ? ORDER BY name", (CHECKSUM,))
    return str(row_checksum([entry for row in rows for entry in row]))


def _set(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
