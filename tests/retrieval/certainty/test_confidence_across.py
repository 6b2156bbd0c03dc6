"""Confidence in evidence of another language: which weights count, and how they are fitted."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.assembling import MODELS
from retrieval.certainty.confidence import CONFIDENCE_FEATURES
from retrieval.evaluation.data_set import KnownQuestion
from retrieval.evidence.linear_model import LinearModel, load_linear_model
from retrieval.training.confidence_across import on_scale_of
from retrieval.training.evidence_across import written_questions

ACROSS = load_linear_model(MODELS / "confidence-across.json", CONFIDENCE_FEATURES)


def test_words_in_common_weigh_nothing_across_languages() -> None:
    assert ACROSS.weights[CONFIDENCE_FEATURES.index("words_in_sentence")] == 0.0


@given(
    lower=st.floats(-15, 15),
    more=st.floats(0, 20),
    rest=st.lists(st.floats(-4, 4), min_size=7, max_size=7),
)
def test_a_surer_reader_makes_no_less_certain(lower: float, more: float, rest: list[float]) -> None:
    row = np.array([rest])
    row[0, CONFIDENCE_FEATURES.index("words_in_sentence")] = math.nan
    column = CONFIDENCE_FEATURES.index("reader")
    surer = row.copy()
    row[0, column], surer[0, column] = lower, lower + more
    assert ACROSS.log_odds(surer)[0] >= ACROSS.log_odds(row)[0]


@given(shift=st.floats(-50, 50), spread=st.floats(0.1, 20))
def test_on_another_scale_the_odds_are_those_of_what_is_right_there(
    shift: float, spread: float
) -> None:
    """However far away and wide apart the features of other questions lie."""
    drawn = np.random.default_rng(5)
    latent = drawn.normal(size=400)
    right = latent + drawn.normal(size=400) > 1.0
    features = np.column_stack([latent * spread + shift, np.full(400, math.nan)])
    model = LinearModel(("seen", "unknown"), np.zeros(2), np.ones(2), np.array([1.0, 2.0]), 0.0)
    moved = on_scale_of(model, features, right)
    certain = 1 / (1 + np.exp(-moved.log_odds(features)))
    assert abs(float(certain.mean()) - float(right.mean())) < 0.01
    assert moved.weights[0] > 0


def test_the_written_questions_are_read() -> None:
    questions = list(written_questions(frozenset({"a"})))
    assert len({one.text for one in questions}) == len(questions) > 100
    assert all(isinstance(one, KnownQuestion) and one.text for one in questions)
    answered = [one for one in questions if one.answerable]
    assert 0.3 < len(answered) / len(questions) < 0.7
    assert all(one.answers[0] for one in answered)
