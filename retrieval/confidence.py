"""Confidence: the probability that the quotes answer the question."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.evidence import RankedSentence
from retrieval.features import SENTENCE_FEATURES, Asked
from retrieval.linear_model import LinearModel, Matrix, probability
from retrieval.question_terms import term_set

CONFIDENCE_FEATURES = (
    "best",
    "lead_over_second",
    "belief",
    "meaning",
    "words_in_sentence",
    "words_around",
    "names_missing",
    "figure_found",
    "name_found",
    "passage_score",
    "reader",
    "best_reader",
    "rare_words_missing",
)

_COLUMN = {name: position for position, name in enumerate(SENTENCE_FEATURES)}


def confidence_features(asked: Asked, ranked: Sequence[RankedSentence]) -> Matrix:
    """One row of CONFIDENCE_FEATURES for the ranked sentences (at least one) of a question."""
    best = ranked[0]
    second = ranked[1].log_odds if len(ranked) > 1 else best.log_odds - 1.0
    odds = np.array([sentence.log_odds for sentence in ranked])
    own = {name: best.features[position] for name, position in _COLUMN.items()}
    readings = [sentence.features[_COLUMN["reader"]] for sentence in ranked]
    read = [value for value in readings if not math.isnan(value)]
    row = [
        best.log_odds,
        best.log_odds - second,
        float(np.log1p(np.exp(np.clip(odds, -30, 30)).sum())),
        own["meaning"],
        own["words_in_sentence"],
        own["words_around"],
        own["names_missing"],
        own["figure_found"],
        own["name_found"],
        own["passage_score"],
        own["reader"],
        max(read) if read else math.nan,
        _heaviest_missing(asked, ranked),
    ]
    return np.array([row], dtype=np.float64)


def _heaviest_missing(asked: Asked, ranked: Sequence[RankedSentence]) -> float:
    """Weight of the rarest term of the question that no competing sentence or title holds."""
    present: set[str] = set()
    for sentence in ranked:
        present |= term_set(sentence.text)
        present |= term_set(sentence.candidate.passage.article.title)
    missing = [
        weight
        for term, weight in zip(asked.terms.terms, asked.terms.weights, strict=True)
        if term not in present
    ]
    return max(missing, default=0.0)


@dataclass(frozen=True, slots=True)
class ConfidenceModels:
    """How certain evidence makes, without and with a reader's word."""

    plain: LinearModel
    reading: LinearModel


def confidence(models: ConfidenceModels, asked: Asked, ranked: Sequence[RankedSentence]) -> float:
    """Probability (0 to 1) that the best of `ranked` answers; 0 where there is none."""
    if not ranked or not asked.terms.terms:
        return 0.0
    read = any(not math.isnan(sentence.features[_COLUMN["reader"]]) for sentence in ranked)
    model = models.reading if read else models.plain
    return probability(float(model.log_odds(confidence_features(asked, ranked))[0]))
