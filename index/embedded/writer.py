"""The embedded store as its one writer changes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import structlog

from corpus.article import Passage
from corpus.errors import IndexMissing, StoreError
from index.embedded.adopting import adopt
from index.embedded.changes import remember_change
from index.embedded.checksums import row_checksum
from index.embedded.codec import pack_rows, pack_spans, pack_vector, unpack_rows, unpack_vector
from index.embedded.connections import open_writing, transaction, translated
from index.embedded.copying import read_indexed
from index.embedded.keyword_changes import KeywordChanges, joined_terms
from index.embedded.leases import delete_unread, delete_unused, make_lease
from index.embedded.location import Location
from index.embedded.making import (
    check_model,
    discard_other_checkpoint,
    last_generation,
    lock_folder,
    make_database,
    renew_checkpoint,
)
from index.embedded.migrations import migrate
from index.embedded.origins import read_givers, read_origins, read_versions, remember_files
from index.embedded.rows import INSERT_ARTICLE, UPDATE_ARTICLE, article_values, rows_among
from index.embedded.schema import check_version, read_number, write_meta
from index.embedded.stories import find_story, remember_bands
from index.embedding.embedder import PassageVectors
from index.passage_texts import title_beside
from index.store import Change, Indexed, Origin

log = structlog.get_logger(__name__)


class EmbeddedWriter:
    """Implements `StoreWriter`. Holds the folder's writer lock until it is closed."""

    def __init__(
        self,
        data: Path,
        embedder_key: str,
        dimension: int,
        *,
        wait_seconds: float = 10.0,
        rebuild: bool = False,
    ) -> None:
        """Open the index in use, or make one. Raises StoreBusy, IndexMismatch.

        With `rebuild` a new one is made beside it, which `publish` puts in its place.
        """
        self._location = Location(data)
        self._location.create()
        if not rebuild:
            adopt(self._location, wait_seconds)
            migrate(self._location, wait_seconds)
        self._lock = lock_folder(self._location, wait_seconds)
        self._identity = (embedder_key, dimension)
        self._dimension = dimension
        self._published = not rebuild
        self._loose: set[int] = set()
        with ExitStack() as undone:
            undone.callback(self._lock.release)
            self._database, self._connection = self._open(rebuild=rebuild)
            undone.pop_all()

    def publish(self) -> None:
        """Put the vectors' checkpoint on disk where that pays, and a rebuilt index into use."""
        with translated(self._database):
            renew_checkpoint(self._database, self._connection, force=not self._published)
        if not self._published:
            self._location.switch_to(self._database)
            self._published = True
            delete_unused(self._location, keep=self._database)

    def close(self) -> None:
        """Fold the log into the database and let the next writer in."""
        try:
            with translated(self._database):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except StoreError as error:
            log.warning("the log stays beside the database", reason=str(error))
        finally:
            self._connection.close()
            if not self._published:
                delete_unread(self._location, self._database)
            self._lock.release()

    def __enter__(self) -> EmbeddedWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Publish where all went well, and close."""
        try:
            if kind is None:
                self.publish()
        finally:
            self.close()

    @property
    def generation(self) -> int:
        """The number of the last change."""
        with translated(self._database):
            return read_number(self._connection, "generation")

    def apply(self, change: Change) -> int:
        """Carry out one change as one transaction; return the new generation."""
        self._loose = set()
        self._keywords = KeywordChanges(self._connection)
        with self._transaction() as connection:
            generation = read_number(connection, "generation")
            # Files that were only looked at again change nothing that a reader could see.
            if change.put or change.remove or not generation:
                generation += 1
                write_meta(connection, "generation", str(generation))
            write_meta(connection, "last_sync", datetime.now(UTC).isoformat(timespec="seconds"))
            for article_id in change.remove:
                self._remove(article_id, generation)
            for indexed in change.put:
                self._put(indexed, generation)
            self._keywords.finish()
            self._sweep()
            remember_files(connection, change)
        return generation

    def known_vectors(self, keys: Iterable[str]) -> Mapping[str, PassageVectors]:
        """Vectors already stored under the hash of what was embedded."""
        statement = "SELECT key, passage, sentences FROM vectors WHERE key IN"
        with translated(self._database):
            rows = rows_among(self._connection, statement, map(bytes.fromhex, keys))
            return {
                key.hex(): PassageVectors(
                    unpack_vector(passage), unpack_rows(sentences, self._dimension)
                )
                for key, passage, sentences in rows
            }

    def origins(self, below: Iterable[str] | None = None) -> Mapping[str, Origin]:
        """The files that the articles came from, by path; those at or below some paths."""
        with translated(self._database):
            return read_origins(self._connection, below)

    def givers(self, article_ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """The paths of the files that gave these articles, by article."""
        with translated(self._database):
            return read_givers(self._connection, article_ids)

    def versions(self, article_ids: Iterable[str] | None = None) -> Mapping[str, str]:
        """The fingerprint of every article, or of these, by id."""
        with translated(self._database):
            return read_versions(self._connection, article_ids)

    def stored(self, article_ids: Sequence[str]) -> list[Indexed]:
        """Articles as they were put, in the order asked for; those not there are left out."""
        with translated(self._database):
            return read_indexed(self._connection, article_ids, self._dimension)

    def _open(self, *, rebuild: bool) -> tuple[Path, sqlite3.Connection]:
        used = self._used()
        if used is not None:
            delete_unused(self._location, keep=used)
        if rebuild or used is None:
            database = self._location.next_database()
            before = 0 if used is None else last_generation(used)
            connection = make_database(self._location, database, *self._identity, before)
            if not rebuild:
                self._location.switch_to(database)
            return database, connection
        with ExitStack() as undone:
            connection = undone.enter_context(closing(open_writing(used)))
            with translated(used):
                check_version(connection)
                check_model(connection, self._identity[0])
                discard_other_checkpoint(used, connection)
            make_lease(self._location, used)
            undone.pop_all()
        return used, connection

    def _used(self) -> Path | None:
        try:
            return self._location.current()
        except IndexMissing:
            return None

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with translated(self._database), transaction(self._connection):
            yield self._connection

    def _remove(self, article_id: str, generation: int) -> None:
        row = self._connection.execute(
            "SELECT number FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        if row is not None:
            self._remove_passages(row[0], generation)
            self._connection.execute("DELETE FROM bands WHERE article = ?", row)
            self._connection.execute("DELETE FROM articles WHERE number = ?", row)
            remember_change(self._connection, article_id, generation, removed=True)

    def _remove_passages(self, article: int, generation: int) -> None:
        execute = self._connection.execute
        rows = execute("SELECT id, vector FROM passages WHERE article = ?", (article,)).fetchall()
        for passage, _ in rows:
            execute("INSERT INTO removals VALUES (?, ?)", (passage, generation))
            self._keywords.remove(passage)
        execute("DELETE FROM passages WHERE article = ?", (article,))
        self._loose.update(vector for _, vector in rows)

    def _sweep(self) -> None:
        """Delete the vectors that no passage has any more, once all of a change is in."""
        self._connection.executemany(
            "DELETE FROM vectors WHERE number = ?1 "
            "AND NOT EXISTS (SELECT 1 FROM passages WHERE vector = ?1)",
            [(vector,) for vector in self._loose],
        )

    def _put(self, indexed: Indexed, generation: int) -> None:
        vectors = [
            self._vector(key, vectors)
            for key, vectors in zip(indexed.keys, indexed.vectors, strict=True)
        ]
        number = self._put_article(indexed, generation)
        article = indexed.article
        for ordinal, (passage, vector) in enumerate(zip(indexed.passages, vectors, strict=True)):
            title = joined_terms(title_beside(article.title, passage.start))
            self._put_passage(number, ordinal, passage, vector, article.text, title)

    def _vector(self, key: str, vectors: PassageVectors) -> int:
        packed = bytes.fromhex(key)
        row = self._connection.execute(
            "SELECT number FROM vectors WHERE key = ?", (packed,)
        ).fetchone()
        if row is not None:
            return int(row[0])
        values = (packed, pack_vector(vectors.passage), pack_rows(vectors.sentences))
        inserted = self._connection.execute(
            "INSERT INTO vectors (key, passage, sentences, checksum) VALUES (?, ?, ?, ?)",
            (*values, row_checksum(values)),
        )
        return int(inserted.lastrowid or 0)

    def _put_article(self, indexed: Indexed, generation: int) -> int:
        article = indexed.article
        row = self._connection.execute(
            "SELECT number FROM articles WHERE id = ?", (article.id,)
        ).fetchone()
        number = -1 if row is None else int(row[0])
        story = find_story(
            self._connection, number, indexed.signature, own=article.content_hash[:16]
        )
        values = article_values(indexed, story)
        if row is not None:
            self._remove_passages(number, generation)
            self._connection.execute(UPDATE_ARTICLE, values)
        else:
            number = int(self._connection.execute(INSERT_ARTICLE, values).lastrowid or 0)
        remember_bands(self._connection, number, indexed.signature)
        remember_change(self._connection, article.id, generation, removed=False)
        return number

    def _put_passage(
        self, article: int, ordinal: int, passage: Passage, vector: int, text: str, title: str
    ) -> None:
        spans = pack_spans(passage.sentences)
        values = (article, ordinal, passage.start, passage.end, spans, vector)
        inserted = self._connection.execute(
            'INSERT INTO passages (article, ordinal, start, "end", sentences, vector, checksum) '
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*values, row_checksum(values)),
        )
        body = joined_terms(text[passage.start : passage.end])
        self._keywords.add(int(inserted.lastrowid or 0), title, body)
