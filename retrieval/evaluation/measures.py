"""Measures of a ranking, of a confidence and of abstention.

Each takes `weights` of shape (resamples, questions): how often a resample holds each question.
The result has shape (resamples,), NaN where a resample holds nothing to measure. One row of
ones gives the measure itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

EQUAL_MASS_BINS = 10


def weighted_mean(values: Vector, weights: Matrix) -> Vector:
    """Mean of `values`; those that are NaN do not take part."""
    known = ~np.isnan(values)
    return _ratio(weights @ np.where(known, values, 0.0), weights @ known.astype(np.float64))


def first_rank(right: Iterable[bool]) -> int | None:
    """Where the first that is right stands, counted from 1; None where none is."""
    return next((rank for rank, one in enumerate(right, start=1) if one), None)


def reciprocal_rank(rank: int | None, cut: int) -> float:
    """1 / rank, 0 where nothing was found up to `cut` (Voorhees, TREC-8)."""
    return 1 / rank if rank is not None and rank <= cut else 0.0


def auroc(scores: Vector, positive: NDArray[np.bool_], weights: Matrix) -> Vector:
    """Area under the ROC curve: how often a positive scores above a negative; ties count half.

    The Mann-Whitney form (Hanley and McNeil, 1982), in one sort.
    """
    if not scores.size:
        return np.full(len(weights), np.nan)
    order = np.argsort(scores, kind="stable")
    sorted_weights = weights[:, order]
    sorted_positive = positive[order]
    groups = _tie_starts(scores[order])
    positives = np.add.reduceat(sorted_weights * sorted_positive, groups, axis=1)
    negatives = np.add.reduceat(sorted_weights * ~sorted_positive, groups, axis=1)
    negatives_below = np.cumsum(negatives, axis=1) - negatives
    above = (positives * (negatives_below + negatives / 2)).sum(axis=1)
    return _ratio(above, positives.sum(axis=1) * negatives.sum(axis=1))


def calibration_error(confidence: Vector, right: Vector, weights: Matrix) -> Vector:
    """Expected calibration error over bins of equal mass (Nixon et al., 2019).

    The mean distance between confidence and the share that was right, over bins that hold equally
    many questions each; equal confidences share a bin. Bins are drawn once, on all questions.
    """
    if not confidence.size:
        return np.full(len(weights), np.nan)
    order = np.argsort(confidence, kind="stable")
    excess = (confidence - right)[order]
    starts = _bin_starts(confidence[order], EQUAL_MASS_BINS)
    gaps = np.abs(np.add.reduceat(weights[:, order] * excess, starts, axis=1)).sum(axis=1)
    return _ratio(gaps, weights.sum(axis=1))


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """What share of the answers is wrong when only the most confident share is answered.

    Arrays of equal length, by falling confidence; questions of equal confidence enter together.
    """

    confidence: Vector
    coverage: Vector
    risk: Vector

    @property
    def area(self) -> float:
        """Mean risk over all coverages (AURC; Geifman and El-Yaniv, 2017); NaN without points."""
        if not self.coverage.size:
            return float("nan")
        steps = np.diff(self.coverage, prepend=0.0)
        return float((steps * self.risk).sum())


def risk_coverage(confidence: Vector, right: Vector) -> RiskCoverage:
    """The curve of risk against coverage; `right` is 1 where the answer would be right, else 0."""
    order = np.argsort(-confidence, kind="stable")
    falling = confidence[order]
    wrong = np.cumsum(1 - right[order])
    last = np.append(_tie_starts(falling)[1:], falling.size) if falling.size else np.array([], int)
    points = last.astype(np.intp) - 1
    answered = (points + 1).astype(np.float64)
    total = max(falling.size, 1)
    return RiskCoverage(falling[points], answered / total, wrong[points] / answered)


def _tie_starts(in_order: Vector) -> NDArray[np.intp]:
    """Where each run of equal values begins."""
    return np.flatnonzero(np.append(True, np.diff(in_order) != 0))


def _bin_starts(in_order: Vector, bins: int) -> NDArray[np.intp]:
    """Where each bin of about equal mass begins; a run of equal values is never split."""
    wished = (np.arange(bins) * in_order.size) // bins
    return np.unique(np.searchsorted(in_order, in_order[wished], side="left"))


def _ratio(above: Vector, below: Vector) -> Vector:
    result: Vector = np.full(above.shape, np.nan)
    np.divide(above, below, out=result, where=below > 0)
    return result
