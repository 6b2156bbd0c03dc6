"""Conversations kept on disk, so that a restart does not forget what was being talked about."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import structlog

from bot.personal_data import erase_log, open_personal
from bot.sound_files import SoundDatabase
from corpus.errors import StoreUnavailable
from retrieval.answer import Turn

TURNS_KEPT = 6
BUSY_SECONDS = 10.0
SECONDS_BETWEEN_OPENINGS = 30.0
"""A file that cannot be opened is not tried again before: each attempt may have to wait."""

logger = structlog.get_logger(__name__)

SCHEMA = """
CREATE TABLE IF NOT EXISTS turns (
    conversation TEXT NOT NULL,
    at REAL NOT NULL,
    turn TEXT NOT NULL,
    key TEXT
);
CREATE INDEX IF NOT EXISTS turns_by_conversation ON turns (conversation, at);
CREATE INDEX IF NOT EXISTS turns_by_time ON turns (at);
"""


class Conversations:
    """The last turns of every conversation. A conversation expires `hours` after its last turn.

    They are a convenience: where the disk fails, questions are answered without them. A damaged
    file is put aside and begun anew; one that cannot be opened is tried again after a while.
    """

    def __init__(self, path: Path, hours: float) -> None:
        self._path = path
        self._lifetime_seconds = hours * 3600
        self._local = threading.local()
        self._opening = threading.Lock()
        self._is_open = False
        self._not_before = 0.0
        self._reason = ""
        if self._opened():
            try:
                self.drop_expired()
            except (sqlite3.DatabaseError, StoreUnavailable) as error:
                logger.warning("expired conversations not dropped", reason=str(error))

    def history(self, conversation: str, key: str | None = None) -> tuple[Turn, ...]:
        """The last turns, oldest first; none where it is new, forgotten or expired.

        With the `key` of a turn that is there: those before it, for it is being asked anew.
        """
        if not self._opened():
            return ()
        since = time.time() - self._lifetime_seconds
        try:
            with self._connection() as connection:
                rows = connection.execute(
                    "SELECT turn FROM turns WHERE conversation = ?1 AND at >= ?2 AND NOT EXISTS"
                    " (SELECT 1 FROM turns AS again WHERE again.conversation = ?1"
                    " AND again.key = ?3 AND again.rowid <= turns.rowid)"
                    " ORDER BY rowid DESC LIMIT ?4",
                    (conversation, since, key, TURNS_KEPT),
                ).fetchall()
        except (sqlite3.DatabaseError, StoreUnavailable) as error:
            logger.warning("conversation not read", reason=str(error))
            return ()
        return tuple(_decode(row[0]) for row in reversed(rows))

    def append(self, conversation: str, turn: Turn, key: str | None = None) -> None:
        """Remember one turn, in place of one with its key, and drop what has expired everywhere."""
        if not self._opened():
            return
        written = (time.time(), _encode(turn), conversation, key)
        try:
            with self._connection() as connection:
                replaced = connection.execute(
                    "UPDATE turns SET at = ?, turn = ? WHERE conversation = ? AND key = ?", written
                )
                if not replaced.rowcount:
                    connection.execute(
                        "INSERT INTO turns (at, turn, conversation, key) VALUES (?, ?, ?, ?)",
                        written,
                    )
            self.drop_expired()
        except (sqlite3.DatabaseError, StoreUnavailable) as error:
            logger.warning("turn not remembered", reason=str(error))

    def extend(
        self, conversation: str, key: str, names: Sequence[str], shown: Sequence[str]
    ) -> None:
        """Add names and texts that an earlier turn has shown since; nothing where it is gone."""
        if not self._opened():
            return
        try:
            with self._connection() as connection:
                connection.execute("BEGIN IMMEDIATE")
                row = connection.execute(
                    "SELECT turn FROM turns WHERE conversation = ? AND key = ?", (conversation, key)
                ).fetchone()
                if row is None:
                    return
                turn = _decode(row[0])
                longer = replace(
                    turn,
                    names=tuple(dict.fromkeys((*turn.names, *names))),
                    shown=tuple(dict.fromkeys((*turn.shown, *shown))),
                )
                connection.execute(
                    "UPDATE turns SET turn = ? WHERE conversation = ? AND key = ?",
                    (_encode(longer), conversation, key),
                )
        except (sqlite3.DatabaseError, StoreUnavailable) as error:
            logger.warning("turn not extended", reason=str(error))

    def drop_expired(self) -> None:
        """Delete what has expired, for good.

        A turn from further ahead than a lifetime was written while the clock was wrong. It would
        outstay its time, so it goes too.
        """
        now = time.time()
        with self._connection() as connection:
            dropped = connection.execute(
                "DELETE FROM turns WHERE at < ? OR at > ?",
                (now - self._lifetime_seconds, now + self._lifetime_seconds),
            ).rowcount
        if dropped:
            erase_log(connection)

    def forget(self, conversation: str) -> int:
        """Drop a conversation for good; the number of turns that were kept."""
        return self._erase("conversation = ?", conversation)

    def forget_all(self, beginning: str) -> int:
        """Drop every conversation whose name begins so; the number of turns that were kept."""
        return self._erase("substr(conversation, 1, length(?1)) = ?1", beginning)

    def _erase(self, condition: str, value: str) -> int:
        with self._connection() as connection:
            number = connection.execute(f"DELETE FROM turns WHERE {condition}", (value,)).rowcount  # noqa: S608
        erase_log(connection)
        return number

    def _opened(self) -> bool:
        """Whether there is a sound file. Each reason why there is none is logged once."""
        with self._opening:
            if not self._is_open and time.monotonic() >= self._not_before:
                try:
                    SoundDatabase(self._path, _prepare, timeout=BUSY_SECONDS).close()
                    self._is_open = True
                except StoreUnavailable as error:
                    if str(error) != self._reason:
                        logger.warning("conversations not kept; trying again", reason=str(error))
                    self._reason = str(error)
                    self._not_before = time.monotonic() + SECONDS_BETWEEN_OPENINGS
            return self._is_open

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, in a transaction. Raises StoreUnavailable without a file."""
        if not self._opened():
            raise StoreUnavailable(self._reason)
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = open_personal(self._path, timeout=BUSY_SECONDS)
            # Waiting for the disk would cost each answer more than losing a last turn would.
            connection.execute("PRAGMA synchronous = NORMAL")
            self._local.connection = connection
        with connection:
            yield connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the table, and add what a file of an earlier version lacks.

    Several processes may start at once.
    """
    connection.executescript(SCHEMA)
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        columns = {row[1] for row in connection.execute("PRAGMA table_info(turns)")}
        if "key" not in columns:
            connection.execute("ALTER TABLE turns ADD COLUMN key TEXT")


def _encode(turn: Turn) -> str:
    return json.dumps(asdict(turn), ensure_ascii=True)


def _decode(text: str) -> Turn:
    fields = json.loads(text)
    return Turn(
        question=fields["question"],
        standalone=fields["standalone"],
        answered=fields["answered"],
        names=tuple(fields["names"]),
        shown=tuple(fields.get("shown", ())),
    )
