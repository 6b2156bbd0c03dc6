"""The measures against their definitions, worked out the slow way."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.bootstrap import estimate
from retrieval.evaluation.measures import (
    auroc,
    calibration_error,
    first_rank,
    reciprocal_rank,
    risk_coverage,
    weighted_mean,
)

ONCE = 1
judged = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.5000001, 0.9, 1.0]), st.booleans()),
    min_size=1,
    max_size=40,
)
counts = st.integers(min_value=0, max_value=3)


def ones(size: int) -> np.ndarray:
    return np.ones((ONCE, size))


def brute_force_auroc(scores: list[float], positive: list[bool]) -> float:
    pairs = [
        1.0 if high > low else 0.5 if high == low else 0.0
        for high, is_positive in zip(scores, positive, strict=True)
        if is_positive
        for low, other in zip(scores, positive, strict=True)
        if not other
    ]
    return sum(pairs) / len(pairs) if pairs else math.nan


@given(judged)
def test_auroc_is_the_share_of_pairs_in_order(rows: list[tuple[float, bool]]) -> None:
    scores, positive = [row[0] for row in rows], [row[1] for row in rows]
    measured = auroc(np.array(scores), np.array(positive), ones(len(rows)))[0]
    assert measured == pytest.approx(brute_force_auroc(scores, positive), nan_ok=True)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), counts), min_size=1, max_size=25))
def test_weights_stand_for_repeated_questions(rows: list[tuple[float, bool, int]]) -> None:
    scores = np.array([row[0] for row in rows])
    positive = np.array([row[1] for row in rows])
    weights = np.array([[float(row[2]) for row in rows]])
    repeated = np.repeat(np.arange(len(rows)), [row[2] for row in rows])
    expected = brute_force_auroc(scores[repeated].tolist(), positive[repeated].tolist())
    assert auroc(scores, positive, weights)[0] == pytest.approx(expected, nan_ok=True)
    mean = weighted_mean(scores, weights)[0]
    expected_mean = scores[repeated].mean() if repeated.size else math.nan
    assert mean == pytest.approx(expected_mean, nan_ok=True)


@given(judged, st.randoms())
def test_measures_do_not_depend_on_the_order_of_questions(
    rows: list[tuple[float, bool]], random: object
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    measured = []
    for order in (rows, shuffled):
        confidence = np.array([row[0] for row in order])
        right = np.array([float(row[1]) for row in order])
        curve = risk_coverage(confidence, right)
        error = calibration_error(confidence, right, ones(len(order)))[0]
        measured.append((error, curve.coverage.tolist(), curve.risk.tolist()))
    assert measured[0][0] == pytest.approx(measured[1][0])
    assert measured[0][1:] == measured[1][1:]


def test_a_perfect_confidence_has_no_calibration_error() -> None:
    confidence = np.array([0.0] * 7 + [1.0] * 13)
    assert calibration_error(confidence, confidence.copy(), ones(20))[0] == 0.0


def test_overconfidence_is_measured_as_it_is() -> None:
    """90% sure and right half of the time: the error is 40%."""
    confidence = np.full(50, 0.9)
    right = np.array([1.0, 0.0] * 25)
    assert calibration_error(confidence, right, ones(50))[0] == pytest.approx(0.4)


def test_errors_of_opposite_sign_do_not_cancel_between_bins() -> None:
    confidence = np.array([0.2] * 10 + [0.8] * 10)
    right = np.array([1.0] * 10 + [0.0] * 10)
    assert calibration_error(confidence, right, ones(20))[0] == pytest.approx(0.8)


@given(judged)
def test_calibration_error_lies_between_the_mean_gap_and_one(
    rows: list[tuple[float, bool]],
) -> None:
    confidence = np.array([row[0] for row in rows])
    right = np.array([float(row[1]) for row in rows])
    error = calibration_error(confidence, right, ones(len(rows)))[0]
    assert abs(confidence.mean() - right.mean()) - 1e-9 <= error <= 1.0


@given(judged)
def test_risk_and_coverage_are_what_a_threshold_gives(rows: list[tuple[float, bool]]) -> None:
    confidence = np.array([row[0] for row in rows])
    right = np.array([float(row[1]) for row in rows])
    curve = risk_coverage(confidence, right)
    assert curve.coverage[-1] == 1.0
    for threshold, coverage, risk in zip(curve.confidence, curve.coverage, curve.risk, strict=True):
        answered = confidence >= threshold
        assert coverage == pytest.approx(answered.mean())
        assert risk == pytest.approx(1 - right[answered].mean())
    assert -1e-9 <= curve.area <= 1 + 1e-9


@given(st.one_of(st.none(), st.integers(1, 50)), st.integers(1, 20))
def test_reciprocal_rank_ranges(rank: int | None, cut: int) -> None:
    value = reciprocal_rank(rank, cut)
    assert 0.0 <= value <= 1.0
    assert (value == 0.0) == (rank is None or rank > cut)
    if rank == 1:
        assert value == 1.0


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_the_interval_holds_the_mean(hits: list[bool]) -> None:
    values = np.array([float(hit) for hit in hits])
    measured = estimate(lambda weights: weighted_mean(values, weights), len(values))
    assert measured.value is not None
    assert measured.low is not None
    assert measured.high is not None
    assert measured.low <= measured.value + 1e-9
    assert measured.value <= measured.high + 1e-9
    assert measured.low >= 0.0
    assert measured.high <= 1.0 + 1e-9


def test_the_interval_is_that_of_the_normal_approximation() -> None:
    """For 400 fair coins: half a width of about 1.96 · sqrt(.25 / 400) = .049."""
    values = np.array([0.0, 1.0] * 200)
    measured = estimate(lambda weights: weighted_mean(values, weights), 400)
    assert measured.low is not None
    assert measured.high is not None
    assert (measured.high - measured.low) / 2 == pytest.approx(0.049, rel=0.1)


def test_the_interval_is_the_same_every_time_and_narrows_with_more_questions() -> None:
    def width(questions: int) -> float:
        values = np.array([0.0, 1.0] * (questions // 2))
        measured = estimate(lambda weights: weighted_mean(values, weights), questions)
        assert measured.high is not None
        assert measured.low is not None
        return measured.high - measured.low

    assert width(40) == width(40)
    assert width(4000) < width(400) < width(40)


def test_nothing_measured_is_nothing_told() -> None:
    unknown = np.array([np.nan, np.nan])
    measured = estimate(lambda weights: weighted_mean(unknown, weights), 2)
    assert (measured.value, measured.low, measured.high, measured.count) == (None, None, None, 0)
    assert estimate(lambda weights: weighted_mean(unknown, weights), 0).value is None
    assert math.isnan(risk_coverage(np.array([]), np.array([])).area)


@given(st.lists(st.booleans(), max_size=20))
def test_the_first_that_is_right_has_its_rank(right: list[bool]) -> None:
    rank = first_rank(iter(right))
    assert rank == (right.index(True) + 1 if any(right) else None)
