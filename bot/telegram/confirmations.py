"""Removals that an administrator was asked to confirm."""

from __future__ import annotations

import time

from bot.sound_files import SoundDatabase
from bot.telegram.shown_answers import new_token

SECONDS_VALID = 24 * 3600.0


class Confirmations:
    """Article ids behind short tokens: an id may be longer than a button can carry."""

    def __init__(self, connection: SoundDatabase) -> None:
        self._connection = connection

    def ask(self, user: int, article_id: str) -> str:
        """A token that stands for this removal."""
        self.drop_expired()
        token = new_token()
        self._connection.execute(
            "INSERT INTO confirmations (token, at, user, article) VALUES (?, ?, ?, ?)",
            (token, time.time(), user, article_id),
        )
        return token

    def drop_expired(self) -> None:
        """Forget what nobody confirmed in time."""
        self._connection.execute(
            "DELETE FROM confirmations WHERE abs(at - ?) > ?", (time.time(), SECONDS_VALID)
        )

    def take(self, token: str) -> str | None:
        """The article id, once; None where the token was used or has expired."""
        row = self._connection.execute(
            "DELETE FROM confirmations WHERE token = ? AND at >= ? RETURNING article",
            (token, time.time() - SECONDS_VALID),
        ).fetchone()
        return str(row[0]) if row else None
