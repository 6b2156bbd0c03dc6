"""BM25 over few passages, one by one, with all terms of the query.

For what a narrow filter leaves: FTS5 would score every passage of the collection that holds a
term and throw most away. And for the best that FTS5 found by the rarer terms of a query.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.embedded.filters import condition
from index.store import Filter, Hit

FEW_PASSAGES = 2_000

# The constants of Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009),
# and those that FTS5 uses.
SATURATION = 1.2
LENGTH_WEIGHT = 0.75


@dataclass(frozen=True, slots=True)
class Document:
    """The terms of one passage, those of its title counted with their weight."""

    passage: int
    counts: Mapping[str, float]
    length: int


def is_narrow(connection: sqlite3.Connection, where: Filter) -> bool:
    """Whether a filter leaves few passages."""
    test, values = condition(where)
    statement = f"SELECT coalesce(sum(passages), 0) FROM articles WHERE {test}"  # noqa: S608
    return int(connection.execute(statement, values).fetchone()[0]) <= FEW_PASSAGES


def scan_keywords(
    connection: sqlite3.Connection,
    shares: Mapping[str, float],
    title_weight: float,
    k: int,
    test: str,
    values: Sequence[str | int],
) -> list[Hit]:
    """The `k` best of the passages that pass an SQL test on articles and passages.

    `shares` says what share of all passages holds each term of the query.
    """
    documents = _documents(connection, shares, title_weight, test, values)
    if not documents:
        return []
    average = sum(document.length for document in documents) / len(documents)
    scored = [
        Hit(document.passage, _score(document, shares, average))
        for document in documents
        if document.counts
    ]
    return sorted(scored, key=lambda hit: (-hit.score, hit.passage_id))[:k]


def _documents(
    connection: sqlite3.Connection,
    wanted: Mapping[str, float],
    title_weight: float,
    test: str,
    values: Sequence[str | int],
) -> Sequence[Document]:
    rows = connection.execute(
        f"""SELECT keywords.rowid, keywords.title, keywords.body FROM articles
        JOIN passages ON passages.article = articles.number
        JOIN keywords ON keywords.rowid = passages.id WHERE {test}""",  # noqa: S608
        values,
    )
    documents = []
    for passage, title, body in rows:
        title_terms, body_terms = title.split(), body.split()
        counts: Counter[str] = Counter(term for term in body_terms if term in wanted)
        weighted = {term: float(count) for term, count in counts.items()}
        for term in title_terms:
            if term in wanted:
                weighted[term] = weighted.get(term, 0.0) + title_weight
        documents.append(Document(passage, weighted, len(title_terms) + len(body_terms)))
    return documents


def _score(document: Document, shares: Mapping[str, float], average: float) -> float:
    norm = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * document.length / max(average, 1.0)
    return sum(
        math.log(1 + (1 - shares[term]) / max(shares[term], 1e-9))
        * count
        * (SATURATION + 1)
        / (count + SATURATION * norm)
        for term, count in document.counts.items()
    )
