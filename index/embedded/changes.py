"""Which articles changed in which generation: a repair numbers its own change after them all."""

from __future__ import annotations

import sqlite3


def remember_change(
    connection: sqlite3.Connection, article_id: str, generation: int, *, removed: bool
) -> None:
    """Note that an article was put or removed. Call inside the transaction that does it."""
    connection.execute(
        "INSERT OR REPLACE INTO changes VALUES (?, ?, ?)", (article_id, generation, removed)
    )
