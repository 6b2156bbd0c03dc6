from __future__ import annotations

from datetime import date

import pytest

from bot.composition import Parts
from retrieval.answer import Question
from retrieval.certainty.asked_speaker import matter_said
from retrieval.evidence.stated_ages import time_of_age

ASKED = date(2024, 9, 10)


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("What did Anna Berg say about the budget?", " about the budget?"),
        ("What does the ministry in Kyiv think?", "?"),
        ("Что сказал Лукашенко о границе?", " о границе?"),
        ("Who won?", ""),
    ],
)
def test_the_matter_is_what_follows_the_asking(question: str, matter: str) -> None:
    assert matter_said(question) == matter


@pytest.mark.parametrize(
    ("question", "time"),
    [
        ("How old is Anna Berg?", "?"),
        ("How old was Anna Berg when she won?", " when she won?"),
        ("Who won?", ""),
    ],
)
def test_the_time_of_an_age_is_what_follows_the_name(question: str, time: str) -> None:
    assert time_of_age(question) == time


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Demchenko say about Belarus?", "information"),
        ("How old is Freya Malinde?", "15-year-old"),
    ],
)
def test_own_words_and_an_age_beside_the_name_are_answers(
    sample_parts: Parts, question: str, words: str
) -> None:
    answer = sample_parts.answerer.answer(Question(question, ASKED))
    assert answer.answered
    assert any(words in quote.text for quote in answer.quotes)


@pytest.mark.parametrize(
    "question",
    [
        "What did Demchenko say about the chess tournament?",
        "What did Freya Malinde say about the ferry?",
        "How old was Freya Malinde when she learned to swim?",
        "How old is Demchenko?",
    ],
)
def test_another_matter_or_time_is_no_answer(sample_parts: Parts, question: str) -> None:
    assert not sample_parts.answerer.answer(Question(question, ASKED)).answered
