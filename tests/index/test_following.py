"""What a change of the index starts, no request does itself."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from index.embedded.background import in_background
from index.embedded.checkpoint import Identity
from index.embedded.following import FollowedVectors
from index.embedded.reader import EmbeddedReader
from index.embedded.reading_pool import ReadingPool
from index.embedded.segments import Rows, Segment, Segments, improved
from index.embedded.writer import EmbeddedWriter
from index.opening import open_writer
from index.store import Change, Filter
from tests.index.changing_segments import changed
from tests.index.collections_of_articles import DIMENSION, MODEL, eventually, small, unit_rows

NOBODY: Rows = np.empty(0, np.int64)


@dataclass
class Followed:
    writer: EmbeddedWriter
    pool: ReadingPool
    vectors: FollowedVectors

    def now(self) -> Segments:
        with self.pool.reading() as connection:
            return self.vectors.current(connection)

    def add(self, *names: str) -> None:
        self.writer.apply(Change(put=[small(name) for name in names]))


@pytest.fixture
def followed(tmp_path: Path) -> Followed:
    writer = open_writer(tmp_path, MODEL, DIMENSION)
    writer.apply(Change(put=[small(f"a{number}", number) for number in range(50)]))
    pool = ReadingPool(tmp_path / (tmp_path / "CURRENT").read_text().strip())
    vectors = FollowedVectors(pool, Identity("", MODEL, DIMENSION))
    return Followed(writer, pool, vectors)


def test_additions_are_merged_behind_the_searches(followed: Followed) -> None:
    for number in range(12):
        followed.add(f"b{number}", f"c{number}")
        assert eventually(lambda: followed.now().generation == followed.writer.generation)
    assert eventually(lambda: not followed.now().due())
    segments = followed.now()
    assert len(segments) == 2 * (50 + 24)
    assert len(segments.parts) <= 4
    ids = np.concatenate([part.ids[part.alive] for part in segments.parts])
    assert len(set(ids.tolist())) == len(segments)
    followed.pool.close()
    followed.writer.close()


def test_a_change_counts_as_seen_once_its_vectors_are_found(tmp_path: Path) -> None:
    added = small("b")
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("a")]))
        store = EmbeddedReader(tmp_path)
        with store._index.vectors._following:  # as if following took very long
            writer.apply(Change(put=[added]))
            assert store.article("b") == added.article
            assert store.status().generation == 1
        assert eventually(lambda: store.status().generation == 2)
        best = store.search_vectors(added.vectors[0].passage, 1, Filter())
        assert store.passages([best[0].passage_id])[0].article.id == "b"
        store.close()


def test_a_request_does_not_wait_for_what_takes_long() -> None:
    turn, finish, begun = threading.Lock(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        finish.wait(120)

    in_background(work, turn, "long", patience=0.01)
    assert begun.wait(120)
    assert turn.locked()
    in_background(pytest.fail, turn, "second")
    finish.set()
    assert eventually(lambda: not turn.locked())


def parts_of(*sizes: int) -> Segments:
    segments = Segments(DIMENSION, 0, 0)
    for generation, size in enumerate(sizes, 1):
        ids: Rows = np.arange(segments.newest + 1, segments.newest + 1 + size)
        segments = changed(segments, generation, NOBODY, ids, ids, unit_rows(size, generation))
    return segments


def test_what_is_removed_while_segments_are_merged_stays_removed() -> None:
    segments = parts_of(40, 20)
    due = segments.due()
    merged = improved(due)
    gone: Rows = np.array([3, 45])
    later = changed(segments, 9, gone, np.array([99]), np.array([99]), unit_rows(1, 9))
    result = later.replaced(due, merged)
    ids = np.concatenate([part.ids[part.alive] for part in result.parts])
    assert set(ids.tolist()) == {*range(1, 61), 99} - {3, 45}
    assert len(result) == 59
    assert len(result.parts) == 2


def test_a_merge_that_came_too_late_changes_nothing() -> None:
    segments = parts_of(40, 20)
    due = segments.due()
    merged = improved(due)
    other = Segments(DIMENSION, 9, 60, (Segment.of(*_rows(5)),))
    assert other.replaced(due, merged) is other


def _rows(number: int) -> tuple[Rows, Rows, np.ndarray]:
    ids: Rows = np.arange(1, number + 1)
    return ids, ids, unit_rows(number, 5)
