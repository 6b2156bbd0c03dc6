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


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The vote on the budget will be held on Tuesday.", "Thursday."),
        ("The suspect was arrested at the airport on 5 May.", "June."),
        ("The strike of the drivers begins on Monday at 5 a.m.", "p.m."),
        ("The strike of the drivers begins on Monday at 5 am.", "pm."),
        ("The bridge over the harbour is now safe.", "unsafe."),
        ("The engineers of the city found that the vaccine is effective.", "ineffective."),
        ("The office said that prices of bread and milk in the city rose.", "fell."),
        ("The company made a profit of $2 billion in the third quarter.", "second quarter."),
        ("The office said that one in five is now out of work among women.", "men."),
        ("Суд перенёс слушания по делу о пожаре на порту до вторника.", "четверга."),
        ("Голосування щодо бюджету міста відбудеться 5 травня.", "червня."),
        ("Die Abstimmung über den Haushalt der Stadt ist am 5. Mai.", "Juni."),
        ("Le vote du budget de la ville aura lieu le 5 mars.", "avril."),
        ("La votación del presupuesto de la ciudad será el martes.", "jueves."),
        ("Врачи сообщили, что новая вакцина от гриппа безопасна.", "небезопасна."),
    ],
)
def test_one_word_tells_two_sentences_apart(first: str, second: str) -> None:
    """`second` ends the sentence otherwise."""
    words = first.split()
    other = " ".join([*words[: len(words) - len(second.split())], second])
    assert resemblance(first, other) >= 0.8
    assert not same_answer(Statement(first, 0.9), Statement(other, 0.8))


def test_answers_that_differ_are_two_however_alike_the_wording() -> None:
    first = Statement("The cup of the city was won by the team in blue shirts.", 0.9, "blue")
    second = Statement("The cup of the city was won by the team in white shirts.", 0.8, "white")
    assert resemblance(first.text, second.text) >= 0.8
    assert same_answer(replace(first, answer=None), replace(second, answer=None))
    assert not same_answer(first, second)
    longer = replace(first, answer="the team in blue shirts")
    assert same_answer(first, longer)


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ("The fire killed 12 people.", "The fire injured 12 people.", "12 people"),
        (
            "The fire killed 12 people and injured 30.",
            "The fire, which killed three firefighters, also injured 12 people.",
            "12 people",
        ),
        ("Пожар унёс жизни: 12 человек погибли.", "При пожаре 12 человек ранены.", "12 человек"),
        ("Anna Berg was killed in the fire.", "Anna Berg was hurt in the fire.", "Anna Berg"),
        ("It opens at 5 a.m. on Monday.", "On Monday the doors open at 5 p.m.", "Monday"),
    ],
)
def test_the_same_words_answer_otherwise_where_the_deed_is_another(
    first: str, second: str, answer: str
) -> None:
    assert not same_answer(Statement(first, 0.9, answer), Statement(second, 0.8, answer))


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ("The fire killed 12 people.", "In the fire 12 people died.", "12 people"),
        ("The fire killed 12 people and hurt 3.", "The toll of the fire is 12 people.", "12"),
        ("The strike begins at 5 a.m.", "At 5:00 am the strike begins.", "the strike"),
    ],
)
def test_the_same_deed_in_other_words_is_the_same(first: str, second: str, answer: str) -> None:
    assert same_answer(Statement(first, 0.9, answer), Statement(second, 0.8, answer))


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
