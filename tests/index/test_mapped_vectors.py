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
from index.embedded.segments import Rows, Segment, Segments, improved
from index.embedded.structures import LARGE, is_large
from index.embedding.embedder import Vectors
from tests.index.changing_segments import changed

DIMENSION = 64
NOBODY: Rows = np.empty(0, np.int64)
IDENTITY = Identity("some-database", "some-model", DIMENSION)


def vectors(number: int, seed: int) -> Vectors:
    """Random unit vectors."""
    made = np.random.default_rng(seed).normal(size=(number, DIMENSION)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def segments(*, large: bool) -> Segments:
    """Two segments, the first with some removed rows and in the structure for its size."""
    number = LARGE if large else 3000
    first = Segment.of(np.arange(number), np.arange(number) // 3, vectors(number, 1))
    first = improved([first]).without(np.array([5, 17]))
    assert is_large(first.structure) == large
    ids = np.arange(number, number + 100)
    second = Segment.of(ids, ids, vectors(100, 2))
    return replace(Segments(DIMENSION, 7, number + 99), parts=(first, second))


@pytest.mark.parametrize("large", [False, True], ids=["exact", "inverted file"])
def test_mapped_vectors_answer_as_those_in_memory(tmp_path: Path, large: bool) -> None:
    database = tmp_path / "index-1.db"
    built = segments(large=large)
    write_checkpoint(database, IDENTITY, built)
    mapped = read_checkpoint(database, IDENTITY)
    assert mapped is not None
    known = (mapped.generation, mapped.newest, len(mapped))
    assert known == (7, built.newest, len(built))
    assert maps_of(checkpoint_path(database)) > 0
    # Another checkpoint takes the place of the file while this one is in use.
    write_checkpoint(database, IDENTITY, segments(large=not large))
    gc.collect()
    for question in vectors(20, 3):
        assert mapped.search(question, 10, None) == built.search(question, 10, None)
    new = np.array([LARGE + 1000])
    grown = changed(mapped, 8, np.array([2001]), new, new, vectors(1, 4))
    assert len(grown) == len(built)
    assert grown.search(vectors(1, 4)[0], 1, None)[0].passage_id == new[0]


def test_a_checkpoint_made_from_a_mapped_one_holds_the_vectors_itself(tmp_path: Path) -> None:
    database = tmp_path / "index-1.db"
    built = segments(large=True)
    write_checkpoint(database, IDENTITY, built)
    for generation in range(8, 10):
        # As where a writer adds little to a large index: the large segment stays as it is.
        before = read_checkpoint(database, IDENTITY)
        assert before is not None
        new = np.array([before.newest + 1])
        grown = changed(before, generation, NOBODY, new, new, vectors(1, generation))
        write_checkpoint(database, IDENTITY, grown)
        del before, grown
        gc.collect()
        assert checkpoint_path(database).stat().st_size > LARGE * DIMENSION * 2
    last = read_checkpoint(database, IDENTITY)
    assert last is not None
    assert len(last) == len(built) + 2
    for question in vectors(20, 3):
        found = [hit for hit in last.search(question, 10, None) if hit.passage_id <= built.newest]
        assert found == built.search(question, 10, None)[: len(found)]


def test_what_is_merged_from_mapped_vectors_outlives_them(tmp_path: Path) -> None:
    database = tmp_path / "index-1.db"
    write_checkpoint(database, IDENTITY, segments(large=True))
    mapped = read_checkpoint(database, IDENTITY)
    assert mapped is not None
    merged = improved(mapped.parts)
    del mapped
    gc.collect()
    assert maps_of(checkpoint_path(database)) == 0
    alone = replace(Segments(DIMENSION, 7, 0), parts=(merged,))
    stored = vectors(LARGE, 1)
    for number in range(100, LARGE, LARGE // 40):
        best = alone.search(stored[number], 1, None)
        assert [hit.passage_id for hit in best] == [number]
    assert alone.search(vectors(100, 2)[7], 1, None)[0].passage_id == LARGE + 7


def maps_of(path: Path) -> int:
    """How often a file is mapped into this process."""
    return Path("/proc/self/maps").read_text("utf-8").count(str(path))
