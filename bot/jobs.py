"""Runs of the index as every process over a data folder sees them."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

from bot.librarian import Job
from corpus.errors import StoreUnavailable

KEPT = 20

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
        with self._changing() as connection:
            for waiting in self._of_states(connection, "queued"):
                if waiting.rebuild >= job.rebuild:
                    return waiting
            self._put(connection, job)
        return job

    def show(self, job: Job) -> None:
        """Say how far a run of this process is."""
        with self._changing() as connection:
            self._put(connection, job)

    def latest(self) -> Job | None:
        """The run under way or else the last one; None where there was none."""
        if not self._path.exists():
            return None
        with self._changing() as connection:
            for states in (("running",), ("queued",), ("done", "failed")):
                if found := self._of_states(connection, *states):
                    return found[0]
        return None

    def find(self, job_id: str) -> Job | None:
        """The run of that id; None where there was none, or too many have ended since."""
        if not self._path.exists():
            return None
        with self._changing() as connection:
            every = self._of_states(connection, "queued", "running", "done", "failed")
        return next((one for one in every if one.id == job_id), None)

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

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one transaction. Raises StoreUnavailable where there is none."""
        try:
            with self._transaction() as connection:
                yield connection
        except sqlite3.Error as error:
            raise StoreUnavailable(
                f"cannot use {self._path} ({error}); check the DATA folder"
            ) from None

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other process can come between."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=10.0, isolation_level=None)) as connection:
            # The board says what goes on now; after a power cut nothing of it is true.
            connection.execute("PRAGMA synchronous = OFF")
            if not self._ready:
                connection.execute(SCHEMA)
            connection.execute("BEGIN IMMEDIATE")
            try:
                if not self._ready:
                    self._end_what_was_left(connection)
                    self._ready = True
                yield connection
            finally:
                connection.execute("COMMIT")


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
