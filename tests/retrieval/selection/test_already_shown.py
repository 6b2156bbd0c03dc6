""" "What else?" shows what the conversation has not shown yet, or says that there is nothing."""

from __future__ import annotations

from datetime import date

import pytest

from bot.composition import Parts
from retrieval.answer import Answer, Question, Turn
from retrieval.notes import NOTHING_MORE
from retrieval.selection.already_shown import asks_for_more, is_shown

TODAY = date(2024, 9, 10)
LEAST_ROUNDS = 6
BORDER = "Did Ukraine send 120,000 troops to the border?"


@pytest.mark.parametrize(
    "question",
    [
        "What else?",
        "and what else",
        "Anything more?",
        "Is there anything else?",
        "Tell me more!",
        "What else did he say?",
        "Who else denied it?",
        "Что ещё?",
        "А что еще он сказал?",
        "Що ще?",
        "А хто ще?",
        "Was noch?",
    ],
)
def test_asking_for_more(question: str) -> None:
    assert asks_for_more(question)


@pytest.mark.parametrize(
    "question",
    [
        "Is that true?",
        "What happened?",
        "How much more does bread cost?",
        "Tell me more about bread",
        "More soldiers were sent where?",
        "Ещё раз: кто победил?",
        "",
    ],
)
def test_not_asking_for_more(question: str) -> None:
    assert not asks_for_more(question)


def test_a_text_is_shown_whole_in_a_longer_one_or_said_again() -> None:
    began = "It began in a bakery near the old fish market on Monday evening"
    shown = (f"The fire in Halvern killed 9 people. {began}.",)
    assert is_shown("It began in a bakery\n near the old fish market", shown)
    assert is_shown(f"{began}, too.", shown)
    assert not is_shown("The fire in Halvern killed 14 people.", shown)
    assert not is_shown(began, ())


def turn(answer: Answer) -> Turn:
    return Turn(
        answer.question,
        answer.standalone_question,
        answer.answered,
        shown=tuple(quote.text for quote in answer.quotes),
    )


def test_what_else_repeats_no_quote_and_ends_honestly(sample_parts: Parts) -> None:
    history: list[Turn] = []
    seen: list[str] = []
    question = BORDER
    for _ in range(LEAST_ROUNDS * 4):
        answer = sample_parts.answerer.answer(Question(question, TODAY, tuple(history)))
        quotes = [quote.text for quote in answer.quotes]
        assert not any(is_shown(text, seen) for text in quotes)
        seen += quotes
        history.append(turn(answer))
        question = "What else?"
        if not answer.answered:
            break
    assert len(history) > 1
    assert not answer.answered
    assert NOTHING_MORE in answer.notes
    assert answer.standalone_question == BORDER
    for near in answer.nearest:
        assert not any(earlier in near.text for earlier in seen)


def test_without_asking_for_more_the_same_is_shown_again(sample_parts: Parts) -> None:
    first = sample_parts.answerer.answer(Question(BORDER, TODAY))
    again = sample_parts.answerer.answer(Question("Is that true?", TODAY, (turn(first),)))
    assert again.standalone_question == BORDER
    assert [quote.text for quote in again.quotes] == [quote.text for quote in first.quotes]
    assert again.notes == first.notes
