"""Removals that an administrator was asked to confirm."""

from __future__ import annotations

import sqlite3
import time

from bot.telegram.shown_answers import new_token

SECONDS_VALID = 24 * 3600.0


class Confirmations:
    """Article ids behind short tokens: an id may be longer than a button can carry."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ask(self, user: int, article_id: str) -> str:
        """A token that stands for this removal."""
        token, now = new_token(), time.time()
        self._connection.execute("DELETE FROM confirmations WHERE at < ?", (now - SECONDS_VALID,))
        self._connection.execute(
            "INSERT INTO confirmations (token, at, user, article) VALUES (?, ?, ?, ?)",
            (token, now, user, article_id),
        )
        return token

    def take(self, token: str) -> str | None:
        """The article id, once; None where the token was used or has expired."""
        row = self._connection.execute(
            "DELETE FROM confirmations WHERE token = ? AND at >= ? RETURNING article",
            (token, time.time() - SECONDS_VALID),
        ).fetchone()
        return str(row[0]) if row else None
