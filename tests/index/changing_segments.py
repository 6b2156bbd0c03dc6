"""One change of a collection's vectors, as a follower takes it in."""

from __future__ import annotations

from index.embedded.segments import Rows, Segments
from index.embedding.embedder import Vectors


def changed(
    segments: Segments,
    generation: int,
    removed: Rows,
    ids: Rows,
    articles: Rows,
    vectors: Vectors,
) -> Segments:
    """What follows after some passages went and others (with higher ids) came."""
    return segments.without(generation, removed).joined_by(ids, articles, vectors)
