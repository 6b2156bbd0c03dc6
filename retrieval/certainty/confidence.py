"""Confidence: the probability that the quotes answer the question."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.evidence.features import SENTENCE_FEATURES, Asked
from retrieval.evidence.linear_model import LinearModel, Matrix, probability
from retrieval.evidence.ranked import CloseReading, RankedSentence

CONFIDENCE_FEATURES = (
    "best",
    "meaning",
    "words_in_sentence",
    "names_missing",
    "passage_score",
    "reader",
    "best_reader",
)
"""Few, on purpose: cross-validated over articles, each further one tried told worse apart."""

CLOSE_CONFIDENCE_FEATURES = (
    *CONFIDENCE_FEATURES,
    "closely",
    "close_up",
    "alone",
    "best_close_up",
    "best_alone",
)
"""Besides, what the reader said on its second look: of the best sentence among its neighbours, of
them all, and of it alone; and the most that it said of any sentence so."""

_COLUMN = {name: position for position, name in enumerate(SENTENCE_FEATURES)}


def confidence_features(ranked: Sequence[RankedSentence]) -> Matrix:
    """One row of CONFIDENCE_FEATURES for the ranked sentences (at least one) of a question."""
    best = ranked[0]
    own = {name: best.features[position] for name, position in _COLUMN.items()}
    readings = [sentence.features[_COLUMN["reader"]] for sentence in ranked]
    read = [value for value in readings if not math.isnan(value)]
    row = [
        best.log_odds,
        own["meaning"],
        own["words_in_sentence"],
        own["names_missing"],
        own["passage_score"],
        own["reader"],
        max(read) if read else math.nan,
    ]
    return np.array([row], dtype=np.float64)


def close_confidence_features(ranked: Sequence[RankedSentence]) -> Matrix:
    """One row of CLOSE_CONFIDENCE_FEATURES for ranked sentences (at least one)."""
    unknown = CloseReading(math.nan, math.nan, math.nan)
    best = ranked[0].closely or unknown
    looks = [one.closely for one in ranked if one.closely is not None] or [unknown]
    row = [
        best.sentence,
        best.close_up,
        best.alone,
        max(look.close_up for look in looks),
        max(look.alone for look in looks),
    ]
    return np.hstack([confidence_features(ranked), np.array([row], dtype=np.float64)])


@dataclass(frozen=True, slots=True)
class ConfidenceModels:
    """How certain evidence makes: without and with a reader's word, and across languages.

    `closely` is with its word on close-ups, which a model of it needs to be told by.

    Across languages words in common, which English evidence is told by, are unknown: what is left
    must make a question certain by itself.
    """

    plain: LinearModel
    reading: LinearModel
    across: LinearModel
    closely: LinearModel


def confidence(
    models: ConfidenceModels, asked: Asked, ranked: Sequence[RankedSentence], besides: float = 0.0
) -> float:
    """Probability (0 to 1) that the best of `ranked` answers; 0 where there is none.

    `besides` are log-odds for what is known of the best sentence and no model weighs.
    """
    if not ranked or not asked.terms.terms:
        return 0.0
    if ranked[0].closely is not None:
        found = models.closely.log_odds(close_confidence_features(ranked))
    else:
        found = _model_for(models, asked, ranked).log_odds(confidence_features(ranked))
    return probability(float(found[0]) + besides)


def is_told_across(asked: Asked, ranked: Sequence[RankedSentence]) -> bool:
    """Whether the best of `ranked` is in another language than the question, and was read."""
    best = ranked[0]
    return asked.is_foreign(best.candidate.passage.article) and not _is_unread(best)


def _model_for(
    models: ConfidenceModels, asked: Asked, ranked: Sequence[RankedSentence]
) -> LinearModel:
    """For want of time a sentence was only not read yet; one in another language never is."""
    if asked.is_foreign(ranked[0].candidate.passage.article):
        return models.across if is_told_across(asked, ranked) else models.plain
    return models.plain if all(map(_is_unread, ranked)) else models.reading


def _is_unread(sentence: RankedSentence) -> bool:
    return math.isnan(sentence.features[_COLUMN["reader"]])
