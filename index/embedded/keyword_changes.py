"""Additions to the keyword index and removals from it."""

from __future__ import annotations

import sqlite3
from collections import Counter

from index.embedded.keyword_tiers import repeated_terms
from index.keywords import terms

PASSAGES = "passages"
TERMS = "terms"


class KeywordChanges:
    """What one transaction changes in the keyword index.

    How many passages are in each list, how many passages there are and how many terms in them is
    kept in tables of its own: FTS5 would have to count.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lists: Counter[str] = Counter()
        self._totals: Counter[str] = Counter()

    def add(self, passage: int, title: str, body: str) -> None:
        """Index one passage; `title` and `body` are `joined_terms`."""
        repeated = repeated_terms(body)
        self._connection.execute(
            "INSERT INTO keywords (rowid, title, body, repeated) VALUES (?, ?, ?, ?)",
            (passage, title, body, repeated),
        )
        self._lists.update(words_of(title, body, repeated))
        self._totals.update({PASSAGES: 1, TERMS: length_of(title, body)})

    def remove(self, passage: int) -> None:
        """Take one passage out."""
        row = self._connection.execute(
            "SELECT title, body, repeated FROM keywords WHERE rowid = ?", (passage,)
        ).fetchone()
        if row is not None:
            title, body, repeated = row
            self._connection.execute("DELETE FROM keywords WHERE rowid = ?", (passage,))
            self._lists.subtract(words_of(title, body, repeated))
            self._totals.subtract({PASSAGES: 1, TERMS: length_of(title, body)})

    def finish(self) -> None:
        """Bring the counts up to date. Call before the transaction ends."""
        changed = [(word, count) for word, count in self._lists.items() if count]
        self._connection.executemany(
            "INSERT INTO terms VALUES (?, ?) "
            "ON CONFLICT (term) DO UPDATE SET passages = passages + excluded.passages",
            changed,
        )
        self._connection.executemany(
            "DELETE FROM terms WHERE term = ? AND passages <= 0",
            [(word,) for word, count in changed if count < 0],
        )
        self._connection.executemany(
            "INSERT INTO totals VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
            list(self._totals.items()),
        )
        self._lists.clear()
        self._totals.clear()


def joined_terms(text: str) -> str:
    """A text as it is put into the index."""
    return " ".join(terms(text))


def words_of(title: str, body: str, repeated: str) -> set[str]:
    """The words under which a passage stands in the index."""
    return {*title.split(), *body.split(), *repeated.split()}


def length_of(title: str, body: str) -> int:
    """The number of terms of a passage."""
    return len(title.split()) + len(body.split())
