"""Which words tell two alike sentences apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.disputes.distinctions import are_told_apart
from retrieval.words.word_lists import word_lists


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The bridge is safe.", "The bridge is unsafe."),
        ("The drug is effective.", "The drug is ineffective."),
        ("Voters approve of it.", "Voters disapprove of it."),
        ("Prices rose in May.", "Prices fell in May."),
        ("Four died.", "Four were wounded."),
        ("Погибли четверо.", "Ранены четверо."),
        ("Вакцина безопасна.", "Вакцина небезопасна."),
        ("in the second quarter", "in Q3"),
        ("in the 2nd round", "in the first round"),
        ("в первом квартале", "во втором квартале"),
        ("unemployment among women", "unemployment among men"),
        ("the share of children", "the share of adults"),
    ],
)
def test_what_is_told_apart(first: str, second: str) -> None:
    assert are_told_apart(first, second)
    assert are_told_apart(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The bridge is safe.", "The bridge is quite safe."),
        ("Income grew.", "The income of all grew."),
        ("Four died.", "Four were killed and two wounded."),
        ("Four died.", "Four of them."),
        ("in the second quarter", "in the 2nd quarter"),
        ("in the second quarter", "in the first game"),
        ("in the second quarter", "in the quarter"),
        ("women and men", "men"),
        ("", ""),
    ],
)
def test_what_is_not_told_apart(first: str, second: str) -> None:
    assert not are_told_apart(first, second)
    assert not are_told_apart(second, first)


def test_each_word_is_of_one_kind() -> None:
    for kind in ("fates", "groups", "ordinals"):
        every = [word for words in word_lists("distinctions")[kind].values() for word in words]
        assert len(every) == len(set(every))
        assert all(word == word.casefold() for word in every)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read(first: str, second: str) -> None:
    assert are_told_apart(first, second) == are_told_apart(second, first)
    assert not are_told_apart(first, first)
