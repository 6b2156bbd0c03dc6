"""Passages and sentences with what is known of them, from ranking on."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.article import Span
from retrieval.evidence.candidates import Candidate


@dataclass(frozen=True, slots=True)
class CloseReading:
    """A reader's log-odds: of a sentence among its neighbours, of all of them, and of it alone."""

    sentence: float
    close_up: float
    alone: float


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A candidate with the log-odds that it holds an answer."""

    candidate: Candidate
    log_odds: float


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence with the log-odds that it answers, and the features that say so.

    `index` counts within the passage; `answer` is the place of the answering words in the
    article, where a reader was asked; `closely` what it said of a close-up, where it made one.
    """

    candidate: Candidate
    index: int
    log_odds: float
    features: tuple[float, ...]
    answer: Span | None
    closely: CloseReading | None = None

    @property
    def span(self) -> Span:
        """The sentence's place in its article."""
        return Span(*self.candidate.passage.passage.sentences[self.index])

    @property
    def text(self) -> str:
        """The sentence as it stands in its article."""
        return self.span.of(self.candidate.passage.article.text)
