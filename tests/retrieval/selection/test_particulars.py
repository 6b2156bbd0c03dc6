"""Names, numbers and days of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.selection.particulars import are_of_like_days, are_of_other_halves, particulars


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("on Tuesday", "on Thursday"),
        ("5 May", "5 June"),
        ("Jan. 5", "Feb. 5"),
        ("5 a.m.", "5 p.m."),
        ("5am", "5pm"),
        ("до вторника", "до четверга"),
        ("у п’ятницю", "у неділю"),
        ("am Dienstag", "am Donnerstag"),
        ("le 5 mars", "le 5 avril"),
        ("el 5 de mayo", "el 5 de abril"),
    ],
)
def test_other_days(first: str, second: str) -> None:
    assert not are_of_like_days(first, second)
    assert not are_of_like_days(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("on Tuesday", "in the town"),
        ("on Tuesday, 5 May", "on 5 May"),
        ("в среду", "среди них"),
        ("in January", "Jan. 5"),
        ("вторник", "on Tuesday"),
        ("they may march", "in April"),
    ],
)
def test_like_days(first: str, second: str) -> None:
    assert are_of_like_days(first, second)
    assert are_of_like_days(second, first)


def test_only_the_same_hour_is_of_another_half() -> None:
    assert are_of_other_halves("from 5 a.m.", "from 5 p.m. on")
    assert not are_of_other_halves("from 5 a.m.", "from 6 p.m. on")
    assert not are_of_other_halves("from 5 a.m. to 5 p.m.", "from 5 p.m. on")
    assert not are_of_other_halves("from 5", "from 5 p.m. on")


def test_names_and_numbers_are_particulars() -> None:
    assert particulars("Anna Berg paid $5 million.") == {"anna", "berg", "5", "5e+06$"}


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read(first: str, second: str) -> None:
    particulars(first)
    assert are_of_like_days(first, first)
    assert are_of_like_days(first, second) == are_of_like_days(second, first)
    assert are_of_other_halves(first, second) == are_of_other_halves(second, first)
    assert not are_of_other_halves(first, first)
