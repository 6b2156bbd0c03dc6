"""Sentences that tell the contrary of what is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.composition import Parts
from corpus.article import Article, Passage, Span
from index.store import StoredPassage
from retrieval.answer import Question
from retrieval.answerer import Stopwatch
from retrieval.certainty.contraries import is_contrary
from retrieval.evidence.candidates import Candidate
from retrieval.evidence.ranked import RankedSentence
from retrieval.progress import Unwatched
from retrieval.question.answer_kinds import answer_kind
from retrieval.words.opposites import opposites, tells_contrary


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why did rents in Halvern fall?", "Rents in Halvern rose by a third."),
        ("Why did the court uphold the ban?", "The court overturned the ban on Friday."),
        ("When was the mill opened?", "The mill was closed in 1987."),
        ("Which is the largest lake?", "The smallest lake is the Oss."),
        ("Why did the council approve the plan?", "The council rejected the plan."),
    ],
)
def test_an_opposite_instead_of_the_word_is_the_contrary(question: str, sentence: str) -> None:
    assert tells_contrary(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why did rents in Halvern fall?", "Rents fell though wages rose."),
        ("Did rents rise or fall?", "Rents rose by a third."),
        ("Why did rents in Halvern fall?", "A new estate was built."),
        ("Who spoke after the match?", "Before the match, Berg spoke."),
        ("Who bought the mill in 2005?", "In 2005 the mill was sold to Lindum."),
        ("Who won the match at Tarn?", "Rovers lost the match at Tarn to United."),
        ("What lies under the bridge?", "Boats lie over the old wreck."),
        ("How many missiles did North Korea fire?", "It fired two, South Korea’s military said."),
        ("Who is the mayor of New York?", "The 34-year-old engineer was sworn in as mayor."),
        ("How old is the mayor?", "The new mayor, Anna Berg, is 34."),
        ("How long did the war last?", "It was the first war in the south."),
    ],
)
def test_the_word_itself_or_both_or_neither_is_no_contrary(question: str, sentence: str) -> None:
    assert not tells_contrary(question, sentence)


def test_opposites_go_both_ways() -> None:
    for word, others in opposites().items():
        assert others
        assert all(word in opposites()[other] for other in others if other in opposites())


words = st.sampled_from(["rise", "fall", "rents", "approve", "reject", "Halvern", "not", "open"])


@given(st.lists(words, max_size=6), st.lists(words, max_size=6))
def test_a_sentence_with_all_words_of_the_question_is_never_contrary(
    asked: list[str], more: list[str]
) -> None:
    assert not tells_contrary(" ".join(asked), " ".join([*asked, *more]))


ASKED = date(2024, 9, 10)


def test_a_question_that_turns_the_facts_round_is_less_certain(sample_parts: Parts) -> None:
    answerer = sample_parts.answerer
    told = answerer.answer(Question("When was the heat record of Halvern broken?", ASKED))
    turned = answerer.answer(Question("When was the cold record of Halvern broken?", ASKED))
    assert turned.confidence < told.confidence


@pytest.mark.parametrize(
    ("question", "is_less_likely"),
    [
        ("Why did the tram line open late?", True),
        ("The tram line opened in 1987", False),
        ("True or false: the tram line opened in 1987", False),
        ("The tram line opened in 1987, right?", False),
    ],
)
def test_only_what_asks_is_contradicted(
    sample_parts: Parts, question: str, is_less_likely: bool
) -> None:
    watch, told = Stopwatch(), "The tram line closed in 1987."
    any_question = Question("Who is the mayor?", ASKED)
    asked, _ = sample_parts.answerer.candidates(any_question, watch, Unwatched())
    asked = replace(asked, text=question, kind=answer_kind(question), undated=None)
    article = Article("a", "Title", told, "a", language="en")
    passage = Passage(0, len(told), (Span(0, len(told)),))
    stored = StoredPassage(1, 0, passage, article, "a", np.zeros((1, 2), np.float32))
    sentence = RankedSentence(Candidate(stored, 1, 1.0, 1, 1.0), 0, 0.0, (), None)
    assert is_contrary(asked, sentence) is is_less_likely
