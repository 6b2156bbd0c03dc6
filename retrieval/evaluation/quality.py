"""The measures of an evaluation, each with its interval, over any set of observations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.evaluation.bootstrap import NOTHING, Estimate, estimate
from retrieval.evaluation.measures import (
    Vector,
    auroc,
    calibration_error,
    reciprocal_rank,
    weighted_mean,
)
from retrieval.evaluation.observation import Observation

RANKS_CUT = 10
Value = Callable[[Observation], float | None]


@dataclass(frozen=True, slots=True)
class Rate:
    """A measure that is the mean of one number a question; None: the question has no part in it."""

    name: str
    label: str
    value: Value


def quality(observations: Sequence[Observation], threshold: float) -> dict[str, Estimate]:
    """Every measure by name, in the order in which they are shown.

    `threshold` is the confidence from which a question counts as answered.
    """
    measured = {rate.name: _mean(rate, observations) for rate in rates(threshold)}
    confidence = np.array([one.confidence for one in observations])
    answerable = np.array([one.question.answerable for one in observations], dtype=np.bool_)
    right = np.array([one.right for one in observations], dtype=np.bool_)
    measured["auroc_answerable"] = _separation(confidence, answerable)
    measured["auroc_right"] = _separation(confidence, right)
    measured["calibration_error"] = estimate(
        lambda weights: calibration_error(confidence, right.astype(np.float64), weights),
        len(observations),
    )
    return measured


def is_answered(observation: Observation, threshold: float) -> bool:
    """Whether a threshold lets the quotes be shown."""
    return observation.quoted and observation.confidence >= threshold


def rates(threshold: float) -> tuple[Rate, ...]:
    """The measures that are means."""
    return (*_article_rates(), *_quote_rates(), *_abstention_rates(threshold))


def _article_rates() -> list[Rate]:
    """Whether an article that the question is about was found, and where in the ranking."""

    def by_search(observation: Observation) -> int | None:
        return observation.article_rank

    def by_quotes(observation: Observation) -> int | None:
        return observation.quoted_article_rank

    def hit(rank: Callable[[Observation], int | None], cut: int) -> Value:
        return lambda one: _within(rank(one), cut) if _has_article(one) else None

    return [
        *(
            Rate(f"article_hits_{cut}", f"article Hits@{cut}", hit(by_search, cut))
            for cut in (1, 4, RANKS_CUT)
        ),
        Rate(
            "article_mrr_10",
            "article MRR@10",
            lambda one: reciprocal_rank(one.article_rank, RANKS_CUT) if _has_article(one) else None,
        ),
        Rate("quoted_article_1", "first quote from the article", hit(by_quotes, 1)),
        Rate("quoted_article_3", "first 3 quotes from the article", hit(by_quotes, 3)),
    ]


def _quote_rates() -> list[Rate]:
    """Whether the quotes hold the answer, over the answerable questions, whatever the threshold."""

    def answer(cut: int) -> Value:
        return lambda one: (
            _within(one.answer_rank, cut)
            if one.question.answerable and one.question.answers
            else None
        )

    def evidence(cut: int) -> Value:
        return lambda one: (
            _within(one.evidence_rank, cut)
            if one.question.answerable and one.question.evidence
            else None
        )

    return [
        Rate("answer_in_1", "answer in first quote", answer(1)),
        Rate("answer_in_3", "answer in first 3 quotes", answer(3)),
        Rate("gold_sentence_1", "gold sentence quoted first", evidence(1)),
        Rate("gold_sentence_3", "gold sentence in first 3 quotes", evidence(3)),
    ]


def _abstention_rates(threshold: float) -> list[Rate]:
    """What the threshold lets through and holds back."""

    def answered(one: Observation) -> bool:
        return is_answered(one, threshold)

    def among(
        condition: Callable[[Observation], bool], share: Callable[[Observation], bool]
    ) -> Value:
        return lambda one: float(share(one)) if condition(one) else None

    def answerable(one: Observation) -> bool:
        return one.question.answerable

    def abstained(one: Observation) -> bool:
        return not answered(one)

    def unanswerable(one: Observation) -> bool:
        return not answerable(one)

    return [
        Rate("coverage", "answered, of all", lambda one: float(answered(one))),
        Rate("right_of_answered", "right, of answered", among(answered, lambda one: one.right)),
        Rate("answered_precision", "answerable, of answered", among(answered, answerable)),
        Rate("answered_recall", "answered, of answerable", among(answerable, answered)),
        Rate("abstained_precision", "unanswerable, of abstained", among(abstained, unanswerable)),
        Rate("abstained_recall", "abstained, of unanswerable", among(unanswerable, abstained)),
        Rate(
            "brier",
            "Brier score of confidence",
            lambda one: (one.confidence - float(one.right)) ** 2,
        ),
    ]


def _has_article(observation: Observation) -> bool:
    """Whether finding the article says anything: it is known, and was one of several."""
    known = observation.question
    return known.answerable and bool(known.article_ids) and not observation.closed


def _within(rank: int | None, cut: int) -> float:
    return float(rank is not None and rank <= cut)


def _mean(rate: Rate, observations: Sequence[Observation]) -> Estimate:
    values: Vector = np.array(
        [np.nan if (value := rate.value(one)) is None else value for one in observations],
        dtype=np.float64,
    )
    taking_part = int((~np.isnan(values)).sum())
    return estimate(lambda weights: weighted_mean(values, weights), len(values), taking_part)


def _separation(confidence: Vector, positive: NDArray[np.bool_]) -> Estimate:
    if positive.all() or not positive.any():
        return NOTHING
    return estimate(lambda weights: auroc(confidence, positive, weights), len(positive))


LABELS: Mapping[str, str] = {
    **{rate.name: rate.label for rate in rates(0.0)},
    "auroc_answerable": "AUROC, answerable or not",
    "auroc_right": "AUROC, quotes right or not",
    "calibration_error": "expected calibration error",
}

# What says nothing where all questions are answerable, or none is.
OF_BOTH_KINDS = frozenset({"answered_precision", "abstained_precision", "auroc_answerable"})
