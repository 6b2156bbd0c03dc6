"""Reading articles back as they were put, with their vectors: for a copy of the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from corpus.article import Passage
from index.embedded.codec import unpack_rows, unpack_spans, unpack_vector
from index.embedded.rows import ARTICLE, article_of
from index.embedding.embedder import PassageVectors
from index.store import Indexed

_PASSAGES = """SELECT passages.start, passages."end", passages.sentences, vectors.passage,
    vectors.sentences, vectors.key FROM passages
    JOIN vectors ON vectors.number = passages.vector
    WHERE passages.article = ? ORDER BY passages.ordinal"""


def read_indexed(
    connection: sqlite3.Connection, article_ids: Sequence[str], dimension: int
) -> list[Indexed]:
    """Articles in the order asked for; those that are not there are left out."""
    found = (_read(connection, article_id, dimension) for article_id in article_ids)
    return [one for one in found if one is not None]


def _read(connection: sqlite3.Connection, article_id: str, dimension: int) -> Indexed | None:
    statement = f"SELECT {ARTICLE}, signature, number FROM articles WHERE id = ?"  # noqa: S608
    row = connection.execute(statement, (article_id,)).fetchone()
    if row is None:
        return None
    parts = connection.execute(_PASSAGES, (row[11],)).fetchall()
    return Indexed(
        article=article_of(row),
        passages=tuple(Passage(part[0], part[1], unpack_spans(part[2])) for part in parts),
        vectors=tuple(
            PassageVectors(unpack_vector(part[3]), unpack_rows(part[4], dimension))
            for part in parts
        ),
        keys=tuple(part[5].hex() for part in parts),
        signature=row[10],
    )
