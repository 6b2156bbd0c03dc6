"""Vectors that stay in the checkpoint's file, so that processes share them."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.embedded.checkpoint import (
    Identity,
    checkpoint_path,
    read_checkpoint,
    write_checkpoint,
)
from index.embedded.segments import Segment, Segments
from index.embedding.embedder import Vectors

DIMENSION = 64
IDENTITY = Identity("some-database", "some-model", DIMENSION)


def vectors(number: int, seed: int) -> Vectors:
    """Random unit vectors."""
    made = np.random.default_rng(seed).normal(size=(number, DIMENSION)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def segments(*, large: bool) -> Segments:
    """Two segments, the first with some removed rows and in the structure for its size."""
    first = Segment.of(np.arange(3000), np.arange(3000) // 3, vectors(3000, 1))
    first = first.restructured() if large else first
    second = Segment.of(np.arange(3000, 3100), np.arange(3000, 3100), vectors(100, 2))
    first = first.without(np.array([5, 17]))
    return replace(Segments(DIMENSION, 7, 3099), parts=(first, second))


@pytest.mark.parametrize("large", [False, True], ids=["exact", "inverted file"])
def test_mapped_vectors_answer_as_those_in_memory(tmp_path: Path, large: bool) -> None:
    database = tmp_path / "index-1.db"
    built = segments(large=large)
    write_checkpoint(database, IDENTITY, built)
    mapped = read_checkpoint(database, IDENTITY)
    assert mapped is not None
    assert (mapped.generation, mapped.newest, len(mapped)) == (7, 3099, len(built))
    assert maps_of(checkpoint_path(database)) > 0
    # Another checkpoint takes the place of the file while this one is in use.
    write_checkpoint(database, IDENTITY, segments(large=not large))
    gc.collect()
    for question in vectors(20, 3):
        assert mapped.search(question, 10, None) == built.search(question, 10, None)
    grown = mapped.changed(8, np.array([3001]), np.array([4000]), np.array([4000]), vectors(1, 4))
    assert len(grown) == len(built)
    assert grown.search(vectors(1, 4)[0], 1, None)[0].passage_id == 4000


def test_an_empty_or_torn_file_is_no_checkpoint(tmp_path: Path) -> None:
    database = tmp_path / "index-1.db"
    path = checkpoint_path(database)
    path.write_bytes(b"")
    assert read_checkpoint(database, IDENTITY) is None
    write_checkpoint(database, IDENTITY, segments(large=True))
    content = path.read_bytes()
    for torn in (content[:-1], content[: len(content) // 2], content[:-9] + b"x" * 9):
        path.write_bytes(torn)
        assert read_checkpoint(database, IDENTITY) is None


def maps_of(path: Path) -> int:
    """How often a file is mapped into this process."""
    return Path("/proc/self/maps").read_text("utf-8").count(str(path))
