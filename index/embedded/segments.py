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

from index.embedded.filters import Allowed, FewPassages
from index.embedded.joining import Source, join
from index.embedded.structures import (
    LARGE,
    compare,
    exact_structure,
    is_large,
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
    def worn(self) -> bool:
        """Whether most of its rows are removed."""
        return self.removed * 2 > len(self.ids)

    @property
    def outgrown(self) -> bool:
        """Whether exact search has become too slow for it."""
        return len(self.ids) >= LARGE and not is_large(self.structure)

    def without(self, removed: Rows) -> Segment:
        """The segment with some passages marked as removed."""
        hit = self.places_of(removed)
        if not len(hit):
            return self
        alive = self.alive.copy()
        alive[hit] = False
        gone = int(len(alive) - np.count_nonzero(alive))
        return replace(self, alive=alive, removed=gone)

    def places_of(self, wanted: Rows) -> Rows:
        """The rows of some passage ids, given in ascending order; absent ones are left out."""
        places = np.searchsorted(self.ids, wanted)
        inside = places < len(self.ids)
        inside[inside] = self.ids[places[inside]] == wanted[inside]
        result: Rows = places[inside]
        return result

    def search(self, vector: Vectors, k: int, allowed: Allowed | None) -> list[Hit]:
        """The `k` nearest rows that live and are allowed, best first."""
        if isinstance(allowed, FewPassages):
            passing = self.places_of(allowed.ids)
            scores, places = compare(self.structure, vector, k, passing[self.alive[passing]])
        else:
            mask = self.alive if self.removed else None
            if allowed is not None:
                passing_mask = allowed.mask_of(self.articles)
                mask = passing_mask if mask is None else mask & passing_mask
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

    def articles_of(self, ids: Rows) -> Rows:
        """The article numbers of some passage ids; -1 for a passage that is not there."""
        articles: Rows = np.full(len(ids), -1, np.int64)
        for part in self.parts:
            places = np.minimum(np.searchsorted(part.ids, ids), len(part.ids) - 1)
            inside = part.ids[places] == ids
            articles[inside] = part.articles[places[inside]]
        return articles

    def passing(self, allowed: Allowed, ids: Rows) -> Mask:
        """Which of some passage ids a filter allows."""
        if isinstance(allowed, FewPassages):
            return allowed.passing(ids)
        return allowed.of(self.articles_of(ids))

    def due(self) -> tuple[Segment, ...]:
        """Neighbouring segments that should be one, or one that needs another structure.

        All are given that one merge after the other would lead to, so that no row is moved twice.
        """
        groups: list[tuple[Segment, ...]] = []
        for part in self.parts:
            group: tuple[Segment, ...] = (part,)
            while groups and _rows(groups[-1]) < GROWTH * _rows(group):
                group = (*groups.pop(), *group)
            groups.append(group)
        for group in groups:
            if len(group) > 1 or group[0].worn or group[0].outgrown:
                return group
        return ()

    def replaced(self, old: Sequence[Segment], new: Segment) -> Segments:
        """The same vectors with some neighbouring segments replaced by what was made of them.

        What was removed since is removed from the new one; where an old one is not there any
        more, nothing changes.
        """
        places = [part.ids is old[0].ids for part in self.parts]
        first = places.index(True) if any(places) else len(self.parts)
        now = self.parts[first : first + len(old)]
        if [id(part.ids) for part in now] != [id(part.ids) for part in old]:
            return self
        for before, after in zip(old, now, strict=True):
            new = new.without(before.ids[before.alive & ~after.alive])
        kept = (new,) if len(new) else ()
        parts = (*self.parts[:first], *kept, *self.parts[first + len(old) :])
        return replace(self, parts=parts)

    def tidied(self) -> Segments:
        """The same vectors with all that is due done. Takes seconds to minutes."""
        segments = self
        while due := segments.due():
            segments = segments.replaced(due, improved(due))
        return segments

    def without(self, generation: int, removed: Rows) -> Segments:
        """What follows after some passages went."""
        parts = [part.without(removed) for part in self.parts] if len(removed) else self.parts
        return replace(self, generation=generation, parts=tuple(filter(len, parts)))

    def joined_by(self, ids: Rows, articles: Rows, vectors: Vectors) -> Segments:
        """The same vectors and those of some passages with higher ids, as a segment.

        Nothing is merged yet, so that this takes no longer in a large collection.
        """
        if not len(ids):
            return self
        part = Segment.of(ids, articles, vectors)
        return replace(self, newest=max(self.newest, int(ids[-1])), parts=(*self.parts, part))


def improved(due: Sequence[Segment]) -> Segment:
    """What should stand in place of the segments that `due` gave, with the structure for its size.

    Nothing slower takes their place for a while: they are searched until it is ready.
    """
    alive = [np.flatnonzero(part.alive) for part in due]
    ids = np.concatenate([part.ids[rows] for part, rows in zip(due, alive, strict=True)])
    articles = np.concatenate([part.articles[rows] for part, rows in zip(due, alive, strict=True)])
    sources = [Source(part.structure, rows) for part, rows in zip(due, alive, strict=True)]
    return Segment(ids, articles, join(sources), np.ones(len(ids), np.bool_))


def _rows(parts: Sequence[Segment]) -> int:
    return sum(map(len, parts))
