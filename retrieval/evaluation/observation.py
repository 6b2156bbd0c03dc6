"""What is seen of one question: its answer held against what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from corpus.article import Article, Span
from corpus.errors import QuestionError
from index.store import StoredPassage
from retrieval.answer import Answer, Question, Quote
from retrieval.evaluation.data_set import KnownQuestion
from retrieval.evaluation.matching import holds_answer, places, same_sentence
from retrieval.evaluation.measures import first_rank
from retrieval.progress import Progress, Unwatched

QUOTES_ASKED_FOR = 3


class Answering(Protocol):
    """What is evaluated. It should quote whatever its confidence (a threshold of 0).

    What would have been quoted is needed to tell what each threshold is worth. It tells
    `progress` the passages that were found, best first.
    """

    def answer(self, question: Question, progress: Progress) -> Answer:
        """Answer one question."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One question and what came of it. Ranks count from 1; None: not found.

    `article_rank` is among the distinct articles that the search found, `quoted_article_rank`
    among those of the quotes; `answer_rank` and `evidence_rank` are the first quote that holds
    an accepted answer or a gold sentence. `closed`: the search saw only the articles that the
    question is about. `broken_quotes` describes quotes that are not what
    stands in the article at their place: there must be none.
    """

    question: KnownQuestion
    confidence: float = 0.0
    closed: bool = False
    quoted: bool = False
    article_rank: int | None = None
    quoted_article_rank: int | None = None
    answer_rank: int | None = None
    evidence_rank: int | None = None
    took_ms: float | None = None
    stages: Mapping[str, float] = field(default_factory=dict)
    broken_quotes: tuple[str, ...] = ()
    refused: str | None = None

    @property
    def right(self) -> bool:
        """Whether the quotes answer: one holds an accepted answer or a gold sentence.

        Where neither is known, only that the question can be answered: one is from the article
        that it is about, or there is any quote where no article is known either.
        """
        known = self.question
        if known.answers or known.evidence:
            found = self.answer_rank is not None or self.evidence_rank is not None
        elif known.article_ids:
            found = self.quoted_article_rank is not None
        else:
            found = self.quoted
        return known.answerable and found


class _Listener(Unwatched):
    """Remembers the distinct articles of the passages found, best first."""

    def __init__(self) -> None:
        self.article_ids: list[str] = []

    def retrieved(self, passages: Sequence[StoredPassage]) -> None:
        """Keep the last ranking told: later ones are more considered."""
        self.article_ids = list(dict.fromkeys(passage.article.id for passage in passages))


def observe(
    answering: Answering,
    known: KnownQuestion,
    stored: Callable[[str], Article | None],
    *,
    closed: bool,
) -> Observation:
    """Ask one question. `closed` lets it see only the articles that it is about.

    `stored` gives an article as the store holds it, to prove the quotes against. A question
    that is refused counts as not answered.
    """
    asked = Question(
        text=known.text,
        asked=known.asked,
        since=known.since,
        until=known.until,
        sources=known.sources,
        article_ids=known.article_ids if closed else frozenset(),
        max_quotes=QUOTES_ASKED_FOR,
    )
    listener = _Listener()
    try:
        answer = answering.answer(asked, listener)
    except QuestionError as error:
        return Observation(known, closed=closed, refused=str(error))
    quotes = answer.quotes[:QUOTES_ASKED_FOR]
    quoted_ids = list(dict.fromkeys(quote.article.id for quote in quotes))
    return Observation(
        question=known,
        confidence=answer.confidence,
        closed=closed,
        quoted=bool(quotes),
        article_rank=first_rank(identity in known.article_ids for identity in listener.article_ids),
        quoted_article_rank=first_rank(identity in known.article_ids for identity in quoted_ids),
        answer_rank=first_rank(holds_answer(quote.text, known.answers) for quote in quotes),
        evidence_rank=first_rank(_holds_evidence(quote, known.evidence) for quote in quotes),
        took_ms=answer.took_ms,
        stages=dict(answer.stages),
        broken_quotes=_broken(answer, stored),
    )


def _holds_evidence(quote: Quote, evidence: Sequence[str]) -> bool:
    """Whether a gold sentence, wherever it stands in the quoted article, is in the quote."""
    here = Span(quote.start, quote.end)
    return any(
        same_sentence(here, there)
        for sentence in evidence
        for there in places(sentence, quote.article.text)
    )


def _broken(answer: Answer, stored: Callable[[str], Article | None]) -> tuple[str, ...]:
    """Every quote shown, near misses too, held against the article in hand and the stored one."""
    faults = (_fault(quote, stored(quote.article.id)) for quote in answer.quotes + answer.nearest)
    return tuple(fault for fault in faults if fault)


def _fault(quote: Quote, stored: Article | None) -> str | None:
    place = f"{quote.article.id}[{quote.start}:{quote.end}]"
    stands = quote.article.text[quote.start : quote.end] == quote.text
    if not stands or not quote.text or quote.end - quote.start != len(quote.text):
        return f"{place} is not {quote.text[:60]!r}"
    if stored is None or stored.text[quote.start : quote.end] != quote.text:
        return f"{place} is not what the store holds there"
    highlight = quote.highlight
    if highlight and not quote.start <= highlight.start < highlight.end <= quote.end:
        return f"{place} has its highlight {tuple(highlight)} outside"
    return None
