"""Candidates: the passages that vectors and keywords propose for a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.embedding.embedder import Vectors
from index.store import Filter, Hit, StoredPassage, StoreReader

# The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009).
RECIPROCAL_RANK_CONSTANT = 60
PROPOSED_BY_EACH = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage and how each search ranked it. Ranks start at 1; None: not among its best."""

    passage: StoredPassage
    vector_rank: int | None
    vector_score: float | None
    keyword_rank: int | None
    keyword_score: float | None

    @property
    def fused(self) -> float:
        """Reciprocal rank fusion of the searches."""
        ranks = [rank for rank in (self.vector_rank, self.keyword_rank) if rank]
        return sum(1 / (RECIPROCAL_RANK_CONSTANT + rank) for rank in ranks)


@dataclass(frozen=True, slots=True)
class Searches:
    """Which searches take part; leaving one out shows what it is worth."""

    vectors: bool = True
    keywords: bool = True


def gather(
    store: StoreReader,
    query: str,
    vector: Vectors,
    where: Filter,
    searches: Searches,
    recent: Filter | None = None,
    k: int = PROPOSED_BY_EACH,
) -> list[Candidate]:
    """The union of both searches' best, fused best first.

    `recent` narrows `where` to the days that the question may speak of. Its passages are added
    to the proposals, never put in place of the others: time can help, but not hide.
    """
    vector_hits = _search_vectors(store, vector, k, where, recent) if searches.vectors else []
    keyword_hits = _search_keywords(store, query, k, where, recent) if searches.keywords else []
    by_vector = _ranks(vector_hits)
    by_keyword = _ranks(keyword_hits)
    ids = list(dict.fromkeys([*by_vector, *by_keyword]))
    candidates = [_candidate(passage, by_vector, by_keyword) for passage in store.passages(ids)]
    return sorted(candidates, key=lambda candidate: -candidate.fused)


def _search_vectors(
    store: StoreReader, vector: Vectors, k: int, where: Filter, recent: Filter | None
) -> list[Hit]:
    hits = store.search_vectors(vector, k, where)
    if recent is not None:
        hits = _merged(hits, store.search_vectors(vector, k // 2, recent))
    return hits


def _search_keywords(
    store: StoreReader, query: str, k: int, where: Filter, recent: Filter | None
) -> list[Hit]:
    hits = store.search_keywords(query, k, where)
    if recent is not None:
        hits = _merged(hits, store.search_keywords(query, k // 2, recent))
    return hits


def _merged(hits: Sequence[Hit], more: Sequence[Hit]) -> list[Hit]:
    best = {hit.passage_id: hit for hit in [*more, *hits]}
    return sorted(best.values(), key=lambda hit: -hit.score)


def _ranks(hits: Sequence[Hit]) -> dict[int, tuple[int, float]]:
    return {hit.passage_id: (rank, hit.score) for rank, hit in enumerate(hits, start=1)}


def _candidate(
    passage: StoredPassage,
    by_vector: Mapping[int, tuple[int, float]],
    by_keyword: Mapping[int, tuple[int, float]],
) -> Candidate:
    vector_rank, vector_score = by_vector.get(passage.id, (None, None))
    keyword_rank, keyword_score = by_keyword.get(passage.id, (None, None))
    return Candidate(passage, vector_rank, vector_score, keyword_rank, keyword_score)
