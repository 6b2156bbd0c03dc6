"""What is known of a passage or a sentence that predicts whether it answers.

Every feature is a plain number that a person can check. Unknown is NaN, and says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.embedding.embedder import Vectors
from retrieval.answer_kinds import AnswerKind, answers_of_kind
from retrieval.candidates import Candidate
from retrieval.linear_model import Matrix
from retrieval.question_terms import QuestionTerms, term_set, term_sets
from retrieval.reading import PassageReading
from retrieval.timeliness import Timeliness

PASSAGE_FEATURES = (
    "meaning",
    "best_sentence_meaning",
    "keywords",
    "fused_rank",
    "words_in_passage",
    "words_in_title",
    "words_in_best_sentence",
    "names_missing",
    "freshness",
    "suits_time",
    "opening",
)

SENTENCE_FEATURES = (
    "meaning",
    "meaning_of_passage",
    "words_in_sentence",
    "words_around",
    "words_in_passage",
    "words_in_title",
    "names_missing",
    "passage_score",
    "kind_found",
    "new_words",
    "length",
    "opening",
    "asks",
    "reader",
    "reader_share",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything about the question that features compare with."""

    text: str
    vector: Vectors
    terms: QuestionTerms
    kind: AnswerKind
    time: Timeliness


def passage_features(asked: Asked, candidates: Sequence[Candidate]) -> Matrix:
    """A row of PASSAGE_FEATURES for each candidate; shape (candidates, features)."""
    lowest = min((c.vector_score for c in candidates if c.vector_score is not None), default=0.0)
    best_keywords = max((c.keyword_score or 0.0 for c in candidates), default=0.0) or 1.0
    best_fused = max((c.fused for c in candidates), default=0.0) or 1.0
    rows = [
        _passage_row(asked, candidate, lowest, best_keywords, best_fused)
        for candidate in candidates
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(PASSAGE_FEATURES))


def _passage_row(
    asked: Asked, candidate: Candidate, lowest: float, best_keywords: float, best_fused: float
) -> list[float]:
    passage = candidate.passage
    article = passage.article
    sentences = term_sets(passage.sentence_texts())
    words = frozenset().union(*sentences)
    title = term_set(article.title)
    meaning = candidate.vector_score if candidate.vector_score is not None else lowest
    of_sentences = passage.sentence_vectors @ asked.vector
    return [
        meaning,
        float(of_sentences.max()) if of_sentences.size else meaning,
        (candidate.keyword_score or 0.0) / best_keywords,
        candidate.fused / best_fused,
        asked.terms.share(words),
        asked.terms.share(title),
        max((asked.terms.share(present) for present in sentences), default=0.0),
        asked.terms.names_missing(words | title),
        asked.time.freshness(article.published),
        asked.time.suits(article.published),
        1.0 / (1.0 + passage.ordinal),
    ]


def sentence_features(
    asked: Asked, candidate: Candidate, passage_score: float, reading: PassageReading | None
) -> Matrix:
    """A row of SENTENCE_FEATURES for each sentence of one passage."""
    passage = candidate.passage
    texts = passage.sentence_texts()
    sets = term_sets(texts)
    title = term_set(passage.article.title)
    words = frozenset().union(*sets)
    meaning = passage.sentence_vectors @ asked.vector
    shares = _shares(reading)
    rows = []
    for i, (text, present) in enumerate(zip(texts, sets, strict=True)):
        around = present.union(*sets[max(0, i - 1) : i + 2])
        rows.append(
            [
                float(meaning[i]),
                candidate.vector_score if candidate.vector_score is not None else math.nan,
                asked.terms.share(present),
                asked.terms.share(around | title),
                asked.terms.share(words),
                asked.terms.share(title),
                asked.terms.names_missing(words | title),
                passage_score,
                _kind_found(asked, text),
                len(present.difference(asked.terms.terms)) / (len(present) + 1.0),
                math.log1p(len(text)),
                1.0 if passage.ordinal == 0 and i == 0 else 0.0,
                1.0 if text.rstrip("”\"»’' )").endswith(("?", "？", "؟")) else 0.0,
                reading.log_odds[i] if reading else math.nan,
                shares[i] if shares is not None else math.nan,
            ]
        )
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(SENTENCE_FEATURES))


def _shares(reading: PassageReading | None) -> Matrix | None:
    """How the reader divides its belief among the sentences of the passage (softmax)."""
    if reading is None or not reading.log_odds:
        return None
    values = np.array(reading.log_odds)
    powers = np.exp(values - values.max())
    result: Matrix = powers / powers.sum()
    return result


def _kind_found(asked: Asked, sentence: str) -> float:
    """1 where the sentence holds something of the kind asked for that the question does not."""
    if asked.kind in {AnswerKind.OTHER, AnswerKind.POLAR}:
        return math.nan
    for span in answers_of_kind(asked.kind, sentence):
        if not term_set(span.of(sentence)) <= frozenset(asked.terms.terms):
            return 1.0
    return 0.0
