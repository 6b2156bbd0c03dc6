"""One database, opened for reading: its connections, its vectors, its lease."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IndexMissing
from index.embedded.checkpoint import Identity
from index.embedded.following import FollowedVectors, generation_of
from index.embedded.leases import Lease
from index.embedded.location import NOTHING_INDEXED
from index.embedded.reading_pool import ReadingPool
from index.embedded.schema import check_version, read_meta


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """Everything that answers are read from."""

    database: Path
    identity: Identity
    pool: ReadingPool
    vectors: FollowedVectors
    lease: Lease

    def close(self) -> None:
        """Let go of the database; reads under way come to their end."""
        self.pool.close()
        self.lease.release()


def read_identity(pool: ReadingPool) -> Identity:
    """What the database is. Raises IndexMissing where it is empty, IndexMismatch."""
    with pool.reading() as connection:
        check_version(connection)
        if generation_of(connection) == 0:
            raise IndexMissing(NOTHING_INDEXED)
        return Identity(
            database=read_meta(connection, "uuid") or "",
            embedder_key=read_meta(connection, "embedder") or "",
            dimension=int(read_meta(connection, "dimension") or 0),
        )


def open_index(database: Path, lease: Lease) -> OpenIndex:
    """Open a database that `lease` is held on; the lease is released where that fails."""
    pool = ReadingPool(database)
    try:
        identity = read_identity(pool)
        return OpenIndex(database, identity, pool, FollowedVectors(pool, identity), lease)
    except BaseException:
        pool.close()
        lease.release()
        raise
