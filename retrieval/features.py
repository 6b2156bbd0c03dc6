"""What is known of a passage or a sentence that predicts whether it answers.

Every feature is a plain number that a person can check. Unknown is NaN, and says nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.article import Span
from index.embedding.embedder import Vectors
from retrieval.answer_kinds import AnswerKind, answers_of_kind
from retrieval.candidates import Candidate
from retrieval.linear_model import Matrix
from retrieval.question_terms import QuestionTerms, term_set, term_sets
from retrieval.reading import PassageReading
from retrieval.timeliness import Timeliness
from retrieval.units import REACH

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
    "figure_found",
    "name_found",
    "cue_found",
    "new_words",
    "length",
    "opening",
    "asks",
    "reader",
    "reader_share",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything about the question that features compare with.

    `generation` is the store's, read before the first search.
    """

    text: str
    vector: Vectors
    terms: QuestionTerms
    kind: AnswerKind
    unit: re.Pattern[str] | None
    time: Timeliness
    generation: int


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
                *(_found(asked, text) if asked.kind in kinds else math.nan for kinds in _SORTS),
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


# Kinds of answers in the order of figure_found, name_found and cue_found: what a figure or a
# name is worth as evidence differs from what a word such as "because" is worth.
_SORTS = (
    frozenset({AnswerKind.QUANTITY, AnswerKind.TIME}),
    frozenset({AnswerKind.PERSON, AnswerKind.PLACE, AnswerKind.NAME}),
    frozenset({AnswerKind.REASON, AnswerKind.SPEECH}),
)


def _found(asked: Asked, sentence: str) -> float:
    return 1.0 if next(answering_words(asked, sentence), None) else 0.0


def answering_words(asked: Asked, sentence: str) -> Iterator[Span]:
    """Where `sentence` holds something of the kind asked for that the question does not hold."""
    known = frozenset(asked.terms.terms)
    for span in answers_of_kind(asked.kind, sentence):
        if asked.unit and not asked.unit.search(sentence, max(0, span.start - 1), span.end + REACH):
            continue
        if not term_set(span.of(sentence)) <= known:
            yield span
