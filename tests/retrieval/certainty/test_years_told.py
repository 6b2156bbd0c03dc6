"""What was written before the year asked about."""

from __future__ import annotations

from datetime import date

import pytest

from bot.composition import Parts
from retrieval.answer import Answer, Question
from retrieval.certainty.years_told import asked_years

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("Who won the regatta in 2024?", 2024, 2024),
        ("Who won the 2024 Halvern regatta?", 2024, 2024),
        ("What happened on 3 May 2025?", 2025, 2025),
        ("Who has won the regatta since 2023?", 2023, 9999),
        ("Who won between 2021 and 2024?", 2021, 2024),
        ("Where will the regatta of 2029 be held?", 2029, 2029),
        ("Кто выиграл регату в 2024 году?", 2024, 2024),
    ],
)
def test_the_years_that_are_asked_about(question: str, first: int, last: int) -> None:
    assert asked_years(question, TODAY) == range(first, last + 1)


@pytest.mark.parametrize(
    "question",
    [
        "Who won the regatta?",
        "Who won the regatta in May?",
        "Who won the regatta last year?",
        "Who won the regatta before 2024?",
        "Who bought 2030 oars?",
        "How many of the 2100 employees were laid off?",
        "Who had to pay a fine of 2100 euros?",
        "Who was jailed for 2030 days?",
    ],
)
def test_other_questions_ask_about_no_year(question: str) -> None:
    assert asked_years(question, TODAY) is None


def ask(parts: Parts, question: str) -> Answer:
    return parts.answerer.answer(Question(question, TODAY))


def test_articles_of_an_earlier_year_do_not_tell_of_a_later_one(sample_parts: Parts) -> None:
    told = ask(sample_parts, "Who won the Essling Chess Open in 2023?")
    assert told.answered
    later = ask(sample_parts, "Who won the Essling Chess Open in 2025?")
    assert not later.answered
    assert later.nearest[0].article.title == told.quotes[0].article.title


def test_the_year_to_come_is_told_of_before_it(sample_parts: Parts) -> None:
    question = "When do St Brannoc’s Infirmary and the Eastgate Clinic become one hospital in {}?"
    told = ask(sample_parts, question.format(2024))
    assert told.answered
    assert "April 1 next year" in told.quotes[0].text
    assert told.quotes[0].article.published == date(2023, 9, 8)
    assert not ask(sample_parts, question.format(2025)).answered
