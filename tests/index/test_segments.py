from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedded.filters import FewPassages, ManyArticles
from index.embedded.segments import Rows, Segments, improved
from index.embedded.structures import LARGE, is_large, rows_at
from index.embedding.embedder import Vectors
from tests.index.changing_segments import changed
from tests.index.collections_of_articles import DIMENSION, unit_rows

NOBODY: Rows = np.empty(0, np.int64)


def clustered(rows: int, seed: int = 1) -> Vectors:
    """Vectors with neighbourhoods, as texts have."""
    random = np.random.default_rng(seed)
    centres = unit_rows(rows // 100, seed)
    spread = 0.1 * random.normal(size=(rows, DIMENSION))
    vectors = centres[random.integers(0, len(centres), rows)] + spread
    result: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return result


def exact(vectors: Vectors, ids: Rows, question: Vectors, k: int) -> list[int]:
    return [int(number) for number in ids[np.argsort(-(vectors @ question), kind="stable")[:k]]]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.floats(0, 1)), min_size=1, max_size=12),
    st.integers(1, 20),
)
def test_after_any_changes_the_search_is_exact(steps: list[tuple[int, float]], k: int) -> None:
    random = np.random.default_rng(len(steps))
    segments = Segments(DIMENSION, 0, 0)
    stored: dict[int, Vectors] = {}
    for generation, (added, share) in enumerate(steps, 1):
        gone = [number for number in stored if random.random() < share]
        ids: Rows = np.arange(segments.newest + 1, segments.newest + 1 + added)
        vectors = unit_rows(added, generation)
        segments = changed(segments, generation, np.array(gone, np.int64), ids, ids % 7, vectors)
        if generation % 3:
            segments = segments.tidied()
            assert not segments.due()
        stored = {number: one for number, one in stored.items() if number not in gone}
        stored.update(zip(ids.tolist(), vectors, strict=True))
        assert len(segments) == len(stored)
    question = unit_rows(1, 77)[0]
    for allowed, passing in (
        (None, list(stored)),
        (ManyArticles(np.arange(7) == 3), [number for number in stored if number % 7 == 3]),
        (FewPassages(np.arange(0, 900, 5)), [number for number in stored if number % 5 == 0]),
    ):
        hits = segments.search(question, k, allowed)
        all_ids: Rows = np.array(passing, np.int64)
        rows = np.array([stored[number] for number in passing]).reshape(-1, DIMENSION)
        assert [hit.passage_id for hit in hits] == exact(rows, all_ids, question, k)


def test_additions_share_what_is_there_already() -> None:
    ids: Rows = np.arange(1, 2001)
    before = changed(Segments(DIMENSION, 0, 0), 1, NOBODY, ids, ids, unit_rows(2000, 1))
    after = changed(before, 2, NOBODY, ids[:5] + 5000, ids[:5], unit_rows(5, 2))
    assert after.parts[0] is before.parts[0]
    assert len(before) == 2000


@pytest.fixture(scope="module")
def large() -> tuple[Segments, Vectors, Rows]:
    vectors = clustered(LARGE + 1000)
    ids: Rows = np.arange(1, len(vectors) + 1)
    segments = changed(Segments(DIMENSION, 0, 0), 1, NOBODY, ids, ids % 1000, vectors)
    assert segments.due() == segments.parts
    segments = segments.tidied()
    assert is_large(segments.parts[0].structure)
    assert not segments.due()
    return segments, vectors, ids


@pytest.mark.parametrize("articles", [1000, 900, 300, 3])
def test_a_large_collection_is_searched_nearly_exactly_whatever_the_filter(
    large: tuple[Segments, Vectors, Rows], articles: int
) -> None:
    segments, vectors, ids = large
    allowed = ManyArticles(np.arange(1000) < articles)
    passing = ids % 1000 < articles
    hits = 0
    questions = clustered(LARGE + 1000)[::1000][:30]
    for question in questions:
        found = segments.search(question, 10, None if articles == 1000 else allowed)
        assert len(found) == 10
        truth = exact(vectors[passing], ids[passing], question, 10)
        hits += len({hit.passage_id for hit in found} & set(truth))
    assert hits / (10 * len(questions)) >= 0.98


def test_a_large_collection_forgets_and_grows(large: tuple[Segments, Vectors, Rows]) -> None:
    segments, vectors, ids = large
    question = vectors[17]
    nearest = [hit.passage_id for hit in segments.search(question, 5, None)]
    assert nearest[0] == ids[17]
    fresh: Rows = np.array([int(ids[-1]) + 1])
    grown = changed(segments, 2, np.array(sorted(nearest)), fresh, fresh, question[None, :])
    found = [hit.passage_id for hit in grown.search(question, 5, None)]
    assert found[0] == fresh[0]
    assert not set(found) & set(nearest)


def test_what_is_merged_into_a_large_segment_is_as_fast_at_once(
    large: tuple[Segments, Vectors, Rows],
) -> None:
    segments, vectors, ids = large
    number = len(ids) // 2
    fresh: Rows = np.arange(number) + int(ids[-1]) + 1
    added = clustered(LARGE + 1000, seed=2)[:number]
    gone = ids[::5]
    grown = changed(segments, 2, gone, fresh, fresh % 1000, added)
    due = grown.due()
    assert due == grown.parts
    merged = improved(due)
    assert is_large(merged.structure)
    assert not merged.outgrown
    everything = grown.replaced(due, merged)
    assert not everything.due()
    alive = ids % 5 != ids[0] % 5
    rows, numbers = np.concatenate([vectors[alive], added]), np.concatenate([ids[alive], fresh])
    assert merged.ids.tolist() == numbers.tolist()
    assert np.abs(rows_at(merged.structure, np.arange(len(rows))) - rows).max() < 1e-3
    hits = 0
    questions = rows[:: len(rows) // 40]
    for question in questions:
        found = everything.search(question, 10, None)
        truth = exact(rows, numbers, question, 10)
        hits += len({hit.passage_id for hit in found} & set(truth))
    assert hits / (10 * len(questions)) >= 0.98
    # Nothing that a search may hold was changed.
    assert len(segments) == segments.parts[0].structure.ntotal == len(ids)


def test_many_neighbours_are_merged_in_one_step() -> None:
    segments = Segments(DIMENSION, 0, 0)
    for generation, size in enumerate((4000, 100, 40, 30, 20, 2000), 1):
        ids: Rows = np.arange(segments.newest + 1, segments.newest + 1 + size)
        segments = changed(segments, generation, NOBODY, ids, ids, unit_rows(size, generation))
    due = segments.due()
    assert due == segments.parts
    assert len(segments.replaced(due, improved(due)).parts) == 1
