"""Runs of the index as every process over a data folder sees them."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

import structlog

from bot.librarian import Job
from bot.sound_files import OF_THE_MACHINE
from corpus.errors import StoreUnavailable

KEPT = 20

Result = TypeVar("Result")
logger = structlog.get_logger(__name__)

SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY,
    owner INTEGER NOT NULL,
    changed REAL NOT NULL,
    state TEXT NOT NULL,
    job TEXT NOT NULL
)
"""


class Jobs:
    """The board where processes say which run of the index is theirs and how far it is.

    A run of a process that has ended is not shown as going on: whoever starts next says so.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._owner = os.getpid()
        self._ready = False

    def begin(self, job: Job) -> Job:
        """Put a new run up, unless one that does as much is waiting already: that one then."""

        def put_up(connection: sqlite3.Connection) -> Job:
            for waiting in self._of_states(connection, "queued"):
                if waiting.rebuild >= job.rebuild:
                    return waiting
            self._put(connection, job)
            return job

        return self._changed(put_up)

    def show(self, job: Job) -> None:
        """Say how far a run of this process is."""
        self._changed(lambda connection: self._put(connection, job))

    def latest(self) -> Job | None:
        """The run under way or else the last one; None where there was none."""

        def newest(connection: sqlite3.Connection) -> Job | None:
            for states in (("running",), ("queued",), ("done", "failed")):
                if found := self._of_states(connection, *states):
                    return found[0]
            return None

        return self._changed(newest) if self._path.exists() else None

    def find(self, job_id: str) -> Job | None:
        """The run of that id; None where there was none, or too many have ended since."""

        def named(connection: sqlite3.Connection) -> Job | None:
            every = self._of_states(connection, "queued", "running", "done", "failed")
            return next((one for one in every if one.id == job_id), None)

        return self._changed(named) if self._path.exists() else None

    def _put(self, connection: sqlite3.Connection, job: Job) -> None:
        connection.execute(
            "INSERT OR REPLACE INTO jobs (id, owner, changed, state, job) VALUES (?, ?, ?, ?, ?)",
            (job.id, self._owner, time.time(), job.state, json.dumps(asdict(job))),
        )
        connection.execute(
            "DELETE FROM jobs WHERE id NOT IN (SELECT id FROM jobs ORDER BY changed DESC LIMIT ?)",
            (KEPT,),
        )

    def _of_states(self, connection: sqlite3.Connection, *states: str) -> list[Job]:
        """Runs in one of these states, the last changed first."""
        marks = ", ".join("?" * len(states))
        rows = connection.execute(
            f"SELECT owner, state, job FROM jobs WHERE state IN ({marks})"  # noqa: S608
            " ORDER BY changed DESC, rowid DESC",
            states,
        ).fetchall()
        return [
            Job(**json.loads(text))
            for owner, state, text in rows
            if state in ("done", "failed") or _lives(owner)
        ]

    def _end_what_was_left(self, connection: sqlite3.Connection) -> None:
        """An earlier process with this number, or one that is gone, ends no run any more."""
        unfinished = connection.execute(
            "SELECT id, owner FROM jobs WHERE state IN ('queued', 'running')"
        ).fetchall()
        for job_id, owner in unfinished:
            if owner == self._owner or not _lives(owner):
                connection.execute("DELETE FROM jobs WHERE id = ?", (job_id,))

    def _changed(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """What some work on the board gives; a damaged board is begun anew first.

        Raises StoreUnavailable where there can be none.
        """
        try:
            try:
                return self._in_transaction(work)
            except (sqlite3.Error, ValueError, TypeError) as error:
                if not _is_damage(error):
                    raise
                self._begin_anew(error)
            return self._in_transaction(work)
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailable(
                f"cannot use {self._path} ({error}); check the DATA folder"
            ) from None

    def _in_transaction(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do some work in a transaction that no other process can come between."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=10.0, isolation_level=None)) as connection:
            # The board says what goes on now; after a power cut nothing of it is true.
            connection.execute("PRAGMA synchronous = OFF")
            if not self._ready:
                connection.execute(SCHEMA)
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                if not self._ready:
                    self._end_what_was_left(connection)
                result = work(connection)
            self._ready = True
            return result

    def _begin_anew(self, reason: Exception) -> None:
        """Delete the board: it held nothing that is still of use."""
        logger.warning("damaged board of runs begun anew", file=str(self._path), reason=str(reason))
        # A journal that stayed behind would be played back into the new board.
        self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)
        self._ready = False


def _is_damage(error: Exception) -> bool:
    """Whether it is the board that is wrong, and neither the machine nor another process.

    A damaged board may have columns, texts or fields that nobody has written.
    """
    if not isinstance(error, sqlite3.Error):
        return True
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF not in OF_THE_MACHINE


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
