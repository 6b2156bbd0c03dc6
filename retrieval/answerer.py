"""The way of a question: understood, searched, ranked, read, and answered or honestly not."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from index.embedding.embedder import Embedder, Vectors
from index.store import Filter, StoredPassage, StoreReader
from retrieval.answer import Answer, Question
from retrieval.certainty.asked_speaker import asked_speaker, words_of
from retrieval.certainty.confidence import ConfidenceModels, confidence
from retrieval.certainty.contraries import CONTRARY, is_contrary, set_back
from retrieval.certainty.counts import counting
from retrieval.certainty.ends_told import asked_end, told_by
from retrieval.certainty.own_evidence import own_evidence
from retrieval.certainty.reasons import giving_reasons
from retrieval.certainty.years_told import asked_years, telling_of
from retrieval.conversation.follow_ups import standalone, stands_alone
from retrieval.evidence.candidates import PROPOSED_BY_EACH, Candidate, Searches, gather
from retrieval.evidence.features import Asked, Wording
from retrieval.evidence.linear_model import probability
from retrieval.evidence.quotes import ReadArticle, nearest_passages, read_article
from retrieval.evidence.ranked import RankedPassage, RankedSentence
from retrieval.evidence.ranking import EvidenceRanker
from retrieval.evidence.similarity_scale import PACKAGED_SCALE, SimilarityScale
from retrieval.evidence.stated_ages import asked_age, telling_age
from retrieval.notes import NOTHING_MORE
from retrieval.progress import Progress, Unwatched
from retrieval.question.answer_kinds import answer_kind
from retrieval.question.markup import without_markup
from retrieval.question.units import unit_asked
from retrieval.selection.already_shown import shown_before, unheard, unseen
from retrieval.selection.choosing import Selection, select
from retrieval.time.event_times import event_time
from retrieval.time.time_expressions import TimeReference, read_time, without_time
from retrieval.time.timeliness import Timeliness
from retrieval.words.capitals import NOUNS_ARE_CAPITALISED, lacks_capitals, with_capitals
from retrieval.words.question_terms import QuestionTerms, question_terms
from retrieval.words.shouting import unshouted

NEAREST_SHOWN = 3
HEARD = 60
"""So many of the best sentences are looked at for who speaks in them, where that is asked."""


@dataclass(slots=True)
class Stopwatch:
    """Milliseconds spent in each named stage."""

    started: float = field(default_factory=time.perf_counter)
    stages: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens inside."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            spent = (time.perf_counter() - begun) * 1000
            self.stages[name] = self.stages.get(name, 0.0) + spent

    @property
    def total(self) -> float:
        """Milliseconds since the start."""
        return (time.perf_counter() - self.started) * 1000


@dataclass(frozen=True, slots=True)
class Ranked:
    """Everything that was found for a question, best first, without what is `shown` already."""

    asked: Asked
    passages: Sequence[RankedPassage]
    sentences: Sequence[RankedSentence]
    shown: tuple[str, ...] = ()


class Answerer:
    """Answers questions from one store. Holds no state of its own: safe for many threads."""

    def __init__(
        self,
        store: StoreReader,
        embedder: Embedder,
        ranker: EvidenceRanker,
        confidence_models: ConfidenceModels,
        *,
        threshold: float,
        searches: Searches | None = None,
        scale: SimilarityScale = PACKAGED_SCALE,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._ranker = ranker
        self._confidence_models = confidence_models
        self._threshold = threshold
        self._searches = searches or Searches()
        self._scale = scale

    def answer(self, question: Question, progress: Progress | None = None) -> Answer:
        """Quotes that answer, or none and the nearest passages. Cancelled may be raised.

        The marks of a page that a question was pasted with are not asked, nor is it shouted.
        """
        answer = self._answer_in_turn(_plain(question), progress or Unwatched())
        return replace(answer, question=question.text)

    def _answer_in_turn(self, question: Question, progress: Progress) -> Answer:
        """Where the conversation says nothing to a follow-up that may stand alone: asked alone."""
        watch = Stopwatch()
        answer = self._answer(question, watch, progress)
        if answer.answered or not answer.is_reworded or not stands_alone(question.text):
            return answer
        alone = self._answer(replace(question, history=()), watch, progress)
        return alone if alone.answered else replace(answer, took_ms=watch.total)

    def _answer(self, question: Question, watch: Stopwatch, progress: Progress) -> Answer:
        ranked = self.rank(question, watch, progress)
        progress.check()
        with watch.stage("decide"):
            certainty = self._certainty(ranked)
        with watch.stage("quote"):
            answered = certainty >= self._threshold and bool(ranked.sentences)
            selection = (
                select(
                    self._store,
                    ranked.asked,
                    ranked.sentences,
                    question.max_quotes,
                    ranked.shown,
                )
                if answered
                else Selection(notes=(NOTHING_MORE,) if ranked.shown else ())
            )
            for quote in selection.quotes:
                progress.quoted(quote)
        return Answer(
            question=question.text,
            standalone_question=ranked.asked.text,
            answered=answered,
            confidence=certainty,
            quotes=selection.quotes,
            nearest=() if answered else nearest_passages(ranked.passages, NEAREST_SHOWN),
            sides=selection.sides,
            generation=ranked.asked.generation,
            took_ms=watch.total,
            stages=watch.stages,
            notes=selection.notes,
        )

    def _certainty(self, ranked: Ranked) -> float:
        if not ranked.sentences:
            return 0.0
        best = ranked.sentences[0]
        besides = own_evidence(ranked.asked, best, self._read)
        besides += CONTRARY if is_contrary(ranked.asked, best) else 0.0
        return confidence(self._confidence_models, ranked.asked, ranked.sentences, besides)

    def rank(self, question: Question, watch: Stopwatch, progress: Progress) -> Ranked:
        """Passages and sentences for a question, before anything is decided."""
        asked, found = self.candidates(question, watch, progress)
        with watch.stage("rank"):
            passages = self._ranker.rank_passages(asked, found)
            progress.retrieved([one.candidate.passage for one in passages])
        progress.check()
        with watch.stage("read"):
            sentences = self._ranker.rank_sentences(asked, passages)
            speaker = asked_speaker(asked.text)
            if speaker is not None:
                sentences = words_of(speaker, sentences[:HEARD], self._read)
            age = asked_age(asked.text)
            if age is not None:
                sentences = telling_age(age, sentences)
            years = asked_years(asked.text, question.asked)
            if years is not None:
                sentences = telling_of(years, sentences)
            sentences = giving_reasons(asked.kind, counting(asked.text, sentences))
            sentences = set_back(asked, sentences)
            end = asked_end(asked.text, question.asked)
            if end is not None:
                sentences = told_by(end, sentences)
        shown = shown_before(question.text, question.history)
        if shown:
            passages, sentences = unseen(passages, shown), unheard(sentences, shown)
        return Ranked(asked, passages, sentences, shown)

    def _read(self, sentence: RankedSentence) -> ReadArticle:
        return read_article(self._store, sentence)

    def candidates(
        self, question: Question, watch: Stopwatch, progress: Progress, k: int = PROPOSED_BY_EACH
    ) -> tuple[Asked, list[Candidate]]:
        """A question as it was understood, and the passages that the searches propose."""
        with watch.stage("understand"):
            text = standalone(question.text, question.history, longest=question.max_characters)
        with watch.stage("embed"):
            vector = self._embedder.embed_questions([text])[0]
        progress.check()
        with watch.stage("search"):
            asked = self._understand(question, text, vector)
            where = _filter_of(question)
            found = gather(
                self._store, text, vector, where, self._searches, asked.time.recent(where), k
            )
            asked = self._with_names(asked, question, found)
        progress.check()
        return asked, found

    def _with_names(self, asked: Asked, question: Question, found: Sequence[Candidate]) -> Asked:
        """The question with names as the articles write them, where it was typed without capitals.

        Whose words are asked for, and whom a sentence is about, is told by names.
        """
        if not lacks_capitals(asked.text):
            return asked
        passages = [one.passage for one in found]
        texts = [one.text for one in passages if one.article.language not in NOUNS_ARE_CAPITALISED]
        spelt = with_capitals(asked.text, texts)
        return asked if spelt == asked.text else self._understand(question, spelt, asked.vector)

    def search(self, text: str, k: int, where: Filter) -> list[tuple[StoredPassage, float]]:
        """The best `k` passages and the probability (0 to 1) that each holds an answer."""
        question = Question(
            text=text,
            asked=date.today(),
            since=where.since,
            until=where.until,
            sources=where.sources,
            languages=where.languages,
            article_ids=where.article_ids,
        )
        return self.search_for(question, k)

    def search_for(self, question: Question, k: int) -> list[tuple[StoredPassage, float]]:
        """As `search`, for a question that knows its day and its filters."""
        plain, proposed = _plain(question), max(k, PROPOSED_BY_EACH)
        asked, found = self.candidates(plain, Stopwatch(), Unwatched(), proposed)
        ranked = self._ranker.rank_passages(asked, found)[:k]
        return [(one.candidate.passage, probability(one.log_odds)) for one in ranked]

    def _understand(self, question: Question, text: str, vector: Vectors) -> Asked:
        status = self._store.status()
        terms = question_terms(text, self._store, status.passages)
        named = read_time(text, question.asked)
        return Asked(
            text=text,
            vector=vector,
            terms=terms,
            kind=answer_kind(text),
            unit=unit_asked(text),
            time=Timeliness(
                question.asked,
                named or event_time(text, question.asked, self._store),
            ),
            generation=status.generation,
            scale=self._scale,
            undated=_undated(text, terms, named),
        )


def _plain(question: Question) -> Question:
    """The question without the marks of a page and without shouting."""
    return replace(question, text=unshouted(without_markup(question.text)))


def _undated(text: str, terms: QuestionTerms, named: TimeReference | None) -> Wording | None:
    """The question without the time it names; None where it names none, or nothing else."""
    if named is None:
        return None
    rest = without_time(text, named)
    kept = terms.within(rest)
    return Wording(rest, kept) if kept.terms else None


def _filter_of(question: Question) -> Filter:
    return Filter(
        since=question.since,
        until=question.until,
        sources=question.sources,
        languages=question.languages,
        article_ids=question.article_ids,
    )
