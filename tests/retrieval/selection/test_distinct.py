from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.selection.distinct import (
    Statement,
    distinct,
    resemblance,
    same_answer,
    same_words,
)


def test_the_same_sentence_is_shown_once() -> None:
    found = distinct(
        [
            Statement("Belarus is a member of the Commonwealth of Independent States.", 0.9),
            Statement("Belarus is a member of the Commonwealth of Independent States, too.", 0.8),
            Statement("Belarus has joined the Shanghai Cooperation Organization.", 0.5),
        ],
        3,
    )
    assert found == [0, 2]


def test_another_number_in_the_same_wording_is_another_answer() -> None:
    found = distinct(
        [
            Statement("The fire in Halvern killed 9 people on Monday evening.", 0.9),
            Statement("The fire in Halvern killed 14 people on Monday evening.", 0.8),
        ],
        3,
    )
    assert found == [0, 1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "The mayor of Halvern said on Friday that she will resign from her office.",
            "The mayor of Halvern said on Friday that she will not resign from her office.",
        ),
        (
            "The blast killed five people in the central market of the old town.",
            "The blast killed nine people in the central market of the old town.",
        ),
        (
            "The port lost 5 million crowns in the long strike of last winter.",
            "The port lost 5 billion crowns in the long strike of last winter.",
        ),
    ],
)
def test_a_denial_or_another_amount_in_the_same_wording_is_another_answer(
    first: str, second: str
) -> None:
    both = Statement(first, 0.9, answer="Friday"), Statement(second, 0.8, answer="Friday")
    assert not same_answer(replace(both[0], answer=None), replace(both[1], answer=None))
    assert same_answer(*both) is ("five" in first or "5" in first)


def test_the_same_answering_words_are_one_answer() -> None:
    found = distinct(
        [
            Statement("Anna Berg won the race.", 0.9, answer="Anna Berg"),
            Statement("The race was won by the sailor Anna Berg.", 0.8, answer="Anna Berg"),
        ],
        3,
    )
    assert found == [0]


def test_the_same_meaning_with_the_same_names_is_one_answer() -> None:
    vector = np.array([1.0, 0.0], dtype=np.float32)
    found = distinct(
        [
            Statement("Oslo shut the harbour.", 0.9, vector=vector),
            Statement("The port was closed down by Oslo.", 0.8, vector=vector),
        ],
        3,
    )
    assert found == [0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Anna Berg", "Anna Berg,"),
        ("the U.S.", "United States"),
        ("U.K.", "the United Kingdom"),
        ("Berg", "Anna Berg"),
        ("Anna Berg's", "Anna Berg"),
        ("21", "21 people"),
        ("$5 million", "5 million"),
        ("5%", "5%"),
        ("More than 1,100", "1,100"),
    ],
)
def test_answers_in_other_words_are_the_same(first: str, second: str) -> None:
    assert same_words(first, second)
    assert same_words(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Washington", "United States"),
        ("Cubans", "Cuba"),
        ("Sweden and Finland", "Finland"),
        ("Anna Berg", "Anna Lind"),
        ("21", "21st"),
        ("21 boats", "21 people"),
        ("March 23", "April 23"),
        ("1973", "October 1973"),
        ("$20", "$20 billion"),
        ("5%", "5 people"),
        ("5%", "5"),
        ("5 million", "5 billion"),
        ("a bridge", "bridge"),
        ("", ""),
        ("“", "…"),
    ],
)
def test_other_answers_are_others(first: str, second: str) -> None:
    assert not same_words(first, second)
    assert not same_words(second, first)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_answers_can_be_compared(first: str, second: str) -> None:
    assert same_words(first, second) == same_words(second, first)


@given(st.text(max_size=60), st.text(max_size=60))
def test_resemblance_is_a_symmetric_share(first: str, second: str) -> None:
    assert 0.0 <= resemblance(first, second) <= 1.0
    assert resemblance(first, second) == resemblance(second, first)
    assert resemblance(first, first) == 1.0


@given(
    st.lists(st.tuples(st.text(max_size=40), st.floats(0, 1)), max_size=8),
    st.integers(0, 5),
)
def test_choices_are_distinct_places_with_the_best_first(
    pairs: list[tuple[str, float]], limit: int
) -> None:
    statements = [Statement(text, score) for text, score in pairs]
    chosen = distinct(statements, limit)
    assert len(chosen) == len(set(chosen)) <= limit
    if chosen:
        assert statements[chosen[0]].score == max(one.score for one in statements)
