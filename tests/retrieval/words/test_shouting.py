"""Questions in capitals throughout."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.composition import Parts
from retrieval.answer import Question, Turn
from retrieval.conversation.follow_ups import standalone
from retrieval.words.shouting import unshouted


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("WHAT DID BERG SAY ABOUT THE DRONES?", "What did berg say about the drones?"),
        ("WHO DENIED IT?", "Who denied it?"),
        ("WHAT DID THE WHO SAY?", "What did the WHO say?"),
        ("IS THE US IN UKRAINE?", "Is the US in Ukraine?"),
        ("WILL IT HELP US?", "Will it help us?"),
        ("ЧТО СКАЗАЛ МЭР ОБ УКРАИНЕ?", "Что сказал мэр об Украине?"),
        ("¿QUÉ DIJO EL ALCALDE?", "¿Qué dijo el alcalde?"),
        ("NATO EU", "NATO EU"),
        ("WHO?", "WHO?"),
        ("What did BERG say?", "What did BERG say?"),
        ("", ""),
    ],
)
def test_what_is_all_in_capitals_is_read_in_small_letters(question: str, plain: str) -> None:
    assert unshouted(question) == plain


@given(st.text(max_size=100))
def test_only_the_size_of_letters_changes(question: str) -> None:
    assert unshouted(question).casefold() == question.casefold()
    assert question.isupper() or unshouted(question) == question


def test_a_shouted_question_is_answered_as_the_ordinary_one(sample_parts: Parts) -> None:
    ordinary = "Who won the Essling Chess Open?"
    day = date(2024, 9, 10)
    told = sample_parts.answerer.answer(Question(ordinary.upper(), day))
    assert told.answered
    assert told.question == ordinary.upper()
    plain = sample_parts.answerer.answer(Question(ordinary, day))
    assert told.quotes[0].text == plain.quotes[0].text


def test_a_shouted_follow_up_is_completed() -> None:
    sent = "Did Ukraine send 120,000 troops to the border?"
    completed = standalone("WHO DENIED IT?", [Turn(sent, sent, True)])
    assert completed == standalone("Who denied it?", [Turn(sent, sent, True)])
    assert "troops" in completed
