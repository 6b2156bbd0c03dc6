"""What the bot remembers between restarts: one SQLite file beside the index.

What is kept about people, and for how long:

* updates not yet handled: until they are handled, at most two weeks (`inbox`), and in the log of
  the database some seconds longer (`housekeeping`); the bare numbers of those that are handled:
  two days;
* answers that are on the screen, for their buttons, with the asker's language, number of quotes
  and, in private, rating: `shown_answers.DAYS_KEPT` days;
* language and number of quotes of those who chose them (`preferences`): until forgotten.

Names are never kept, only Telegram's numbers.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.sound_files import SoundDatabase

SCHEMA = """
CREATE TABLE IF NOT EXISTS updates (
    id INTEGER PRIMARY KEY,
    taken REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    user INTEGER,
    content TEXT
);
CREATE TABLE IF NOT EXISTS answers (
    token TEXT PRIMARY KEY,
    at REAL NOT NULL,
    user INTEGER NOT NULL,
    chat INTEGER NOT NULL,
    asked_in INTEGER,
    asked TEXT NOT NULL,
    shown_in TEXT NOT NULL,
    shown INTEGER NOT NULL,
    in_context INTEGER NOT NULL DEFAULT 0,
    answer TEXT NOT NULL,
    limits TEXT NOT NULL DEFAULT '{}',
    language TEXT NOT NULL DEFAULT '',
    wanted INTEGER NOT NULL DEFAULT 0,
    voted TEXT,
    turn INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS answers_by_question ON answers (chat, asked_in);
CREATE INDEX IF NOT EXISTS answers_by_user ON answers (user);
CREATE INDEX IF NOT EXISTS answers_by_time ON answers (at);
CREATE INDEX IF NOT EXISTS updates_by_time ON updates (taken);
CREATE TABLE IF NOT EXISTS preferences (
    user INTEGER PRIMARY KEY,
    language TEXT,
    quotes INTEGER
);
CREATE TABLE IF NOT EXISTS confirmations (
    token TEXT PRIMARY KEY,
    at REAL NOT NULL,
    user INTEGER NOT NULL,
    article TEXT NOT NULL
);
"""

ADDED_TO_ANSWERS = {
    "limits": "TEXT NOT NULL DEFAULT '{}'",
    "language": "TEXT NOT NULL DEFAULT ''",
    "wanted": "INTEGER NOT NULL DEFAULT 0",
    "voted": "TEXT",
    "turn": "INTEGER NOT NULL DEFAULT 0",
}

BUSY_SECONDS = 5.0


def open_database(data: Path) -> SoundDatabase:
    """The bot's database in the data folder. One thread uses it at a time: a `DatabaseThread`."""
    return SoundDatabase(
        data / "telegram.sqlite3", _prepare, timeout=BUSY_SECONDS, check_same_thread=False
    )


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.executescript(SCHEMA)
    _bring_up_to_date(connection)


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Add what a file of an earlier version lacks."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(answers)")}
    for name, kind in ADDED_TO_ANSWERS.items():
        if name not in columns:
            connection.execute(f"ALTER TABLE answers ADD COLUMN {name} {kind}")


def forget_user(data: Path, user: int) -> int:
    """Delete everything kept about a Telegram user for good; how many rows there were."""
    if not (data / "telegram.sqlite3").exists():
        return 0
    connection = open_database(data)
    try:
        deleted = sum(
            connection.execute(f"DELETE FROM {table} WHERE user = ?", (user,)).rowcount  # noqa: S608
            for table in ("updates", "answers", "preferences", "confirmations")
        )
        connection.erase_log()
        return deleted
    finally:
        connection.close()
