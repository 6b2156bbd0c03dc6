"""What the bot remembers between restarts: one SQLite file beside the index.

What is kept about people, and for how long:

* updates not yet handled: until they are handled (`inbox`), their bare numbers two days longer;
* answers that are on the screen, for their buttons: `shown_answers.DAYS_KEPT` days;
* language and number of quotes of those who chose them (`preferences`): until forgotten.

Names are never kept, only Telegram's numbers.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

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
    answer TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS answers_by_question ON answers (chat, asked_in);
CREATE INDEX IF NOT EXISTS answers_by_user ON answers (user);
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

BUSY_SECONDS = 5.0


def open_database(data: Path) -> sqlite3.Connection:
    """The bot's database in the data folder. One thread uses it: that of the event loop."""
    data.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(
        data / "telegram.sqlite3", timeout=BUSY_SECONDS, isolation_level=None
    )
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.executescript(SCHEMA)
    return connection


def forget_user(data: Path, user: int) -> int:
    """Delete everything kept about a Telegram user; the number of rows that were kept."""
    if not (data / "telegram.sqlite3").exists():
        return 0
    connection = open_database(data)
    try:
        return sum(
            connection.execute(f"DELETE FROM {table} WHERE user = ?", (user,)).rowcount  # noqa: S608
            for table in ("updates", "answers", "preferences", "confirmations")
        )
    finally:
        connection.close()
