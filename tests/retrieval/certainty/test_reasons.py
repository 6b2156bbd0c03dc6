"""Sentences that cannot tell why: all that a reader finds in them is a day or a figure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Passage, Span
from corpus.sentences import split_sentences
from index.store import StoredPassage
from retrieval.certainty.reasons import giving_reasons, is_bare
from retrieval.evidence.candidates import Candidate
from retrieval.evidence.ranked import RankedSentence
from retrieval.question.answer_kinds import AnswerKind


@pytest.mark.parametrize("words", ["Sunday", "2007", "85%", "his 85%", "12 March 2020"])
def test_a_day_or_a_figure_is_bare(words: str) -> None:
    assert is_bare(words)


@pytest.mark.parametrize(
    "words", ["inertia", "for safety", "to save 12 jobs in the port", "the storm of 2007"]
)
def test_what_may_be_a_reason_is_not(words: str) -> None:
    assert not is_bare(words)


def found(text: str, answer: str | None) -> RankedSentence:
    spans = tuple(split_sentences(text))
    passage = Passage(0, len(text), spans)
    vectors = np.zeros((len(spans), 2), np.float32)
    stored = StoredPassage(1, 0, passage, Article("a", "Title", text, "a"), "a", vectors)
    start = text.index(answer) if answer else 0
    place = Span(start, start + len(answer)) if answer else None
    return RankedSentence(Candidate(stored, 1, 1.0, 1, 1.0), 0, 0.0, (), place)


BEATEN = "Carlos Berg won after he had beaten Jan Lund on Sunday."


def test_a_day_is_no_reason_and_answers_when() -> None:
    sentence = found(BEATEN, "Sunday")
    assert giving_reasons(AnswerKind.REASON, [sentence]) == []
    assert giving_reasons(AnswerKind.TIME, [sentence]) == [sentence]


def test_a_sentence_that_gives_a_reason_stays_whatever_the_reader_found() -> None:
    sentence = found("The mill closed on Sunday because the river was low.", "Sunday")
    assert giving_reasons(AnswerKind.REASON, [sentence]) == [sentence]


def test_what_was_not_read_stays() -> None:
    sentence = found(BEATEN, None)
    assert giving_reasons(AnswerKind.REASON, [sentence]) == [sentence]


@given(st.text(max_size=200))
def test_any_words_are_told(words: str) -> None:
    assert is_bare(words) in {True, False}
