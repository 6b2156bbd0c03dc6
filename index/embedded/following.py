"""How the vectors in memory follow the database."""

from __future__ import annotations

import sqlite3

import numpy as np
from numpy.typing import NDArray

from index.embedded.codec import unpack_vectors
from index.embedded.schema import read_meta
from index.embedded.segments import Segments

Rows = NDArray[np.int64]


def generation_of(connection: sqlite3.Connection) -> int:
    """The number of the last change."""
    return int(read_meta(connection, "generation") or 0)


def follow(connection: sqlite3.Connection, segments: Segments) -> Segments:
    """The vectors as of now: what was removed and added since is replayed.

    Call inside a read transaction, so that all of it is of one moment.
    """
    generation = generation_of(connection)
    if generation == segments.generation:
        return segments
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
