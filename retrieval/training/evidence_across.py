"""What is found for questions in other languages than the articles: what confidence learns from.

Of open sets every question is asked in Russian, Ukrainian, German, French and Spanish words in turn
(retrieval.training.code_switching), and taken to be in another language whatever of it is left in
English. Few such sets are written in whole by people; `questions_across.txt` is, over the articles
that come along.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import cycle
from pathlib import Path

from corpus.article import Article
from index.store import Filter, StoreReader
from retrieval.answer import Question
from retrieval.answerer import Answerer, Stopwatch
from retrieval.certainty.confidence import confidence_features, is_told_across
from retrieval.evaluation.data_set import KnownQuestion
from retrieval.evidence.candidates import PROPOSED_BY_EACH, Candidate
from retrieval.evidence.features import Asked
from retrieval.evidence.linear_model import Matrix
from retrieval.progress import Progress, Unwatched
from retrieval.training.code_switching import LANGUAGES, CodeSwitching
from retrieval.training.evidence_cases import sentence_is_right
from retrieval.training.named_sets import NamedQuestions

WRITTEN = Path(__file__).parent / "questions_across.txt"
WRITTEN_ASKED = date(2024, 9, 10)
QUOTED = 3
MOST_ARTICLES = 100_000


@dataclass(frozen=True, slots=True)
class AskedAcross(Asked):
    """A question that is in another language than every article, half switched as it may be."""

    def is_foreign(self, article: Article) -> bool:
        """Always."""
        return True


class AnswererAcross(Answerer):
    """Takes every question to be in another language."""

    def candidates(
        self, question: Question, watch: Stopwatch, progress: Progress, k: int = PROPOSED_BY_EACH
    ) -> tuple[Asked, list[Candidate]]:
        """The question as it was understood, but foreign, and the passages proposed."""
        asked, found = super().candidates(question, watch, progress, k)
        return AskedAcross(**{one.name: getattr(asked, one.name) for one in fields(asked)}), found


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row of CONFIDENCE_FEATURES, and whether one of the three best sentences is right."""

    known: KnownQuestion
    features: Matrix
    right: bool


def evidence(answerer: Answerer, known: KnownQuestion, *, closed: bool) -> Evidence | None:
    """The evidence for one question; None where nothing was read, as for a yes or a no."""
    asked_of = known.article_ids if closed else frozenset()
    question = Question(text=known.text, asked=known.asked, article_ids=asked_of)
    ranked = answerer.rank(question, Stopwatch(), Unwatched())
    if not ranked.sentences or not is_told_across(ranked.asked, ranked.sentences):
        return None
    right = any(sentence_is_right(known, one) for one in ranked.sentences[:QUOTED])
    return Evidence(known, confidence_features(ranked.sentences)[0], right)


def switched_evidence(
    answerer: Answerer, named: NamedQuestions, chance: random.Random
) -> Iterator[Evidence]:
    """The evidence for each question of a set, in words of one language after the other."""
    switching = CodeSwitching(chance)
    for known, language in zip(named.questions, cycle(LANGUAGES)):
        switched = replace(known, text=switching.in_language(known.text, language))
        one = evidence(answerer, switched, closed=named.closed)
        if one is not None:
            yield one


def written_evidence(answerer: Answerer, store: StoreReader) -> Iterator[Evidence]:
    """The evidence for the questions of WRITTEN, whose articles are in the store."""
    summaries, _ = store.articles(Filter(), limit=MOST_ARTICLES)
    everywhere = frozenset(one.id for one in summaries)
    for known in written_questions(everywhere):
        one = evidence(answerer, known, closed=False)
        if one is not None:
            yield one


def written_questions(articles: frozenset[str]) -> Iterator[KnownQuestion]:
    """The questions of WRITTEN; any of `articles` may answer one."""
    for number, line in enumerate(WRITTEN.read_text(encoding="utf-8").splitlines()):
        if line.startswith("#"):
            continue
        text, _, answer = (part.strip() for part in line.partition("|"))
        yield KnownQuestion(
            id=f"written-{number}",
            text=text,
            answers=(answer,) if answer else (),
            article_ids=articles,
            evidence=(),
            answerable=bool(answer),
            kind="written",
            asked=WRITTEN_ASKED,
        )
