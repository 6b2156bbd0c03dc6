"""Questions with known answers, as the features and labels that evidence weights learn from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpus.article import Span
from index.store import StoredPassage
from retrieval.answer import Question
from retrieval.answerer import Answerer, Stopwatch
from retrieval.evaluation.data_set import KnownQuestion
from retrieval.evaluation.matching import holds_answer, places, same_sentence
from retrieval.evidence.features import Asked, passage_features
from retrieval.evidence.linear_model import LinearModel
from retrieval.evidence.ranked import RankedPassage, RankedSentence
from retrieval.evidence.ranking import PASSAGES_RANKED, EvidenceRanker, SentenceModels
from retrieval.progress import Unwatched
from retrieval.reading.readings import Readers
from retrieval.training.fitting import Group


@dataclass(frozen=True, slots=True)
class Found:
    """A question, what it was understood as, and its candidates in the order of the searches."""

    known: KnownQuestion
    asked: Asked
    candidates: Sequence[RankedPassage]


def equal_weights(names: Sequence[str], only: str) -> LinearModel:
    """A model before any training: one feature, taken as it is."""
    size = len(names)
    weights = np.zeros(size)
    weights[list(names).index(only)] = 1.0
    return LinearModel(tuple(names), np.zeros(size), np.ones(size), weights, 0.0)


def find(answerer: Answerer, known: KnownQuestion, *, closed: bool) -> Found:
    """Search for one question; `closed` restricts it to the articles it is about."""
    question = Question(
        text=known.text,
        asked=known.asked,
        article_ids=known.article_ids if closed else frozenset(),
    )
    asked, candidates = answerer.candidates(question, Stopwatch(), Unwatched())
    return Found(known, asked, [RankedPassage(one, 0.0) for one in candidates])


def passage_group(found: Found) -> Group | None:
    """The candidates of a question and which of them hold an answer."""
    near = [one.candidate for one in found.candidates[:PASSAGES_RANKED]]
    if not near:
        return None
    right = np.array([_passage_is_right(found.known, one.passage) for one in near])
    return Group(passage_features(found.asked, near), right)


def ranked_sentences(
    found: Found, passages: LinearModel, sentences: LinearModel, readers: Readers
) -> list[RankedSentence]:
    """The competing sentences of a question under some weights."""
    ranker = EvidenceRanker(passages, SentenceModels(sentences, sentences), readers)
    candidates = [one.candidate for one in found.candidates]
    return ranker.rank_sentences(found.asked, ranker.rank_passages(found.asked, candidates))


def first_features(sentence: RankedSentence) -> Sequence[float]:
    """A row of SENTENCE_FEATURES."""
    return sentence.features


def sentence_group(
    known: KnownQuestion,
    ranked: Sequence[RankedSentence],
    features: Callable[[RankedSentence], Sequence[float]] = first_features,
) -> Group | None:
    """The competing sentences of a question and which of them answer."""
    if not ranked:
        return None
    return Group(
        np.array([features(sentence) for sentence in ranked]),
        np.array([sentence_is_right(known, sentence) for sentence in ranked]),
    )


def sentence_is_right(known: KnownQuestion, sentence: RankedSentence) -> bool:
    """Whether a sentence is a gold one, or, where none are known, holds an accepted answer."""
    article = sentence.candidate.passage.article
    if not known.answerable or article.id not in known.article_ids:
        return False
    gold = _gold(article.text, known.evidence)
    if gold:
        return any(same_sentence(sentence.span, span) for span in gold)
    return holds_answer(sentence.text, known.answers)


def _passage_is_right(known: KnownQuestion, passage: StoredPassage) -> bool:
    if not known.answerable or passage.article.id not in known.article_ids:
        return False
    gold = _gold(passage.article.text, known.evidence)
    if gold:
        held = passage.passage
        return any(span.start < held.end and held.start < span.end for span in gold)
    return holds_answer(passage.text, known.answers)


@lru_cache(maxsize=4096)
def _gold(text: str, evidence: tuple[str, ...]) -> tuple[Span, ...]:
    return tuple(span for sentence in evidence for span in places(sentence, text)[:1])


def folds(questions: Sequence[KnownQuestion], count: int) -> Iterator[tuple[set[str], set[str]]]:
    """Question ids to learn from and to test on, no article being in both."""
    articles = sorted({min(one.article_ids, default=one.id) for one in questions})
    for fold in range(count):
        held_out = set(articles[fold::count])
        test = {one.id for one in questions if min(one.article_ids, default=one.id) in held_out}
        yield {one.id for one in questions} - test, test
