from __future__ import annotations

import pytest

from index.embedding.embedder import Embedder
from retrieval.evidence.similarity_scale import (
    REFERENCE_MATCHED,
    REFERENCE_UNRELATED,
    SimilarityScale,
    similarity_scale,
)

CROWDED = SimilarityScale(0.72, 0.86, 0.71, 0.80)


def test_the_packaged_model_is_the_reference(embedder: Embedder) -> None:
    scale = similarity_scale(embedder)
    assert scale.unrelated == pytest.approx(REFERENCE_UNRELATED, abs=0.05)
    assert scale.matched == pytest.approx(REFERENCE_MATCHED, abs=0.06)
    assert not scale.across_languages
    assert [scale.of(value) for value in (-0.1, 0.3, 0.9)] == [-0.1, 0.3, 0.9]


def test_a_crowded_model_is_brought_to_the_reference() -> None:
    assert CROWDED.of(0.72) == pytest.approx(REFERENCE_UNRELATED)
    assert CROWDED.of(0.86) == pytest.approx(REFERENCE_MATCHED)
    assert CROWDED.of(0.75) < CROWDED.of(0.80)


def test_between_two_languages_less_likeness_is_enough() -> None:
    assert CROWDED.across_languages
    assert CROWDED.of(0.80, across=True) == pytest.approx(REFERENCE_MATCHED)
    assert CROWDED.of(0.80) < 0.5


def test_a_model_without_any_contrast_is_not_blown_up() -> None:
    flat = SimilarityScale(0.9, 0.9, 0.9, 0.9)
    assert abs(flat.of(0.91)) < 1.0
