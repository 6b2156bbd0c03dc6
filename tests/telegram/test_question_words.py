"""Filters written into questions."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.question_words import FilteredQuestion, read_question

JUNE, JULY = date(2024, 6, 1), date(2024, 7, 1)
OUTLETS = ("Eastern Ledger", "Ledger")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What did Minsk say?", FilteredQuestion("What did Minsk say?")),
        ("since 2024-06-01 What did Minsk say?", FilteredQuestion("What did Minsk say?", JUNE)),
        ("What did Minsk say since 1.6.2024", FilteredQuestion("What did Minsk say", JUNE)),
        ("from 2024-06-01 to 2024-07-01: who?", FilteredQuestion("who?", JUNE, JULY)),
        ("Что сказал Минск с 01.06.2024 до 01.07.2024?",
         FilteredQuestion("Что сказал Минск?", JUNE, JULY)),
        ("Що сказав Мінськ від 2024-06-01", FilteredQuestion("Що сказав Мінськ", JUNE)),
        ("eastern ledger: who won?", FilteredQuestion("who won?", sources=frozenset({OUTLETS[0]}))),
        ("What was moved before 2024-07-01 to the border and why?",
         FilteredQuestion("What was moved before 2024-07-01 to the border and why?")),
        ("since 2024-13-45 what?", FilteredQuestion("since 2024-13-45 what?")),
    ],
)  # fmt: skip
def test_filters_are_taken_out_of_the_question(text: str, expected: FilteredQuestion) -> None:
    assert read_question(text, OUTLETS) == expected


def test_a_command_begins_with_a_bare_date() -> None:
    assert read_question("2024-06-01 who?", (), dated=True) == FilteredQuestion("who?", JUNE)
    assert read_question("2024-06-01 until 2024-07-01 who?", (), dated=True) == FilteredQuestion(
        "who?", JUNE, JULY
    )
    assert read_question("yesterday who?", (), dated=True).since is None


@given(st.text(max_size=80), st.booleans())
def test_any_text_is_read(text: str, dated: bool) -> None:
    read = read_question(text, OUTLETS, dated=dated)
    assert len(read.text) <= len(text)
