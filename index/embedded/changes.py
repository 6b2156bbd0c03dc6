"""Which articles changed in which generation: the last change of each is kept."""

from __future__ import annotations

import sqlite3

from index.embedded.schema import read_number
from index.store import Changes


def remember_change(
    connection: sqlite3.Connection, article_id: str, generation: int, *, removed: bool
) -> None:
    """Note that an article was put or removed. Call inside the transaction that does it."""
    connection.execute(
        "INSERT OR REPLACE INTO changes VALUES (?, ?, ?)", (article_id, generation, removed)
    )


def changes_since(connection: sqlite3.Connection, since: int) -> Changes | None:
    """The articles put and removed after a generation; None where it is before the beginning.

    Call inside a read transaction.
    """
    if since < read_number(connection, "began"):
        return None
    put: set[str] = set()
    removed: set[str] = set()
    for article_id, went in connection.execute(
        "SELECT article_id, removed FROM changes WHERE generation > ?", (since,)
    ):
        (removed if went else put).add(article_id)
    generation = read_number(connection, "generation")
    return Changes(generation, frozenset(put), frozenset(removed))
