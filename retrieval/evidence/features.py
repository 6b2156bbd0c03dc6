"""What is known of a passage or a sentence that predicts whether it answers.

Every feature is a plain number that a person can check. Unknown is NaN, and says nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.article import Article, Span
from index.embedding.embedder import Vectors
from index.store import StoredPassage
from retrieval.evidence.candidates import Candidate
from retrieval.evidence.linear_model import Matrix
from retrieval.evidence.similarity_scale import PACKAGED_SCALE, SimilarityScale
from retrieval.question.answer_fit import answer_fits, counted_found, negated, rest_found
from retrieval.question.answer_kinds import WITH_NAMES, AnswerKind, answers_of_kind
from retrieval.question.units import REACH
from retrieval.reading.readings import PassageReading
from retrieval.time.timeliness import Timeliness
from retrieval.words.name_sounds import names_missing_across
from retrieval.words.question_language import is_foreign
from retrieval.words.question_terms import QuestionTerms, term_set, term_sets

_OF_PASSAGE = (
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
PASSAGE_FEATURES = (*_OF_PASSAGE, "passages_of_article", "best_of_article")

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
    "answer_fits",
    "counted_found",
    "rest_in_sentence",
    "rest_around",
    "negated",
)

OF_WORDS = frozenset(
    {"keywords", "words_in_passage", "words_in_title", "words_in_best_sentence"}
    | {"words_in_sentence", "words_around", "new_words", "counted_found"}
    | {"rest_in_sentence", "rest_around"}
)
"""Features that compare words. Between two languages they say nothing."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the words of an article are compared with."""

    text: str
    terms: QuestionTerms


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything about the question that features compare with.

    `undated` is the question without the time that it names: an article of that time need not
    name it. `generation` is the store's, read before the first search. `scale` is what the
    embedding model's cosines mean.
    """

    text: str
    vector: Vectors
    terms: QuestionTerms
    kind: AnswerKind
    unit: re.Pattern[str] | None
    time: Timeliness
    generation: int
    scale: SimilarityScale = PACKAGED_SCALE
    undated: Wording | None = None

    def wording(self, article: Article) -> Wording:
        """The question as an article is asked."""
        if self.undated is not None and self.time.is_of_its_time(article.published):
            return self.undated
        return Wording(self.text, self.terms)

    def is_foreign(self, article: Article) -> bool:
        """Whether common words cannot be expected, and the model understands both languages."""
        return self.scale.across_languages and is_foreign(self.text, article)


def passage_features(asked: Asked, candidates: Sequence[Candidate]) -> Matrix:
    """A row of PASSAGE_FEATURES for each candidate; shape (candidates, features)."""
    lowest = min((c.vector_score for c in candidates if c.vector_score is not None), default=0.0)
    best_keywords = max((c.keyword_score or 0.0 for c in candidates), default=0.0) or 1.0
    best_fused = max((c.fused for c in candidates), default=0.0) or 1.0
    rows = [
        _passage_row(asked, candidate, lowest, best_keywords, best_fused)
        for candidate in candidates
    ]
    own = np.array(rows, dtype=np.float64).reshape(len(rows), len(_OF_PASSAGE))
    foreign = [asked.is_foreign(candidate.passage.article) for candidate in candidates]
    own[np.ix_(foreign, _columns_of_words(_OF_PASSAGE))] = math.nan
    return np.hstack(
        [own, _support(candidates, own[:, _OF_PASSAGE.index("best_sentence_meaning")])]
    )


def _support(candidates: Sequence[Candidate], meaning: Matrix) -> Matrix:
    """What the other candidates of the same article say for it; shape (candidates, 2).

    How many there are (log of one more), and the best meaning among them, or the least of all
    where there are none: an article about the matter is proposed more than once.
    """
    articles = [candidate.passage.article.id for candidate in candidates]
    support = np.empty((len(articles), 2))
    for place, article in enumerate(articles):
        others = [i for i, other in enumerate(articles) if other == article and i != place]
        best = max((meaning[i] for i in others), default=meaning.min())
        support[place] = math.log1p(len(others)), best
    return support


def _passage_row(
    asked: Asked, candidate: Candidate, lowest: float, best_keywords: float, best_fused: float
) -> list[float]:
    passage = candidate.passage
    article = passage.article
    sentences = term_sets(passage.sentence_texts())
    words = frozenset().union(*sentences)
    title = term_set(article.title)
    cosine = candidate.vector_score if candidate.vector_score is not None else lowest
    foreign = asked.is_foreign(article)
    wording = asked.wording(article)
    terms = wording.terms
    names_missing = _names_missing(wording, passage, words | title, foreign=foreign)
    meaning = asked.scale.of(cosine, across=foreign)
    of_sentences = asked.scale.of(passage.sentence_vectors @ asked.vector, across=foreign)
    return [
        meaning,
        float(of_sentences.max()) if of_sentences.size else meaning,
        (candidate.keyword_score or 0.0) / best_keywords,
        candidate.fused / best_fused,
        terms.share(words),
        terms.share(title),
        max((terms.share(present) for present in sentences), default=0.0),
        names_missing,
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
    foreign = asked.is_foreign(passage.article)
    wording = asked.wording(passage.article)
    terms = wording.terms
    meaning = asked.scale.of(passage.sentence_vectors @ asked.vector, across=foreign)
    whole = candidate.vector_score
    shares = _shares(reading)
    names_missing = _names_missing(wording, passage, words | title, foreign=foreign)
    rows = []
    for i, (text, present) in enumerate(zip(texts, sets, strict=True)):
        around = present.union(*sets[max(0, i - 1) : i + 2])
        rows.append(
            [
                float(meaning[i]),
                asked.scale.of(whole, across=foreign) if whole is not None else math.nan,
                terms.share(present),
                terms.share(around | title),
                terms.share(words),
                terms.share(title),
                names_missing,
                passage_score,
                *(_found(asked, text) if asked.kind in kinds else math.nan for kinds in _SORTS),
                len(present.difference(terms.terms)) / (len(present) + 1.0),
                math.log1p(len(text)),
                1.0 if passage.ordinal == 0 and i == 0 else 0.0,
                1.0 if text.rstrip("”\"»’' )").endswith(("?", "？", "؟")) else 0.0,
                reading.log_odds[i] if reading else math.nan,
                shares[i] if shares is not None else math.nan,
                _fit(asked, passage, reading, i),
                counted_found(wording.text, present),
                rest_found(terms, present),
                rest_found(terms, around | title),
                negated(wording.text, terms, text),
            ]
        )
    found = np.array(rows, dtype=np.float64).reshape(len(rows), len(SENTENCE_FEATURES))
    if foreign:
        found[:, _columns_of_words(SENTENCE_FEATURES)] = math.nan
    return found


def _names_missing(
    wording: Wording, passage: StoredPassage, present: frozenset[str], *, foreign: bool
) -> float:
    """In another language names are told by how they sound."""
    if foreign:
        return names_missing_across(wording.text, f"{passage.article.title}\n{passage.text}")
    return wording.terms.names_missing(present)


def _columns_of_words(names: Sequence[str]) -> list[int]:
    return [column for column, name in enumerate(names) if name in OF_WORDS]


def _fit(asked: Asked, passage: StoredPassage, reading: PassageReading | None, index: int) -> float:
    """Whether the reader's words in one sentence are of the kind asked for."""
    answer = reading.answers[index] if reading else None
    if answer is None:
        return math.nan
    sentence = Span(*passage.passage.sentences[index])
    inside = Span(answer.start - sentence.start, answer.end - sentence.start)
    return answer_fits(asked.kind, asked.unit, sentence.of(passage.article.text), inside)


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
    WITH_NAMES,
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
