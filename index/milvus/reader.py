"""The Milvus store as its readers see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date

import numpy as np

from corpus.article import Article
from corpus.errors import IndexMissing
from index.embedding.embedder import Vectors
from index.keywords import TERM_RULES
from index.milvus import documents, keywords, passages
from index.milvus.catalogue import Catalogue, rows_of
from index.milvus.connection import Connection
from index.milvus.documents import Document
from index.milvus.filters import among, both, passing, quoted
from index.milvus.following import Follower
from index.milvus.log import Entry, newest
from index.milvus.memory import Memory
from index.milvus.names import LOG
from index.milvus.schema import ARTICLE, search_parameters
from index.milvus.settings import MilvusSettings
from index.store import NOTHING_INDEXED, ArticleSummary, Filter, Hit, StoredPassage, StoreStatus

OTHER_MODEL = "the index was rebuilt with another model; the old one answers until a restart"
WITHOUT_KEYWORDS = (
    "the index was made on Milvus {version}, which has no keyword search: articles are found by "
    "meaning alone; from 2.5 on, after onrecord index --rebuild, by keywords too"
)
OTHER_TERMS = (
    "words were indexed by another version of this program: some with accents, vowel points or "
    "apostrophes are not found by keywords until onrecord index --rebuild"
)


class MilvusReader:
    """Implements `StoreReader`; sees what writers do within a second or two.

    After a rebuild with another model the old index stays in use (questions are still embedded by
    the old model) and `superseded` is true: open the store again, with the new model.
    """

    def __init__(self, settings: MilvusSettings) -> None:
        """Raises IndexMissing where nothing is indexed, StoreUnavailable without a server."""
        self._connection = Connection(settings)
        with ExitStack() as undone:
            undone.callback(self._connection.close)
            entry = first_entry(self._connection)
            undone.pop_all()
        self._embedder_key = entry.embedder
        self._follower = Follower(self._connection, entry)
        self._pool = ThreadPoolExecutor(keywords.CONCURRENT_COUNTS, thread_name_prefix="milvus")
        self._memory = self._empty_memory(entry)

    @property
    def embedder_key(self) -> str:
        """The model whose vectors these are."""
        return self._embedder_key

    @property
    def superseded(self) -> bool:
        """Whether a rebuild with another model has taken this index's place."""
        self._follower.current()
        return self._follower.superseded

    def close(self) -> None:
        """Let go of the server."""
        self._pool.shutdown(wait=True)
        self._connection.close()

    def status(self) -> StoreStatus:
        """Counts and the generation that readers see now."""
        entry = self._follower.current().entry
        return StoreStatus(
            generation=entry.generation,
            articles=entry.articles,
            passages=entry.passages,
            embedder_key=entry.embedder,
            last_sync=entry.last_sync,
            degraded=self._degraded(entry),
        )

    def search_vectors(self, vector: Vectors, k: int, where: Filter) -> list[Hit]:
        """The `k` passages nearest to a unit vector (cosine), best first."""
        if k <= 0:
            return []

        def read(entry: Entry) -> list[Hit]:
            found = self._connection.search(
                entry.names.passages,
                "vector",
                np.asarray(vector, np.float32).reshape(-1),
                k,
                both(entry.visible(), *passing(where, by_month=entry.partitions == "month")),
                search_parameters(entry.index_type, k),
                entry.passages_since,
            )
            return [Hit(row["id"], row["distance"]) for row in found]

        return self._follower.read(read)

    def search_keywords(self, query: str, k: int, where: Filter) -> list[Hit]:
        """The `k` passages best by BM25, best first. Any text is a valid query."""
        return self._follower.read(
            lambda entry: keywords.search_keywords(
                self._connection, self._shares_of(entry), query, k, where
            )
        )

    def passages(self, ids: Sequence[int]) -> list[StoredPassage]:
        """Passages in the order asked for; those that are gone by now are left out."""
        if not ids:
            return []

        def read(entry: Entry) -> dict[int, StoredPassage]:
            seen = [one for one in dict.fromkeys(ids) if entry.sees(passages.version_of(one))]
            found = self._passages_where(entry, among("id", seen)) if seen else []
            return {passage.id: passage for passage in found}

        by_id = self._follower.read(read)
        return [by_id[one] for one in ids if one in by_id]

    def neighbours(self, article_id: str) -> list[StoredPassage]:
        """All passages of an article, in order; none where the article is gone."""

        def read(entry: Entry) -> list[StoredPassage] | None:
            named = self._documents_named(entry, article_id)
            if not named:
                return None if named is None else []
            found = [
                one
                for part in passages.ranges(named[0].version, named[0].passages)
                for one in self._passages_where(entry, part)
            ]
            # Fewer: the version was replaced a while ago, and is being deleted.
            whole = len(found) == named[0].passages
            return sorted(found, key=lambda one: one.ordinal) if whole else None

        return self._follower.read(read)

    def article(self, article_id: str) -> Article | None:
        """One article with its text."""
        found = self._follower.read(lambda entry: self._documents_named(entry, article_id))
        return found[0].article if found else None

    def articles(
        self, where: Filter, offset: int = 0, limit: int = 100
    ) -> tuple[list[ArticleSummary], int]:
        """A page of articles, newest first (undated ones last), and how many there are."""

        def read(entry: Entry) -> tuple[list[ArticleSummary], int] | None:
            versions = self._catalogued(entry).versions(where)
            start = max(offset, 0)
            page = versions[start : start + max(limit, 0)]
            rows = rows_of(self._connection, entry, page, documents.SUMMARY)
            found = {int(row["id"]): documents.summary_of(row) for row in rows}
            whole = len(found) == len(page)
            return ([found[one] for one in page], len(versions)) if whole else None

        return self._follower.read(read)

    def sources(self) -> list[tuple[str, int, date | None, date | None]]:
        """Each outlet with its number of articles and its first and last date."""
        return self._follower.read(lambda entry: self._catalogued(entry).outlets(self._connection))

    def term_shares(self, terms: Sequence[str]) -> list[float]:
        """For each term of `index.keywords.terms`, the share of passages that hold it."""
        return self._shares_of(self._follower.current().entry).of(terms)

    def _empty_memory(self, entry: Entry) -> Memory:
        shares = keywords.TermShares(self._connection, entry, self._pool)
        return Memory(entry.history, shares)

    def _memory_of(self, entry: Entry) -> Memory:
        """What is remembered of the history of a state; nothing of one that is over."""
        memory = self._memory
        if entry.history == memory.history:
            return memory
        empty = self._empty_memory(entry)
        if entry.history > memory.history:
            self._memory = empty
        return empty

    def _shares_of(self, entry: Entry) -> keywords.TermShares:
        """How rare words are in this state, or in a later one that another thread has seen."""
        memory = self._memory_of(entry)
        if entry.number > memory.shares.entry.number:
            memory.shares = memory.shares.following(entry)
        return memory.shares

    def _degraded(self, entry: Entry) -> str | None:
        if self._follower.superseded:
            return OTHER_MODEL
        return degraded(self._connection, entry)

    def _catalogued(self, entry: Entry) -> Catalogue:
        memory = self._memory_of(entry)
        known = memory.catalogue
        catalogue = (
            Catalogue.read(self._connection, entry)
            if known is None
            else known.followed(self._connection, entry)
        )
        memory.catalogue = catalogue
        return catalogue

    def _passages_where(self, entry: Entry, test: str) -> list[StoredPassage]:
        rows = passages.by_id(
            self._connection.query(
                entry.names.passages, test, passages.STORED, entry.passages_since
            )
        )
        owners = self._documents_of(entry, {passages.version_of(one) for one in rows})
        return [
            passages.stored_passage(row, owners[version], entry.dimension)
            for one, row in rows.items()
            if (version := passages.version_of(one)) in owners
        ]

    def _documents_named(self, entry: Entry, name: str) -> list[Document] | None:
        """The article of that id, or none; None where its row is being deleted."""
        where = both(f"name == {quoted(name)}", f"kind == {ARTICLE}", entry.visible("id"))
        rows = self._connection.query(entry.names.documents, where, ["id"], entry.documents_since)
        versions = {int(row["id"]) for row in rows}
        found = list(self._documents_of(entry, versions).values())
        return found if len(found) == len(versions) else None

    def _documents_of(self, entry: Entry, versions: Iterable[int]) -> dict[int, Document]:
        """Articles by number. They never change, so those used lately are remembered."""
        wanted, memory = list(versions), self._memory_of(entry)
        found = {one: kept for one in wanted if (kept := memory.document(one)) is not None}
        missing = [one for one in wanted if one not in found]
        for row in rows_of(self._connection, entry, missing, documents.WHOLE, at_once=64):
            document = documents.document_of(row)
            found[document.version] = document
            memory.remember(document)
        return found


def first_entry(connection: Connection) -> Entry:
    """The state now. Raises IndexMissing where nothing is indexed."""
    entry = newest(connection) if LOG in connection.collections() else None
    if entry is None:
        raise IndexMissing(NOTHING_INDEXED)
    return entry


def degraded(connection: Connection, entry: Entry) -> str | None:
    """What works less well than it could, in words."""
    if entry.keywords:
        return None if entry.term_rules == TERM_RULES else OTHER_TERMS
    return WITHOUT_KEYWORDS.format(version=connection.capabilities.version)
