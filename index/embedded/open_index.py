"""One database, opened for reading: its connections, its vectors, its lease."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IndexDamaged, IndexMissing
from index.embedded.checkpoint import Identity, identity_of
from index.embedded.filters import Allowed, Filters
from index.embedded.following import FollowedVectors, generation_of
from index.embedded.leases import Lease
from index.embedded.posting_lists import PostingLists
from index.embedded.reading_pool import ReadingPool
from index.embedded.schema import check_version
from index.store import NOTHING_INDEXED, Filter


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """Everything that answers are read from."""

    database: Path
    identity: Identity
    pool: ReadingPool
    vectors: FollowedVectors
    filters: Filters
    lists: PostingLists
    lease: Lease

    def allowed(self, connection: sqlite3.Connection, where: Filter) -> Allowed | None:
        """What a filter leaves as of the connection's transaction; None for all."""
        if not where.restricts:
            return None
        return self.filters.allowed(connection, generation_of(connection), where)

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
        identity = identity_of(connection)
        if not (identity.embedder_key and identity.dimension):
            raise IndexDamaged("the index does not name its model: run onrecord index --rebuild")
        return identity


def open_index(database: Path, lease: Lease) -> OpenIndex:
    """Open a database that `lease` is held on; the lease is released where that fails."""
    with ExitStack() as undone:
        undone.callback(lease.release)
        pool = undone.enter_context(closing(ReadingPool(database)))
        identity = read_identity(pool)
        opened = OpenIndex(
            database,
            identity,
            pool,
            FollowedVectors(pool, identity),
            Filters(),
            PostingLists(),
            lease,
        )
        undone.pop_all()
    return opened
