"""Updates that Telegram has handed over and that are not handled yet.

Telegram forgets an update once it is confirmed. Writing it down first means that neither a crash
nor a lost connection swallows a question, and that one delivered twice is answered once. What a
handled one said is overwritten in the file at once, and soon after in the log of the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import structlog
from telegram import Update

from bot.sound_files import SoundDatabase
from bot.telegram.steady_time import kept_between, steady_now

DAY = 24 * 3600.0
SECONDS_REMEMBERED = 2 * DAY
SECONDS_UNHANDLED = 14 * DAY
"""After so long nobody waits for an answer any more."""
MOST_ATTEMPTS = 3

log = structlog.get_logger(__name__)


class Inbox:
    """Updates by their number: taken, then finished."""

    def __init__(self, connection: SoundDatabase) -> None:
        self._connection = connection
        self._leaves_words = True  # an earlier run may have ended before it erased them

    @property
    def leaves_words(self) -> bool:
        """Whether what handled updates said may still stand in the log of the database."""
        return self._leaves_words

    def erase_words(self) -> None:
        """Take that out of the log. Where another process reads now, it stays for the next time."""
        self._leaves_words = not self._connection.erase_log(wait=False)

    def take(self, update: Update) -> bool:
        """Write an update down; False where it was taken before. Drops what has expired."""
        self.drop_expired()
        user = update.effective_user
        written = self._connection.execute(
            "INSERT OR IGNORE INTO updates (id, taken, user, content) VALUES (?, ?, ?, ?)",
            (update.update_id, steady_now(), user.id if user else None, update.to_json()),
        )
        return written.rowcount == 1

    def finish(self, update_id: int) -> None:
        """An update is handled: forget what it said, remember its number."""
        self._connection.execute("UPDATE updates SET content = NULL WHERE id = ?", (update_id,))
        self._leaves_words = True

    def unfinished(self) -> list[dict[str, Any]]:
        """What an earlier run has left, oldest first, as the Bot API's JSON.

        An update that was begun too often is given up, because it may be what ends the process.
        """
        self.drop_expired()
        with self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "DELETE FROM updates WHERE content NOT NULL AND attempts >= ?", (MOST_ATTEMPTS,)
            )
            connection.execute("UPDATE updates SET attempts = attempts + 1 WHERE content NOT NULL")
            rows = connection.execute(
                "SELECT content FROM updates WHERE content NOT NULL ORDER BY id"
            ).fetchall()
        return list(_readable(row[0] for row in rows))

    def drop_expired(self) -> None:
        """Forget numbers that Telegram will not deliver again, and those of a wrong clock.

        What is not handled yet is kept for longer: the bot may not have run for some days.
        """
        self._connection.execute(
            "DELETE FROM updates WHERE content IS NULL AND (taken < ? OR taken > ?)",
            kept_between(SECONDS_REMEMBERED),
        )
        unhandled = self._connection.execute(
            "DELETE FROM updates WHERE taken < ? OR taken > ?", kept_between(SECONDS_UNHANDLED)
        ).rowcount
        self._leaves_words = self._leaves_words or unhandled > 0

    def waiting(self) -> int:
        """How many updates are not handled yet."""
        row = self._connection.execute(
            "SELECT count(*) FROM updates WHERE content NOT NULL"
        ).fetchone()
        return int(row[0])


def _readable(contents: Iterator[str]) -> Iterator[dict[str, Any]]:
    """Those that can be read: one damaged update must not keep the others waiting."""
    for content in contents:
        try:
            yield json.loads(content)
        except ValueError:
            log.warning("telegram.update_damaged")
