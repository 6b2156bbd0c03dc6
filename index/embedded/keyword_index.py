"""Keyword search by BM25 over SQLite's FTS5.

What is indexed are the terms of `index.keywords`, joined by spaces, so that FTS5 itself only
splits at spaces.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from index.embedded.filters import condition
from index.keywords import terms
from index.store import Filter, Hit

TITLE_WEIGHT = 0.4
"""A title stands with each of its passages; its words count less than the passage's own."""

COMMON = 0.2
MANY_PASSAGES = 10_000
"""Of many passages, a term in more than this share tells little and is the slowest to look up."""

MOST_TERMS = 64
"""Terms of a query that are looked up, the rarest first."""


def add_keywords(connection: sqlite3.Connection, passage: int, title: str, body: str) -> None:
    """Index one passage with the title of its article."""
    connection.execute(
        "INSERT INTO keywords (rowid, title, body) VALUES (?, ?, ?)", (passage, title, body)
    )


def joined_terms(text: str) -> str:
    """A text as it is put into the index."""
    return " ".join(terms(text))


def search_keywords(connection: sqlite3.Connection, query: str, k: int, where: Filter) -> list[Hit]:
    """The `k` best passages by BM25, best first."""
    wanted = _telling_terms(connection, query)
    if not wanted or k <= 0:
        return []
    match = " OR ".join(f'"{term}"' for term in wanted)
    score = f"bm25(keywords, {TITLE_WEIGHT}, 1.0)"
    if not where.restricts:
        statement = f"""
            SELECT rowid, {score} FROM keywords WHERE keywords MATCH ?
            ORDER BY 2, 1 LIMIT ?"""  # noqa: S608
        rows = connection.execute(statement, (match, k))
    else:
        test, values = condition(where)
        statement = f"""
            SELECT keywords.rowid, {score} FROM keywords
            JOIN passages ON passages.id = keywords.rowid
            JOIN articles ON articles.number = passages.article
            WHERE keywords MATCH ? AND {test} ORDER BY 2, 1 LIMIT ?"""  # noqa: S608
        rows = connection.execute(statement, (match, *values, k))
    return [Hit(passage, -score) for passage, score in rows]


def term_shares(connection: sqlite3.Connection, wanted: Sequence[str]) -> list[float]:
    """The share of passages (0 to 1) that hold each term."""
    passages = _number_of_passages(connection)
    return [min(1.0, _holders(connection, term) / max(passages, 1)) for term in wanted]


def _number_of_passages(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM passages").fetchone()[0])


def _holders(connection: sqlite3.Connection, term: str) -> int:
    row = connection.execute("SELECT doc FROM keyword_shares WHERE term = ?", (term,)).fetchone()
    return 0 if row is None else int(row[0])


def _telling_terms(connection: sqlite3.Connection, query: str) -> list[str]:
    """The query's terms that are in the index, rarest first, without those that are everywhere."""
    distinct = list(dict.fromkeys(terms(query)))
    shares = dict(zip(distinct, term_shares(connection, distinct), strict=True))
    present = sorted((term for term in distinct if shares[term] > 0), key=shares.__getitem__)
    if _number_of_passages(connection) < MANY_PASSAGES:
        return present[:MOST_TERMS]
    telling = [term for term in present if shares[term] <= COMMON]
    return (telling or present)[:MOST_TERMS]
