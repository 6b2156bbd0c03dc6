"""Bootstrap confidence intervals (Efron, 1979) by resampling questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from retrieval.evaluation.measures import Matrix, Vector

RESAMPLES = 1000
SEED = 20240826
COVERED = 0.95
# Weights held at one time; bounds the memory for many questions to 64 MB.
_CELLS = 8_000_000

Statistic = Callable[[Matrix], Vector]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure with its 95% percentile interval and the number of questions it rests on.

    `value` is None where there was nothing to measure.
    """

    value: float | None
    low: float | None
    high: float | None
    count: int


NOTHING = Estimate(None, None, None, 0)


def estimate(statistic: Statistic, questions: int, count: int | None = None) -> Estimate:
    """Measure once on all questions, then on resamples of them drawn with a fixed seed.

    `statistic` takes weights of shape (rows, questions) and returns one number a row. `count`
    is how many of the questions the measure rests on, where not all.
    """
    if not questions:
        return NOTHING
    value = float(statistic(np.ones((1, questions)))[0])
    if np.isnan(value):
        return NOTHING
    resampled = _resampled(statistic, questions)
    tail = 100 * (1 - COVERED) / 2
    low, high = np.nanpercentile(resampled, [tail, 100 - tail])
    return Estimate(value, float(low), float(high), questions if count is None else count)


def _resampled(statistic: Statistic, questions: int) -> Vector:
    generator = np.random.default_rng(SEED)
    even = np.full(questions, 1 / questions)
    rows = max(1, min(RESAMPLES, _CELLS // questions))
    parts: list[Vector] = []
    left = RESAMPLES
    while left > 0:
        size = min(rows, left)
        weights = generator.multinomial(questions, even, size=size).astype(np.float64)
        parts.append(statistic(weights))
        left -= size
    return np.concatenate(parts)
