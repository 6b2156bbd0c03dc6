"""How the vectors in memory follow the database."""

from __future__ import annotations

import sqlite3
import threading

import numpy as np
import structlog
from numpy.typing import NDArray

from index.embedded.checkpoint import Identity, read_checkpoint
from index.embedded.codec import unpack_vectors
from index.embedded.reading_pool import ReadingPool
from index.embedded.schema import read_meta
from index.embedded.segments import Segment, Segments

log = structlog.get_logger(__name__)

Rows = NDArray[np.int64]


def generation_of(connection: sqlite3.Connection) -> int:
    """The number of the last change."""
    return int(read_meta(connection, "generation") or 0)


def follow(connection: sqlite3.Connection, segments: Segments) -> Segments:
    """The vectors as of now: what was removed and added since is replayed.

    Call inside a read transaction, so that all of it is of one moment.
    """
    generation = generation_of(connection)
    if generation <= segments.generation:
        # Older than what another thread has followed in the meantime.
        return segments
    if segments.generation < int(read_meta(connection, "horizon") or 0):
        segments = Segments(segments.dimension, 0, 0)
    removed = connection.execute(
        "SELECT passage FROM removals WHERE generation > ? AND passage <= ? ORDER BY passage",
        (segments.generation, segments.newest),
    )
    gone: Rows = np.fromiter((row[0] for row in removed), np.int64)
    added = connection.execute(
        "SELECT passages.id, passages.article, vectors.passage FROM passages "
        "JOIN vectors ON vectors.number = passages.vector "
        "WHERE passages.id > ? ORDER BY passages.id",
        (segments.newest,),
    ).fetchall()
    return segments.changed(
        generation,
        gone,
        np.fromiter((row[0] for row in added), np.int64, len(added)),
        np.fromiter((row[1] for row in added), np.int64, len(added)),
        unpack_vectors([row[2] for row in added], segments.dimension),
    )


def load(connection: sqlite3.Connection, pool: ReadingPool, identity: Identity) -> Segments:
    """The vectors as of now, from the checkpoint where it can be trusted."""
    segments = read_checkpoint(pool.database, identity)
    if segments is not None and segments.generation > generation_of(connection):
        # The database was put back to an older state, which its checkpoint is not of.
        segments = None
    return follow(connection, segments or Segments(identity.dimension, 0, 0))


class FollowedVectors:
    """The vectors of one database, always of the newest generation that is ready.

    A search takes `current` and keeps it; nothing that it holds is changed afterwards.
    """

    def __init__(self, pool: ReadingPool, identity: Identity) -> None:
        self._following = threading.Lock()
        self._building = threading.Lock()
        with pool.reading() as connection:
            self._segments = load(connection, pool, identity)
        self._improve()

    def current(self, connection: sqlite3.Connection) -> Segments:
        """The vectors of now. One thread follows a change; the others do not wait for it."""
        if generation_of(connection) == self._segments.generation:
            return self._segments
        if self._following.acquire(blocking=False):
            try:
                self._segments = follow(connection, self._segments)
            finally:
                self._following.release()
            self._improve()
        return self._segments

    def _improve(self) -> None:
        """Give a segment that has grown too large its structure, in the background."""
        outgrown = self._segments.outgrown()
        if outgrown is None or not self._building.acquire(blocking=False):
            return
        threading.Thread(target=self._build, args=(outgrown,), name="build", daemon=True).start()

    def _build(self, outgrown: Segment) -> None:
        try:
            better = outgrown.restructured()
            with self._following:
                self._segments = self._segments.with_structure(better)
            log.info("vectors restructured", passages=len(better))
        finally:
            self._building.release()
