"""Taking damaged articles out, so that the next sync reads their files, and only these, again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from corpus.article import content_hash
from index.embedded.checksums import COLUMNS, row_checksum

OF_NO_ARTICLE = "article_id NOT IN (SELECT id FROM articles)"

_INCOMPLETE = """SELECT number FROM articles
    WHERE passages <> (SELECT count(*) FROM passages WHERE article = number)
    UNION SELECT article FROM passages WHERE vector NOT IN (SELECT number FROM vectors)"""

_OF_DAMAGED = {
    "articles": "SELECT ?",
    "passages": "SELECT article FROM passages WHERE id = ?",
    "vectors": "SELECT article FROM passages WHERE vector = ?",
}
"""The articles that a damaged row of a table belongs to."""

_GIVEN = """SELECT 1 FROM articles JOIN origin_articles ON article_id = articles.id
    WHERE number = ?"""

_STEPS = (
    "INSERT OR REPLACE INTO removals SELECT id, :generation FROM passages WHERE article = :number",
    "INSERT OR REPLACE INTO changes SELECT id, :generation, 1 FROM articles WHERE number = :number",
    "DELETE FROM passages WHERE article = :number",
    "DELETE FROM bands WHERE article = :number",
    "DELETE FROM articles WHERE number = :number",
)


def take_out_damaged(connection: sqlite3.Connection, generation: int) -> int:
    """Take out the damaged articles that files give; how many. Call inside a transaction.

    One that no file gives stays, and is a fault: nothing could bring it back. Files that gave
    what is not there are looked at by the next sync as if they had never been read.
    """
    damaged = sorted(set(_damaged(connection)))
    taken = 0
    for number in damaged:
        if connection.execute(_GIVEN, (number,)).fetchone() is None:
            continue
        for step in _STEPS:
            connection.execute(step, {"number": number, "generation": generation})
        taken += 1
    connection.execute(
        "UPDATE origins SET size = -1, modified = -1, digest = '' WHERE path IN "  # noqa: S608
        f"(SELECT path FROM origin_articles WHERE {OF_NO_ARTICLE})"
    )
    connection.execute(f"DELETE FROM origin_articles WHERE {OF_NO_ARTICLE}")  # noqa: S608
    return taken


def _damaged(connection: sqlite3.Connection) -> Iterator[int]:
    """The numbers of articles of which anything is not what was written."""
    before = connection.text_factory
    # What is no text any more is read all the same: its checksum tells.
    connection.text_factory = lambda content: content.decode("utf-8", "surrogateescape")
    try:
        rows = connection.execute("SELECT number, title, text, content_hash FROM articles")
        yield from [number for number, *row in rows if content_hash(*row[:2]) != row[2]]
        for table, (key, columns) in COLUMNS.items():
            statement = f"SELECT {key}, checksum, {columns} FROM {table}"  # noqa: S608
            for number, stored, *values in connection.execute(statement):
                if row_checksum(values) != stored:
                    articles = connection.execute(_OF_DAMAGED[table], (number,))
                    yield from [article for (article,) in articles]
        yield from [article for (article,) in connection.execute(_INCOMPLETE)]
    finally:
        connection.text_factory = before
