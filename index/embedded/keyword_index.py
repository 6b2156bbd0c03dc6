"""Keyword search by BM25 over SQLite's FTS5.

What is indexed are the terms of `index.keywords`, joined by spaces, so that FTS5 itself only
splits at spaces. It lies in the same file and transaction as the passages, so the two cannot
disagree. FTS5 scores every passage that holds any term of a query; so that a question costs about
the same in a million passages as in fifty thousand, only the rarer terms of a query choose
candidates, and all of its terms then rank them. How many passages hold a term is kept in a table
of its own, as FTS5 would have to count.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence

from index.embedded.filters import condition
from index.embedded.keyword_scan import is_narrow, scan_keywords
from index.keywords import terms
from index.store import Filter, Hit

TITLE_WEIGHT = 0.4
"""A title stands with each of its passages; its words count less than the passage's own."""

PASSAGES_TO_SCORE = 5_000
"""Terms are taken, the rarest first, while they are in fewer passages than this together."""

CANDIDATES = 200
"""So many of the best by the rarer terms are scored again, by all terms of the query."""

LEAST_TERMS = 2
MOST_TERMS = 64


class KeywordChanges:
    """Additions to and removals from the keyword index within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._counts: Counter[str] = Counter()

    def add(self, passage: int, title: str, body: str) -> None:
        """Index one passage; `title` and `body` are `joined_terms`."""
        self._connection.execute(
            "INSERT INTO keywords (rowid, title, body) VALUES (?, ?, ?)", (passage, title, body)
        )
        self._counts.update(_distinct(title, body))

    def remove(self, passage: int) -> None:
        """Take one passage out."""
        row = self._connection.execute(
            "SELECT title, body FROM keywords WHERE rowid = ?", (passage,)
        ).fetchone()
        if row is not None:
            self._connection.execute("DELETE FROM keywords WHERE rowid = ?", (passage,))
            self._counts.subtract(_distinct(*row))

    def finish(self) -> None:
        """Bring the counts of terms up to date. Call before the transaction ends."""
        changed = [(term, count) for term, count in self._counts.items() if count]
        self._connection.executemany(
            "INSERT INTO terms VALUES (?, ?) "
            "ON CONFLICT (term) DO UPDATE SET passages = passages + excluded.passages",
            changed,
        )
        self._connection.executemany(
            "DELETE FROM terms WHERE term = ? AND passages <= 0",
            [(term,) for term, count in changed if count < 0],
        )
        self._counts.clear()


def joined_terms(text: str) -> str:
    """A text as it is put into the index."""
    return " ".join(terms(text))


def search_keywords(connection: sqlite3.Connection, query: str, k: int, where: Filter) -> list[Hit]:
    """The `k` best passages by BM25, best first."""
    distinct = list(dict.fromkeys(terms(query)))
    counts = _counts(connection, distinct)
    if not counts or k <= 0:
        return []
    shares = _shares(connection, counts)
    if where.restricts and is_narrow(connection, where):
        return scan_keywords(connection, shares, TITLE_WEIGHT, k, *condition(where))
    telling = _telling_terms(counts)
    if len(telling) == len(counts):
        return _search(connection, telling, k, where)
    candidates = _search(connection, telling, max(2 * k, CANDIDATES), where)
    marks = ", ".join("?" * len(candidates))
    ids = [hit.passage_id for hit in candidates]
    return scan_keywords(connection, shares, TITLE_WEIGHT, k, f"passages.id IN ({marks})", ids)


def _search(
    connection: sqlite3.Connection, wanted: Sequence[str], k: int, where: Filter
) -> list[Hit]:
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
    shares = _shares(connection, _counts(connection, wanted))
    return [shares.get(term, 0.0) for term in wanted]


def _counts(connection: sqlite3.Connection, wanted: Sequence[str]) -> dict[str, int]:
    """In how many passages each term is; terms that are in none are left out."""
    found = {}
    for term in wanted:
        row = connection.execute("SELECT passages FROM terms WHERE term = ?", (term,)).fetchone()
        if row is not None:
            found[term] = int(row[0])
    return found


def _shares(connection: sqlite3.Connection, counts: Mapping[str, int]) -> dict[str, float]:
    passages = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
    return {term: min(1.0, count / max(passages, 1)) for term, count in counts.items()}


def _telling_terms(counts: Mapping[str, int]) -> list[str]:
    """The rarest terms, as many as can be afforded."""
    chosen: list[str] = []
    passages = 0
    for term in sorted(counts, key=counts.__getitem__)[:MOST_TERMS]:
        passages += counts[term]
        if passages > PASSAGES_TO_SCORE and len(chosen) >= LEAST_TERMS:
            break
        chosen.append(term)
    return chosen


def _distinct(title: str, body: str) -> set[str]:
    return {*title.split(), *body.split()}
