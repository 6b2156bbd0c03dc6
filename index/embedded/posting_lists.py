"""Lists of the keyword index, those read lately kept in memory.

Questions share their frequent words, and the lists of these are the long ones: reading them out of
the database was half of the time of a search.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

MOST_ENTRIES = 2_000_000
"""So many entries are kept together: 8 MB."""

Rows = NDArray[np.int64]


def read_list(connection: sqlite3.Connection, word: str, most: int) -> Rows:
    """The passages of a list, the newest first; only so many of the newest."""
    # As one text: a row for each passage would take five times as long to fetch.
    joined = connection.execute(
        "SELECT group_concat(rowid) FROM (SELECT rowid FROM keywords WHERE keywords MATCH ?"
        " ORDER BY rowid DESC LIMIT ?)",
        (f'"{word}"', most),
    ).fetchone()[0]
    return np.fromstring(joined or "", np.int64, sep=",")


class PostingLists:
    """Lists of one database, remembered while its generation stays the same."""

    def __init__(self, most_entries: int = MOST_ENTRIES) -> None:
        self._most_entries = most_entries
        self._lock = threading.Lock()
        self._generation = -1
        self._entries = 0
        self._known: OrderedDict[tuple[str, int], NDArray[np.int32]] = OrderedDict()

    def read(self, connection: sqlite3.Connection, generation: int, word: str, most: int) -> Rows:
        """As `read_list`, of the connection's transaction, which is of `generation`."""
        key = (word, most)
        with self._lock:
            if self._generation < generation:
                self._known.clear()
                self._generation, self._entries = generation, 0
            known = self._known.get(key) if self._generation == generation else None
            if known is not None:
                self._known.move_to_end(key)
                return known.astype(np.int64)
        rows = read_list(connection, word, most)
        if not len(rows) or rows.max() <= np.iinfo(np.int32).max:
            self._keep(generation, key, rows.astype(np.int32))
        return rows

    def _keep(self, generation: int, key: tuple[str, int], rows: NDArray[np.int32]) -> None:
        with self._lock:
            if self._generation != generation or key in self._known:
                return
            self._known[key] = rows
            self._entries += len(rows)
            while self._entries > self._most_entries:
                _, oldest = self._known.popitem(last=False)
                self._entries -= len(oldest)
