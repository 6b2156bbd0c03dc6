"""The checks of one database."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.article import content_hash
from index.embedded.checkpoint import read_checkpoint
from index.embedded.codec import SCALE_BYTES, unpack_spans, unpack_vector, unpack_vectors
from index.embedded.following import follow, generation_of
from index.embedded.open_index import read_identity
from index.embedded.reading_pool import ReadingPool
from index.embedded.segments import Segments
from index.embedded.structures import rows_of

MOST_FAULTS = 20
"""So many faults of one kind are told; more would hide the others."""

ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: `kind` for programs, `detail` for people."""

    kind: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Counts:
    """What was looked at."""

    articles: int
    passages: int
    generation: int


def check_database(database: Path) -> tuple[Counts, tuple[Fault, ...]]:
    """All checks, in one read transaction. Raises StoreError where it cannot be read at all."""
    pool = ReadingPool(database)
    try:
        identity = read_identity(pool)
        saved = read_checkpoint(database, identity)
        with pool.reading() as connection:
            faults = [fault for check in CHECKS for fault in _some(check(connection))]
            faults += _some(_vectors_differ(connection, saved, identity.dimension))
            return _counts(connection), tuple(faults)
    finally:
        pool.close()


def _counts(connection: sqlite3.Connection) -> Counts:
    articles = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    passages = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
    return Counts(articles, passages, generation_of(connection))


def _some(faults: Iterator[Fault]) -> list[Fault]:
    return [fault for fault, _ in zip(faults, range(MOST_FAULTS), strict=False)]


def _file(connection: sqlite3.Connection) -> Iterator[Fault]:
    """SQLite's own checks of its pages, indices and references."""
    for (line,) in connection.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield Fault("file", str(line))
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Fault("reference", f"row {row} of {table} names a row of {parent} that is gone")


def _texts(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Articles have the text that their hash is of."""
    rows = connection.execute("SELECT id, title, text, content_hash, characters FROM articles")
    for article_id, title, text, stored, characters in rows:
        if content_hash(title, text) != stored:
            yield Fault("text", f"article {article_id} is not what its hash is of")
        if len(text) != characters:
            yield Fault("count", f"article {article_id} has {len(text)} characters")


def _tiling(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Passages tile their article, sentences lie in order inside their passage."""
    articles = connection.execute("SELECT number, id, characters, passages FROM articles")
    for number, article_id, characters, wanted in articles.fetchall():
        rows = connection.execute(
            'SELECT ordinal, start, "end", sentences FROM passages WHERE article = ? '
            "ORDER BY ordinal",
            (number,),
        ).fetchall()
        if [row[0] for row in rows] != list(range(wanted)):
            yield Fault("count", f"article {article_id} has {len(rows)} of {wanted} passages")
        place = 0
        for ordinal, start, end, packed in rows:
            if start != place or end < start:
                yield Fault("span", f"passage {ordinal} of article {article_id} is out of place")
            place = end
            if not _ordered(start, end, packed):
                yield Fault("span", f"a sentence of article {article_id} is outside its passage")
        if place != characters and rows:
            yield Fault("span", f"the passages of article {article_id} end at {place}")


def _ordered(start: int, end: int, packed: bytes) -> bool:
    place = start
    for first, last in unpack_spans(packed):
        if not place <= first < last <= end:
            return False
        place = last
    return True


def _vectors(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Vectors have their length, one, and a row for each sentence."""
    rows = connection.execute(
        "SELECT passages.id, passages.sentences, vectors.passage, vectors.sentences, "
        "(SELECT value FROM meta WHERE name = 'dimension') FROM passages "
        "JOIN vectors ON vectors.number = passages.vector"
    )
    for passage, spans, vector, sentences, width in rows:
        dimension = int(width)
        if len(vector) != 2 * dimension or abs(np.linalg.norm(unpack_vector(vector)) - 1) > 0.01:
            yield Fault("vector", f"the vector of passage {passage} is damaged")
        if len(sentences) != len(spans) // 8 * (dimension + SCALE_BYTES):
            yield Fault("vector", f"passage {passage} lacks vectors of its sentences")


def _orphans(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Nothing is left of what is gone."""
    statements = {
        "vector": "SELECT number FROM vectors WHERE number NOT IN (SELECT vector FROM passages)",
        "keyword entry": "SELECT rowid FROM keywords WHERE rowid NOT IN (SELECT id FROM passages)",
        "band": "SELECT article FROM bands WHERE article NOT IN (SELECT number FROM articles)",
        "removal": "SELECT passage FROM removals WHERE passage IN (SELECT id FROM passages)",
    }
    for name, statement in statements.items():
        for (number,) in connection.execute(statement):
            yield Fault("orphan", f"{name} {number} belongs to nothing")


def _keywords(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Every passage is in the keyword index."""
    missing = "SELECT id FROM passages WHERE id NOT IN (SELECT rowid FROM keywords)"
    for (passage,) in connection.execute(missing):
        yield Fault("keywords", f"passage {passage} is not in the keyword index")
    counts: Counter[str] = Counter()
    for title, body in connection.execute("SELECT title, body FROM keywords"):
        counts.update({*title.split(), *body.split()})
    if counts != Counter(dict(connection.execute("SELECT term, passages FROM terms"))):
        yield Fault("keywords", "the counts of terms are not those of the passages")


CHECKS: tuple[Callable[[sqlite3.Connection], Iterator[Fault]], ...] = (
    _file,
    _texts,
    _tiling,
    _vectors,
    _orphans,
    _keywords,
)


def _vectors_differ(
    connection: sqlite3.Connection, saved: Segments | None, dimension: int
) -> Iterator[Fault]:
    """What FAISS searches, the checkpoint and what is replayed on it, equals the store."""
    if saved is None:
        yield Fault("checkpoint", "there is no usable checkpoint; starts are slower")
        return
    if saved.generation > generation_of(connection):
        yield Fault("checkpoint", "the checkpoint is newer than the database")
        return
    segments = follow(connection, saved)
    alive = [part.ids[part.alive] for part in segments.parts]
    ids = np.concatenate(alive) if alive else np.empty(0, np.int64)
    stored = connection.execute("SELECT id FROM passages ORDER BY id").fetchall()
    if not np.array_equal(np.sort(ids), np.asarray([row[0] for row in stored], np.int64)):
        yield Fault("faiss", f"{len(ids)} vectors are searched, {len(stored)} are stored")
        return
    for part in segments.parts:
        rows = rows_of(part.structure)
        for first in range(0, len(rows), ROWS_AT_ONCE):
            chosen = np.flatnonzero(part.alive[first : first + ROWS_AT_ONCE]) + first
            for passage in _different(connection, part.ids[chosen], rows[chosen], dimension):
                yield Fault("faiss", f"the vector searched for passage {passage} is not the stored")


def _different(
    connection: sqlite3.Connection, ids: np.ndarray, rows: np.ndarray, dimension: int
) -> list[int]:
    if not len(ids):
        return []
    packed = connection.execute(
        "SELECT vectors.passage FROM passages JOIN vectors ON vectors.number = passages.vector "
        "WHERE passages.id BETWEEN ? AND ? ORDER BY passages.id",
        (int(ids[0]), int(ids[-1])),
    ).fetchall()
    stored = unpack_vectors([row[0] for row in packed], dimension)
    if len(stored) != len(ids):
        return [int(ids[0])]
    wrong = np.abs(stored - rows).max(axis=1) > 1e-3
    return [int(number) for number in ids[wrong]]
