"""Conversations kept on disk, so that a restart does not forget what was being talked about."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from retrieval.answer import Turn

TURNS_KEPT = 6

SCHEMA = """
CREATE TABLE IF NOT EXISTS turns (
    conversation TEXT NOT NULL,
    at REAL NOT NULL,
    turn TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS turns_by_conversation ON turns (conversation, at);
CREATE INDEX IF NOT EXISTS turns_by_time ON turns (at);
"""


class Conversations:
    """The last turns of every conversation. A conversation expires `hours` after its last turn."""

    def __init__(self, path: Path, hours: float) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._lifetime_seconds = hours * 3600
        self._local = threading.local()
        with self._connection() as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(SCHEMA)

    def history(self, conversation: str) -> tuple[Turn, ...]:
        """The last turns, oldest first; none where it is new, forgotten or expired."""
        since = time.time() - self._lifetime_seconds
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT turn FROM turns WHERE conversation = ? AND at >= ?"
                " ORDER BY at DESC, rowid DESC LIMIT ?",
                (conversation, since, TURNS_KEPT),
            ).fetchall()
        return tuple(_decode(row[0]) for row in reversed(rows))

    def append(self, conversation: str, turn: Turn) -> None:
        """Remember one turn, and drop what has expired everywhere."""
        now = time.time()
        with self._connection() as connection:
            connection.execute(
                "INSERT INTO turns (conversation, at, turn) VALUES (?, ?, ?)",
                (conversation, now, json.dumps(asdict(turn), ensure_ascii=True)),
            )
            connection.execute("DELETE FROM turns WHERE at < ?", (now - self._lifetime_seconds,))

    def forget(self, conversation: str) -> int:
        """Drop a conversation; the number of turns that were kept."""
        with self._connection() as connection:
            return connection.execute(
                "DELETE FROM turns WHERE conversation = ?", (conversation,)
            ).rowcount

    def forget_all(self, beginning: str) -> int:
        """Drop every conversation whose name begins so; the number of turns that were kept."""
        with self._connection() as connection:
            return connection.execute(
                "DELETE FROM turns WHERE substr(conversation, 1, ?) = ?",
                (len(beginning), beginning),
            ).rowcount

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, in a transaction."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._path, timeout=10.0)
            # Waiting for the disk would cost each answer more than losing a last turn would.
            connection.execute("PRAGMA synchronous = NORMAL")
            self._local.connection = connection
        with connection:
            yield connection


def _decode(text: str) -> Turn:
    fields = json.loads(text)
    return Turn(
        question=fields["question"],
        standalone=fields["standalone"],
        answered=fields["answered"],
        names=tuple(fields["names"]),
    )
