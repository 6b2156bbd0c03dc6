"""What a user has chosen under /settings."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sound_files import SoundDatabase


@dataclass(frozen=True, slots=True)
class Preference:
    """None: as the bot would choose."""

    language: str | None = None
    quotes: int | None = None


class Preferences:
    """Choices by user."""

    def __init__(self, connection: SoundDatabase) -> None:
        self._connection = connection

    def get(self, user: int) -> Preference:
        """The user's choices, or none."""
        row = self._connection.execute(
            "SELECT language, quotes FROM preferences WHERE user = ?", (user,)
        ).fetchone()
        return Preference(*row) if row else Preference()

    def put(self, user: int, preference: Preference) -> None:
        """Keep the user's choices."""
        self._connection.execute(
            "INSERT OR REPLACE INTO preferences (user, language, quotes) VALUES (?, ?, ?)",
            (user, preference.language, preference.quotes),
        )
