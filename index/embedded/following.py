"""How the vectors in memory follow the database."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator

import numpy as np
import structlog
from numpy.typing import NDArray

from corpus.errors import StoreError
from index.embedded.background import in_background, stand_back
from index.embedded.checkpoint import Identity, read_checkpoint
from index.embedded.codec import unpack_vectors
from index.embedded.reading_pool import ReadingPool
from index.embedded.schema import read_number
from index.embedded.segments import Segments, improved
from index.embedded.structures import LARGE
from index.embedding.embedder import Vectors

log = structlog.get_logger(__name__)

ROWS_AT_ONCE = LARGE - 1
"""As many as a segment may have that is searched exactly."""

Rows = NDArray[np.int64]


def generation_of(connection: sqlite3.Connection) -> int:
    """The number of the last change."""
    return read_number(connection, "generation")


def follow(connection: sqlite3.Connection, segments: Segments) -> Segments:
    """The vectors as of now: what was removed and added since is replayed.

    Call inside a read transaction, so that all of it is of one moment.
    """
    generation = generation_of(connection)
    if generation <= segments.generation:
        # Older than what another thread has followed in the meantime.
        return segments
    if segments.generation < read_number(connection, "horizon"):
        segments = Segments(segments.dimension, 0, 0)
    removed = connection.execute(
        "SELECT passage FROM removals WHERE generation > ? AND passage <= ? ORDER BY passage",
        (segments.generation, segments.newest),
    )
    gone: Rows = np.fromiter((row[0] for row in removed), np.int64)
    segments = segments.without(generation, gone)
    for ids, articles, vectors in _added(connection, segments):
        segments = segments.joined_by(ids, articles, vectors)
    return segments


def _added(
    connection: sqlite3.Connection, segments: Segments
) -> Iterator[tuple[Rows, Rows, Vectors]]:
    """Ids, articles and vectors of the passages that came since, part by part.

    Each part becomes a segment of its own: all of them as one array would lie in memory twice.
    """
    rows = connection.execute(
        "SELECT passages.id, passages.article, vectors.passage FROM passages "
        "JOIN vectors ON vectors.number = passages.vector "
        "WHERE passages.id > ? ORDER BY passages.id",
        (segments.newest,),
    )
    # A passage whose vector is gone, in a damaged index, has no row.
    while part := rows.fetchmany(ROWS_AT_ONCE):
        yield (
            np.array([row[0] for row in part], np.int64),
            np.array([row[1] for row in part], np.int64),
            unpack_vectors([row[2] for row in part], segments.dimension),
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

    A search takes `current` and keeps it; nothing that it holds is changed afterwards. Changes
    are followed, and segments merged and given their structure, in threads of their own.
    """

    def __init__(self, pool: ReadingPool, identity: Identity) -> None:
        self._pool = pool
        self._following = threading.Lock()
        self._improving = threading.Lock()
        self._replacing = threading.Lock()
        with pool.reading() as connection:
            self._segments = load(connection, pool, identity)
        self._improve()

    def current(self, connection: sqlite3.Connection) -> Segments:
        """The vectors of now.

        Who notices a change first waits for a moment, so that what was just added is found;
        where following takes longer, or another thread is at it, the vectors are those of before.
        """
        if generation_of(connection) > self._segments.generation:
            in_background(self._follow, self._following, "follow")
        return self._segments

    def _follow(self) -> None:
        try:
            with self._replacing, self._pool.reading() as connection:
                self._segments = follow(connection, self._segments)
        except StoreError as error:
            log.warning("a change of the index is not followed yet", reason=str(error))
        self._improve()

    def _improve(self) -> None:
        """Merge and restructure what is due. Nobody waits for it."""
        if self._segments.due():
            in_background(self._build, self._improving, "build", patience=0.0)

    def _build(self) -> None:
        stand_back()
        while due := self._segments.due():
            better = improved(due)
            with self._replacing:
                self._segments = self._segments.replaced(due, better)
            if len(better) >= LARGE:
                log.info("vectors restructured", passages=len(better))
