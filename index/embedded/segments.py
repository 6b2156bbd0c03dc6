"""The vectors of a moment, as immutable segments.

New passages become a small segment of their own, and neighbouring segments of similar size are
merged, so that the work of an addition does not grow with the collection (the logarithmic method
of Bentley and Saxe, 1980). A removal only marks the row. Nothing that a search holds is ever
changed: a new `Segments` shares what stayed the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedded.filters import Allowed
from index.embedded.structures import (
    LARGE,
    exact_structure,
    is_large,
    large_structure,
    rows_of,
    search_structure,
)
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
    structure: Any
    alive: Mask
    removed: int = 0

    @classmethod
    def of(cls, ids: Rows, articles: Rows, vectors: Vectors) -> Segment:
        """A segment with exact search."""
        return cls(ids, articles, exact_structure(vectors), np.ones(len(ids), np.bool_))

    def __len__(self) -> int:
        return len(self.ids) - self.removed

    @property
    def outgrown(self) -> bool:
        """Whether exact search has become too slow for it."""
        return len(self.ids) >= LARGE and not is_large(self.structure)

    def restructured(self) -> Segment:
        """The same rows in a structure for many. Takes seconds to minutes."""
        return replace(self, structure=large_structure(rows_of(self.structure)))

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
        return replace(self, alive=alive, removed=gone)

    def search(self, vector: Vectors, k: int, allowed: Allowed | None) -> list[Hit]:
        """The `k` nearest rows that live and are allowed, best first."""
        mask = self.alive if self.removed else None
        if allowed is not None:
            mask = allowed.of(self.articles) if mask is None else mask & allowed.of(self.articles)
        scores, places = search_structure(self.structure, vector, k, mask)
        ids = self.ids[places]
        return [Hit(*hit) for hit in zip(ids.tolist(), scores.tolist(), strict=True)]


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

    def outgrown(self) -> Segment | None:
        """A segment that should get another structure, if there is one."""
        return next((part for part in self.parts if part.outgrown), None)

    def with_structure(self, better: Segment) -> Segments:
        """The same vectors with one segment's structure replaced, unless it was merged since."""
        parts = [
            replace(part, structure=better.structure) if part.ids is better.ids else part
            for part in self.parts
        ]
        return replace(self, parts=tuple(parts))

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
        np.concatenate([rows_of(part.structure)[part.alive] for part in parts]),
    )
