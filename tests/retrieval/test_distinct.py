from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.distinct import Statement, distinct, resemblance

QUESTION = "Which blocs is Belarus a member of?"


def test_the_same_sentence_is_shown_once() -> None:
    found = distinct(
        [
            Statement("Belarus is a member of the Commonwealth of Independent States.", 0.9),
            Statement("Belarus is a member of the Commonwealth of Independent States, too.", 0.8),
            Statement("Belarus has joined the Shanghai Cooperation Organization.", 0.5),
        ],
        QUESTION,
        3,
    )
    assert found == [0, 2]


def test_new_names_come_before_higher_scores_without_any() -> None:
    found = distinct(
        [
            Statement("Belarus belongs to the Commonwealth of Independent States.", 0.9),
            Statement("Belarus is a member of several blocs.", 0.8),
            Statement("Belarus is in the Shanghai Cooperation Organization.", 0.5),
        ],
        QUESTION,
        2,
    )
    assert found == [0, 2]


def test_another_number_in_the_same_wording_is_another_answer() -> None:
    found = distinct(
        [
            Statement("The fire in Halvern killed 9 people on Monday evening.", 0.9),
            Statement("The fire in Halvern killed 14 people on Monday evening.", 0.8),
        ],
        "How many people did the fire kill?",
        3,
    )
    assert found == [0, 1]


def test_the_same_answering_words_are_one_answer() -> None:
    found = distinct(
        [
            Statement("Anna Berg won the race.", 0.9, answer="Anna Berg"),
            Statement("The race was won by the sailor Anna Berg.", 0.8, answer="Anna Berg"),
        ],
        "Who won the race?",
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
        "What happened?",
        3,
    )
    assert found == [0]


@given(st.text(max_size=60), st.text(max_size=60))
def test_resemblance_is_a_symmetric_share(first: str, second: str) -> None:
    assert 0.0 <= resemblance(first, second) <= 1.0
    assert resemblance(first, second) == resemblance(second, first)
    assert resemblance(first, first) == 1.0


@given(
    st.lists(st.tuples(st.text(max_size=40), st.floats(0, 1)), max_size=8),
    st.text(max_size=40),
    st.integers(0, 5),
)
def test_choices_are_distinct_places_with_the_best_first(
    pairs: list[tuple[str, float]], question: str, limit: int
) -> None:
    statements = [Statement(text, score) for text, score in pairs]
    chosen = distinct(statements, question, limit)
    assert len(chosen) == len(set(chosen)) <= limit
    if chosen:
        assert statements[chosen[0]].score == max(one.score for one in statements)
