"""The seam between what is stored and what asks for it.

`StoreReader` is all that `retrieval` may know; `StoreWriter` is what sync needs. The embedded
store (SQLite and FAISS) and a distributed one implement both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol, Self

from corpus.article import Article, Passage, Span
from index.embedding.embedder import PassageVectors, Vectors

NOTHING_INDEXED = "nothing is indexed yet: run onrecord index"
"""Says IndexMissing, of whichever store."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles a search may see. Empty sets and None do not restrict; dates are inclusive.

    An article without a date passes only where neither `since` nor `until` is given.
    `sources` are compared without regard to case.
    """

    since: date | None = None
    until: date | None = None
    sources: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    article_ids: frozenset[str] = frozenset()

    @property
    def restricts(self) -> bool:
        """Whether anything is kept out."""
        return bool(self.since or self.until or self.sources or self.languages or self.article_ids)


class Hit(NamedTuple):
    """One passage that a search found; higher scores are better."""

    passage_id: int
    score: float


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its whole article, read in one transaction, so that the two always agree.

    `story` is shared by articles that are copies of one another (agency copy, a page saved twice).
    `sentence_vectors` has one row for each of `passage.sentences`.
    """

    id: int
    ordinal: int
    passage: Passage
    article: Article
    story: str
    sentence_vectors: Vectors

    @property
    def text(self) -> str:
        """The passage as it stands in the article."""
        return self.article.text[self.passage.start : self.passage.end]

    def sentence_texts(self) -> list[str]:
        """The sentences as they stand in the article."""
        return [Span(*span).of(self.article.text) for span in self.passage.sentences]


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What the store holds. `degraded` says in words what works less well, if anything."""

    generation: int
    articles: int
    passages: int
    embedder_key: str | None
    last_sync: str | None = None
    degraded: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article without its text."""

    id: str
    title: str
    author: str | None
    source: str | None
    published: date | None
    url: str | None
    language: str | None
    content_hash: str
    passages: int
    characters: int


class StoreReader(Protocol):
    """Everything that answers are made from. Safe to call from several threads."""

    def status(self) -> StoreStatus:
        """Counts and the generation that readers see now."""

    def search_vectors(self, vector: Vectors, k: int, where: Filter) -> list[Hit]:
        """The `k` passages nearest to a unit vector (cosine), best first."""

    def search_keywords(self, query: str, k: int, where: Filter) -> list[Hit]:
        """The `k` passages best by BM25, best first. Any text is a valid query."""

    def passages(self, ids: Sequence[int]) -> list[StoredPassage]:
        """Passages in the order asked for; those that are gone by now are left out."""

    def neighbours(self, article_id: str) -> list[StoredPassage]:
        """All passages of an article, in order; none where the article is gone."""

    def article(self, article_id: str) -> Article | None:
        """One article with its text."""

    def articles(
        self, where: Filter, offset: int = 0, limit: int = 100
    ) -> tuple[list[ArticleSummary], int]:
        """A page of articles, newest first, and how many there are in all."""

    def sources(self) -> list[tuple[str, int, date | None, date | None]]:
        """Each outlet with its number of articles and its first and last date."""

    def term_shares(self, terms: Sequence[str]) -> list[float]:
        """For each term of `index.keywords.terms`, the share of passages (0 to 1) that hold it."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """An article ready to be stored, with the passages that tile it and their vectors.

    `keys` are the hashes of what was embedded (`index.fingerprints`), one for each passage.
    `signature` (`corpus.near_duplicates`) tells which articles are copies of one another.
    """

    article: Article
    passages: tuple[Passage, ...]
    vectors: tuple[PassageVectors, ...]
    keys: tuple[str, ...]
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Origin:
    """A file as it was when last read, and the articles that it gave.

    `size` (bytes) and `modified` (nanoseconds) tell cheaply that it is unchanged; `digest`
    (SHA-256 of its bytes) tells for certain.
    """

    path: str
    size: int
    modified: int
    digest: str
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What one transaction brings: all of it becomes visible, or none.

    `origins` are files read, `forget` the paths of files that are gone. Of the files `begun` a
    part is stored: their articles are added to those known of them, and the next sync reads them.
    """

    put: Sequence[Indexed] = ()
    remove: Sequence[str] = ()
    origins: Sequence[Origin] = ()
    forget: Sequence[str] = ()
    begun: Mapping[str, Sequence[str]] = field(default_factory=dict)


class StoreWriter(Protocol):
    """Changes to the store. One writer at a time."""

    @property
    def generation(self) -> int:
        """The number of the last change."""

    def apply(self, change: Change) -> int:
        """Carry out one change as one transaction; return the generation that has it."""

    def known_vectors(self, keys: Iterable[str]) -> Mapping[str, PassageVectors]:
        """Vectors already stored under the hash of what was embedded."""

    def origins(self, below: Iterable[str] | None = None) -> Mapping[str, Origin]:
        """The files that the articles came from, by path.

        Of all files, or of those that are or lie below one of some paths.
        """

    def givers(self, article_ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """The paths of the files that gave these articles, by article."""

    def versions(self, article_ids: Iterable[str] | None = None) -> Mapping[str, str]:
        """The fingerprint (`index.fingerprints`) of every article, or of these, by id."""

    def stored(self, article_ids: Sequence[str]) -> list[Indexed]:
        """Articles as they were put, in the order asked for; those not there are left out.

        Vectors come back in the precision in which they are stored.
        """


class OpenStore(StoreReader, Protocol):
    """A store that was opened for reading."""

    @property
    def embedder_key(self) -> str:
        """The model whose vectors these are, which questions must go through too."""

    @property
    def superseded(self) -> bool:
        """Whether a rebuild with another model has taken this index's place."""

    def close(self) -> None:
        """Let go of it."""


class OpenWriter(StoreWriter, Protocol):
    """A store that was opened for writing. Nobody else can write until it is closed."""

    def publish(self) -> None:
        """Put a rebuilt index into use, and finish what was left for later."""

    def close(self) -> None:
        """Let the next writer in."""

    def __enter__(self) -> Self:
        """Itself."""

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Publish where all went well, and close."""
