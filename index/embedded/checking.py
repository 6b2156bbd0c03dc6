"""The checks of one database."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from corpus.article import content_hash
from corpus.errors import IndexDamaged
from index.embedded.checkpoint import read_checkpoint
from index.embedded.checksums import COLUMNS, row_checksum
from index.embedded.codec import SCALE_BYTES, unpack_spans, unpack_vector, unpack_vectors
from index.embedded.connections import translated
from index.embedded.following import follow, generation_of
from index.embedded.keyword_changes import PASSAGES, TERMS, joined_terms, length_of, words_of
from index.embedded.keyword_tiers import repeated_terms
from index.embedded.open_index import read_identity
from index.embedded.reading_pool import ReadingPool
from index.embedded.schema import CHECKSUM, meta_checksum, read_meta
from index.embedded.segments import Segments
from index.embedded.structures import rows_at
from index.faults import MOST_FAULTS, Counts, Fault
from index.passage_texts import title_beside

ROWS_AT_ONCE = 10_000


def check_database(database: Path) -> tuple[Counts, tuple[Fault, ...]]:
    """All checks, in one read transaction. Raises StoreError where it cannot be read at all."""
    pool = ReadingPool(database)
    try:
        identity = read_identity(pool)
        saved = read_checkpoint(database, identity)
        with pool.reading() as connection:
            checks = [check(connection) for check in CHECKS]
            checks.append(_vectors_differ(connection, saved, identity.dimension))
            faults = [fault for check in checks for fault in _some(_whole(check, database))]
            return _counts(connection), tuple(faults)
    finally:
        pool.close()


def _counts(connection: sqlite3.Connection) -> Counts:
    articles = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    passages = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
    return Counts(articles, passages, generation_of(connection))


def _some(faults: Iterator[Fault]) -> list[Fault]:
    return [fault for fault, _ in zip(faults, range(MOST_FAULTS), strict=False)]


def _whole(faults: Iterator[Fault], database: Path) -> Iterator[Fault]:
    """The faults that a check finds; that it cannot read what it looks at is one, too."""
    try:
        with translated(database):
            yield from faults
    except (IndexDamaged, ValueError, TypeError) as error:
        yield Fault("damage", f"what is stored cannot be read ({error})")


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


def _rows(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Every value that answers are made from is the one that was written."""
    for table, (key, columns) in COLUMNS.items():
        rows = connection.execute(f"SELECT {key}, checksum, {columns} FROM {table}")  # noqa: S608
        for number, stored, *values in rows:
            if row_checksum(values) != stored:
                yield Fault("row", f"{key} {number} of {table} is not what was written")


def _state(connection: sqlite3.Connection) -> Iterator[Fault]:
    """The number of the last change, and what else is told of the index, is what was written."""
    stored = read_meta(connection, CHECKSUM)
    if stored is not None and stored != meta_checksum(connection):
        yield Fault("state", "the generation, or what else meta holds, is not what was written")


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
    if len(packed) % 8:
        return False
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
        "file": "SELECT path FROM origin_articles WHERE path NOT IN (SELECT path FROM origins)",
        "article of a file": "SELECT article_id FROM origin_articles "
        "WHERE article_id NOT IN (SELECT id FROM articles)",
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
    sums: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for passage, *row in connection.execute("SELECT rowid, title, body, repeated FROM keywords"):
        words = words_of(*row)
        counts.update(words)
        sums.update(dict.fromkeys(words, passage))
        totals.update({PASSAGES: 1, TERMS: length_of(*row[:2])})
    if totals != Counter(dict(connection.execute("SELECT name, value FROM totals"))):
        yield Fault("keywords", "the totals are not those of the passages")
    if counts != Counter(dict(connection.execute("SELECT term, passages FROM terms"))):
        yield Fault("keywords", "the counts of terms are not those of the passages")
    matching = "SELECT count(*), coalesce(sum(rowid), 0) FROM keywords WHERE keywords MATCH ?"
    for word, count in counts.items():
        if connection.execute(matching, (f'"{word}"',)).fetchone() != (count, sums[word]):
            yield Fault("keywords", f"not all passages with {word!r} are found by it")


def _keyword_texts(connection: sqlite3.Connection) -> Iterator[Fault]:
    """The keyword index holds the terms of the passages, and no others."""
    rows = connection.execute(
        'SELECT keywords.rowid, articles.title, articles.text, start, "end", '
        "keywords.title, keywords.body, keywords.repeated FROM keywords "
        "JOIN passages ON passages.id = keywords.rowid "
        "JOIN articles ON articles.number = passages.article"
    )
    for passage, title, text, start, end, *stored in rows:
        body = joined_terms(text[start:end])
        if stored != [joined_terms(title_beside(title, start)), body, repeated_terms(body)]:
            yield Fault("keywords", f"the terms of passage {passage} are not those of its text")


CHECKS: tuple[Callable[[sqlite3.Connection], Iterator[Fault]], ...] = (
    _file,
    _texts,
    _rows,
    _state,
    _tiling,
    _vectors,
    _orphans,
    _keywords,
    _keyword_texts,
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
    searched = [part.ids[part.alive] for part in segments.parts]
    ids = np.concatenate(searched) if searched else np.empty(0, np.int64)
    stored = connection.execute("SELECT id FROM passages ORDER BY id").fetchall()
    if not np.array_equal(np.sort(ids), np.asarray([row[0] for row in stored], np.int64)):
        yield Fault("faiss", f"{len(ids)} vectors are searched, {len(stored)} are stored")
        return
    for part in segments.parts:
        alive = np.flatnonzero(part.alive)
        for first in range(0, len(alive), ROWS_AT_ONCE):
            chosen = alive[first : first + ROWS_AT_ONCE]
            rows = rows_at(part.structure, chosen)
            for passage in _different(connection, part.ids[chosen], rows, dimension):
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
