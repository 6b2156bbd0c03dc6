"""Reading connections, handed from thread to thread."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import StoreUnavailable
from index.embedded.connections import is_outdated, open_reading, translated


class ReadingPool:
    """As many connections to one database as there are readers at once."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one read transaction: all it sees is of one moment."""
        connection = self._take()
        try:
            with translated(self.database):
                connection.execute("BEGIN")
                try:
                    yield connection
                finally:
                    connection.execute("COMMIT")
        finally:
            self._give_back(connection)

    def close(self) -> None:
        """Close every connection as soon as nobody uses it."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise StoreUnavailable("the store is closed; open it again")
            while self._idle:
                connection = self._idle.pop()
                if not is_outdated(connection, self.database):
                    return connection
                connection.close()
        return open_reading(self.database)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()
