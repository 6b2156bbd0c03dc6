"""Passages as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from corpus.article import Passage
from index.embedded.codec import pack_rows, pack_spans, unpack_rows, unpack_spans
from index.embedding.embedder import PassageVectors
from index.milvus.connection import Row
from index.milvus.documents import Document
from index.milvus.filters import UNKNOWN, day_number, month_number
from index.milvus.keywords import keyword_fields
from index.milvus.pieces import cut_bytes, join_bytes
from index.passage_texts import title_beside
from index.store import Indexed, StoredPassage

ORDINAL_BITS = 20
"""A passage's id is its document's number and, in the lowest bits, its place in it."""

ROWS_AT_ONCE = 5_000
"""So many passages of one document are read at a time."""

STORED = ("id", "start", "end", "spans", "sentences")
VECTORS = ("key", "vector", "sentences")
EVERYTHING = (
    *("id", "version", "article", "month", "source", "language", "key", "published"),
    *("start", "end", "vector", "spans", "sentences", "title_length", "length"),
)


def version_of(passage: int) -> int:
    """The document that a passage belongs to."""
    return passage >> ORDINAL_BITS


def first_passage(version: int) -> int:
    """The id of a document's first passage."""
    return version << ORDINAL_BITS


def ranges(version: int, number: int) -> Iterator[str]:
    """Tests that give all passages of a document, of which there are `number`, in parts.

    The last goes on to the next document, so that a row too many is found.
    """
    first, end = first_passage(version), first_passage(version + 1)
    starts = [first + place for place in range(0, max(number, 1), ROWS_AT_ONCE)]
    for start, following in zip(starts, [*starts[1:], end], strict=True):
        yield f"id >= {start} and id < {following}"


def passage_rows(indexed: Indexed, version: int, *, keywords: bool) -> list[Row]:
    """The rows of an article's passages."""
    article = indexed.article
    parts = zip(indexed.passages, indexed.vectors, indexed.keys, strict=True)
    return [
        {
            "id": first_passage(version) + ordinal,
            "version": version,
            "article": article.id,
            "month": month_number(article.published),
            "source": UNKNOWN if article.source is None else article.source.casefold(),
            "language": article.language or UNKNOWN,
            "key": key,
            "published": day_number(article.published),
            "start": passage.start,
            "end": passage.end,
            "vector": np.asarray(vectors.passage, np.float32),
            "spans": cut_bytes(pack_spans(passage.sentences)),
            "sentences": cut_bytes(pack_rows(vectors.sentences)),
            **keyword_fields(
                title_beside(article.title, passage.start),
                article.text[passage.start : passage.end],
                keywords=keywords,
            ),
        }
        for ordinal, (passage, vectors, key) in enumerate(parts)
    ]


def passage_of(row: Row) -> Passage:
    """Where a passage and its sentences are."""
    return Passage(int(row["start"]), int(row["end"]), unpack_spans(join_bytes(row["spans"])))


def stored_passage(row: Row, document: Document, dimension: int) -> StoredPassage:
    """A passage from the fields `STORED`."""
    return StoredPassage(
        id=int(row["id"]),
        ordinal=int(row["id"]) - first_passage(document.version),
        passage=passage_of(row),
        article=document.article,
        story=document.story,
        sentence_vectors=unpack_rows(join_bytes(row["sentences"]), dimension),
    )


def vectors_of(row: Row, dimension: int) -> PassageVectors:
    """The vectors from the fields `VECTORS`."""
    return PassageVectors(
        np.asarray(row["vector"], np.float32), unpack_rows(join_bytes(row["sentences"]), dimension)
    )


def by_id(rows: Sequence[Row]) -> dict[int, Row]:
    """Rows by their key; a row that was sent twice counts once."""
    return {int(row["id"]): row for row in rows}
