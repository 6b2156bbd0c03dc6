"""Rows of the database as values."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from corpus.article import Article, Passage
from corpus.errors import IndexDamaged
from index.embedded.checksums import row_checksum
from index.embedded.codec import unpack_rows_of, unpack_spans_of
from index.fingerprints import fingerprint
from index.store import ArticleSummary, Indexed, StoredPassage

VALUES_AT_ONCE = 500

ARTICLE = (
    "articles.id, articles.title, articles.text, articles.content_hash, articles.author, "
    "articles.source, articles.published, articles.updated, articles.url, articles.language"
)
PASSAGE = (
    'passages.id, passages.ordinal, passages.start, passages."end", passages.sentences, '
    "vectors.sentences, articles.number, articles.story"
)
SUMMARY = "id, title, author, source, published, url, language, content_hash, passages, characters"

_STORED = (
    "title, text, content_hash, author, source, source_folded, published, updated, url, "
    "language, story, signature, passages, characters, fingerprint"
)
_MARKS = ", ".join(f"?{place}" for place in range(1, 16))
INSERT_ARTICLE = f"INSERT INTO articles ({_STORED}, id, checksum) VALUES ({_MARKS}, ?16, ?17)"  # noqa: S608
UPDATE_ARTICLE = f"UPDATE articles SET ({_STORED}, checksum) = ({_MARKS}, ?17) WHERE id = ?16"  # noqa: S608


def article_values(indexed: Indexed, story: str) -> tuple[object, ...]:
    """The parameters of `INSERT_ARTICLE` and of `UPDATE_ARTICLE`."""
    article = indexed.article
    values = (
        article.title,
        article.text,
        article.content_hash,
        article.author,
        article.source,
        None if article.source is None else article.source.casefold(),
        None if article.published is None else article.published.isoformat(),
        None if article.updated is None else article.updated.isoformat(),
        article.url,
        article.language,
        story,
        indexed.signature,
        len(indexed.passages),
        len(article.text),
        fingerprint(article),
        article.id,
    )
    return (*values, row_checksum(values))


def article_of(row: Sequence[Any]) -> Article:
    """An article from the columns `ARTICLE`."""
    return Article(
        id=row[0],
        title=row[1],
        text=row[2],
        content_hash=row[3],
        author=row[4],
        source=row[5],
        published=date_of(row[6]),
        updated=date_of(row[7]),
        url=row[8],
        language=row[9],
    )


def passages_of(
    rows: Sequence[Sequence[Any]], articles: Mapping[int, Article], dimension: int
) -> list[StoredPassage]:
    """Passages from the columns `PASSAGE`, with their articles by number."""
    spans = unpack_spans_of([row[4] for row in rows])
    vectors = unpack_rows_of([row[5] for row in rows], dimension)
    return [
        StoredPassage(
            id=row[0],
            ordinal=row[1],
            passage=Passage(row[2], row[3], sentences),
            article=articles[row[6]],
            story=row[7],
            sentence_vectors=sentence_vectors,
        )
        for row, sentences, sentence_vectors in zip(rows, spans, vectors, strict=True)
    ]


def summary_of(row: Sequence[Any]) -> ArticleSummary:
    """A summary from the columns `SUMMARY`."""
    return ArticleSummary(
        id=row[0],
        title=row[1],
        author=row[2],
        source=row[3],
        published=date_of(row[4]),
        url=row[5],
        language=row[6],
        content_hash=row[7],
        passages=row[8],
        characters=row[9],
    )


def date_of(text: str | None) -> date | None:
    """A date from its ISO form. Raises IndexDamaged."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise IndexDamaged(
            f"{text!r} is no date, the index is damaged: run onrecord index --rebuild"
        ) from None


def read_articles(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, Article]:
    """Articles by number, each read once."""
    marks = ", ".join("?" * len(numbers))
    statement = f"SELECT {ARTICLE}, number FROM articles WHERE number IN ({marks})"  # noqa: S608
    return {row[10]: article_of(row) for row in connection.execute(statement, numbers)}


def rows_among(
    connection: sqlite3.Connection, statement: str, values: Iterable[object]
) -> Iterator[Any]:
    """The rows of a statement that ends with IN, for values of any number."""
    wanted = list(values)
    for first in range(0, len(wanted), VALUES_AT_ONCE):
        part = wanted[first : first + VALUES_AT_ONCE]
        yield from connection.execute(f"{statement} ({', '.join('?' * len(part))})", part)
