"""The vectors of a moment, as immutable segments.

New passages become a small segment of their own, and neighbouring segments of similar size are
merged, so that the work of an addition does not grow with the collection (the logarithmic method
of Bentley and Saxe, 1980). A removal only marks the row. Nothing that a search holds is ever
changed: a new `Segments` shares what stayed the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embedded.filters import Allowed
from index.embedding.embedder import Vectors
from index.store import Hit

GROWTH = 4
"""A segment is merged with the next one while it is less than this many times as large."""

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Segment:
    """Passages in ascending order of id. `articles` are the numbers of their articles."""

    ids: Rows
    articles: Rows
    vectors: Any
    alive: Mask
    removed: int = 0

    @classmethod
    def of(cls, ids: Rows, articles: Rows, vectors: Vectors) -> Segment:
        """A segment with exact search by inner product."""
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(np.ascontiguousarray(vectors, np.float32))
        return cls(ids, articles, flat, np.ones(len(ids), np.bool_))

    def __len__(self) -> int:
        return len(self.ids) - self.removed

    def matrix(self) -> Vectors:
        """All vectors, the removed ones included, in an array (rows, dimension)."""
        return np.asarray(self.vectors.reconstruct_n(0, len(self.ids)), np.float32)

    def without(self, removed: Rows) -> Segment:
        """The segment with some passages marked as removed."""
        places = np.searchsorted(self.ids, removed)
        inside = places < len(self.ids)
        inside[inside] = self.ids[places[inside]] == removed[inside]
        hit = places[inside]
        if not len(hit):
            return self
        alive = self.alive.copy()
        alive[hit] = False
        gone = int(len(alive) - np.count_nonzero(alive))
        return Segment(self.ids, self.articles, self.vectors, alive, gone)

    def search(self, vector: Vectors, k: int, allowed: Allowed | None) -> list[Hit]:
        """The `k` nearest rows that live and are allowed, best first."""
        mask = self.alive if self.removed else None
        if allowed is not None:
            mask = allowed.of(self.articles) if mask is None else mask & allowed.of(self.articles)
        wanted = min(k, len(self.ids) if mask is None else int(np.count_nonzero(mask)))
        if wanted == 0:
            return []
        parameters = None
        if mask is not None:
            bits = np.packbits(mask, bitorder="little")
            selector = faiss.IDSelectorBitmap(len(mask), faiss.swig_ptr(bits))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, places = self.vectors.search(vector[None, :], wanted, params=parameters)
        found = places[0] >= 0
        ids = self.ids[places[0][found]]
        return [Hit(*hit) for hit in zip(ids.tolist(), scores[0][found].tolist(), strict=True)]


@dataclass(frozen=True, slots=True)
class Segments:
    """All vectors as of `generation`. `newest` is the highest passage id ever taken in."""

    dimension: int
    generation: int
    newest: int
    parts: tuple[Segment, ...] = ()

    def __len__(self) -> int:
        return sum(len(part) for part in self.parts)

    def search(self, vector: Vectors, k: int, allowed: Allowed | None) -> list[Hit]:
        """The `k` nearest passages, best first; equal scores by id, so that runs agree."""
        question = np.ascontiguousarray(vector, np.float32).reshape(-1)
        hits = [hit for part in self.parts for hit in part.search(question, k, allowed)]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))[:k]

    def changed(
        self, generation: int, removed: Rows, ids: Rows, articles: Rows, vectors: Vectors
    ) -> Segments:
        """What follows after some passages went and others (with higher ids) came."""
        parts = [part.without(removed) for part in self.parts] if len(removed) else [*self.parts]
        if len(ids):
            parts.append(Segment.of(ids, articles, vectors))
        newest = max(self.newest, int(ids[-1]) if len(ids) else 0)
        return Segments(self.dimension, generation, newest, tuple(_merged(parts)))


def _merged(parts: Sequence[Segment]) -> list[Segment]:
    """Segments so that each is at least `GROWTH` times the next, and half of each lives."""
    result: list[Segment] = []
    for part in parts:
        if len(part) == 0:
            continue
        if part.removed * 2 > len(part.ids):
            part = _joined([part])  # noqa: PLW2901
        result.append(part)
        while len(result) > 1 and len(result[-2]) < GROWTH * len(result[-1]):
            last = result.pop()
            result[-1] = _joined([result[-1], last])
    return result


def _joined(parts: Sequence[Segment]) -> Segment:
    return Segment.of(
        np.concatenate([part.ids[part.alive] for part in parts]),
        np.concatenate([part.articles[part.alive] for part in parts]),
        np.concatenate([part.matrix()[part.alive] for part in parts]),
    )
