"""Confidence: the probability that the quotes answer the question."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.evidence import RankedSentence
from retrieval.features import SENTENCE_FEATURES, Asked
from retrieval.linear_model import LinearModel, Matrix, probability

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


@dataclass(frozen=True, slots=True)
class ConfidenceModels:
    """How certain evidence makes, without and with a reader's word."""

    plain: LinearModel
    reading: LinearModel


def confidence(
    models: ConfidenceModels, asked: Asked, ranked: Sequence[RankedSentence], besides: float = 0.0
) -> float:
    """Probability (0 to 1) that the best of `ranked` answers; 0 where there is none.

    `besides` are log-odds for what is known of the best sentence and no model weighs.
    """
    if not ranked or not asked.terms.terms:
        return 0.0
    unread = [math.isnan(sentence.features[_COLUMN["reader"]]) for sentence in ranked]
    foreign = asked.is_foreign(ranked[0].candidate.passage.article)
    read = not unread[0] if foreign else not all(unread)
    model = models.reading if read else models.plain
    return probability(float(model.log_odds(confidence_features(ranked))[0]) + besides)
