"""The embedded store as its readers see it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import structlog

from corpus.article import Article
from corpus.errors import StoreError
from index.embedded.background import in_background
from index.embedded.filters import FewPassages, condition
from index.embedded.following import generation_of
from index.embedded.keyword_index import (
    Visible,
    number_of_passages,
    score_all,
    search_keywords,
    term_shares,
)
from index.embedded.leases import lease_current
from index.embedded.location import Location
from index.embedded.migrations import migrate
from index.embedded.open_index import OpenIndex, open_index
from index.embedded.posting_lists import Rows
from index.embedded.rows import (
    ARTICLE,
    PASSAGE,
    SUMMARY,
    article_of,
    date_of,
    passages_of,
    read_articles,
    summary_of,
)
from index.embedded.schema import read_meta
from index.embedding.embedder import Vectors
from index.store import ArticleSummary, Filter, Hit, StoredPassage, StoreStatus

log = structlog.get_logger(__name__)

FEW_PASSAGES = 500
"""So few passages that pass a filter are scored one by one by their keywords."""

OTHER_MODEL = "the index was rebuilt with another model; the old one answers until that is loaded"


class EmbeddedReader:
    """Implements `StoreReader` over one data folder; follows what a writer does to it.

    A rebuild with the same model is followed too. After one with another model the old index
    stays in use (questions are still embedded by the old model) and `superseded` is true: open
    the store again, with the new model.
    """

    def __init__(self, data: Path) -> None:
        self._location = Location(data)
        migrate(self._location)
        self._index = open_index(*lease_current(self._location))
        self._retired: OpenIndex | None = None
        self._superseded_by: Path | None = None
        self._switching = threading.Lock()
        self._closed = False

    @property
    def embedder_key(self) -> str:
        """The model whose vectors these are."""
        return self._index.identity.embedder_key

    @property
    def superseded(self) -> bool:
        """Whether a rebuild with another model has taken this index's place."""
        self._opened()
        return self._superseded_by is not None

    def close(self) -> None:
        """Let go of the database."""
        self._closed = True
        with self._switching:
            for index in (self._retired, self._index):
                if index is not None:
                    index.close()
            self._retired = None

    def status(self) -> StoreStatus:
        """Counts and the generation that readers see now.

        A change is seen once it is found by its vectors too, a moment after its articles are there.
        """
        index = self._opened()
        with index.pool.reading() as connection:
            found = index.vectors.current(connection).generation
            articles = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
            passages = number_of_passages(connection)
            return StoreStatus(
                generation=min(found, generation_of(connection)),
                articles=articles,
                passages=passages,
                embedder_key=index.identity.embedder_key,
                last_sync=read_meta(connection, "last_sync"),
                degraded=OTHER_MODEL if self._superseded_by is not None else None,
            )

    def search_vectors(self, vector: Vectors, k: int, where: Filter) -> list[Hit]:
        """The `k` passages nearest to a unit vector (cosine), best first."""
        index = self._opened()
        with index.pool.reading() as connection:
            segments = index.vectors.current(connection)
            allowed = index.allowed(connection, where)
        return segments.search(vector, k, allowed)

    def search_keywords(self, query: str, k: int, where: Filter) -> list[Hit]:
        """The `k` passages best by BM25, best first. Any text is a valid query."""
        index = self._opened()
        with index.pool.reading() as connection:
            allowed = index.allowed(connection, where)
            generation = generation_of(connection)

            def read(connection: sqlite3.Connection, word: str, most: int) -> Rows:
                return index.lists.read(connection, generation, word, most)

            if allowed is None:
                return search_keywords(connection, query, k, Visible(where), read)
            if isinstance(allowed, FewPassages) and len(allowed.ids) <= FEW_PASSAGES:
                return score_all(connection, query, allowed.ids.tolist(), k, where)
            segments = index.vectors.current(connection)
            passing = partial(segments.passing, allowed)
            return search_keywords(connection, query, k, Visible(where, passing), read)

    def passages(self, ids: Sequence[int]) -> list[StoredPassage]:
        """Passages in the order asked for; those that are gone by now are left out."""
        if not ids:
            return []
        marks = ", ".join("?" * len(ids))
        found = {passage.id: passage for passage in self._read(f"passages.id IN ({marks})", ids)}
        return [found[number] for number in ids if number in found]

    def neighbours(self, article_id: str) -> list[StoredPassage]:
        """All passages of an article, in order; none where the article is gone."""
        return sorted(self._read("articles.id = ?", [article_id]), key=lambda one: one.ordinal)

    def article(self, article_id: str) -> Article | None:
        """One article with its text."""
        statement = f"SELECT {ARTICLE} FROM articles WHERE id = ?"  # noqa: S608
        with self._opened().pool.reading() as connection:
            row = connection.execute(statement, (article_id,)).fetchone()
        return None if row is None else article_of(row)

    def articles(
        self, where: Filter, offset: int = 0, limit: int = 100
    ) -> tuple[list[ArticleSummary], int]:
        """A page of articles, newest first (undated ones last), and how many there are."""
        test, values = condition(where)
        count = f"SELECT count(*) FROM articles WHERE {test}"  # noqa: S608
        page = f"""SELECT {SUMMARY} FROM articles WHERE {test}
            ORDER BY published DESC, id LIMIT ? OFFSET ?"""  # noqa: S608
        with self._opened().pool.reading() as connection:
            total = connection.execute(count, values).fetchone()[0]
            rows = connection.execute(page, (*values, max(limit, 0), max(offset, 0)))
            return [summary_of(row) for row in rows], total

    def sources(self) -> list[tuple[str, int, date | None, date | None]]:
        """Each outlet with its number of articles and its first and last date."""
        statement = """SELECT min(source), count(*), min(published), max(published)
            FROM articles WHERE source IS NOT NULL GROUP BY source_folded ORDER BY 2 DESC, 1"""
        with self._opened().pool.reading() as connection:
            return [
                (name, number, date_of(first), date_of(last))
                for name, number, first, last in connection.execute(statement)
            ]

    def term_shares(self, terms: Sequence[str]) -> list[float]:
        """For each term of `index.keywords.terms`, the share of passages that hold it."""
        with self._opened().pool.reading() as connection:
            return term_shares(connection, terms)

    def _read(self, test: str, values: Sequence[str | int]) -> list[StoredPassage]:
        statement = f"""SELECT {PASSAGE} FROM passages
            JOIN articles ON articles.number = passages.article
            JOIN vectors ON vectors.number = passages.vector WHERE {test}"""  # noqa: S608
        index = self._opened()
        with index.pool.reading() as connection:
            rows = connection.execute(statement, values).fetchall()
            articles = read_articles(connection, list({row[6] for row in rows}))
        return passages_of(rows, articles, index.identity.dimension)

    def _opened(self) -> OpenIndex:
        """The index in use. After a rebuild the new one is opened beside it."""
        if self._location.still_names(self._index.database):
            return self._index
        try:
            current = self._location.current()
        except StoreError:
            return self._index
        if current not in (self._index.database, self._superseded_by):
            in_background(self._switch, self._switching, "switch")
        return self._index

    def _switch(self) -> None:
        try:
            replacement = open_index(*lease_current(self._location))
        except StoreError as error:
            log.warning("a new index cannot be opened; the old one stays", reason=str(error))
            return
        if self._closed or replacement.identity.embedder_key != self._index.identity.embedder_key:
            self._superseded_by = replacement.database
            replacement.close()
            return
        # Threads may still read from the old one: it is closed at the next switch.
        if self._retired is not None:
            self._retired.close()
        self._retired, self._index = self._index, replacement
        self._superseded_by = None
