"""What counts things, and what only holds a figure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.composition import Parts
from retrieval.answer import Question
from retrieval.certainty.counts import asks_for_a_count, counts, telling
from retrieval.question.units import unit_asked

COUNTING = [
    "Some 12 ships lay off the coast.",
    "1.5 million people left their homes.",
    "It is 142 metres high, and five people live in it.",
    "Twelve of them came back.",
    "They won the cup twice.",
    "There are several lakes in the city.",
    "No foreign troops were stationed there.",
    "Kyiv denied it.",
    "None of the libraries will close.",
    "Chapter XIV was read aloud.",
    "The mill employs 2000 people.",
    "A third of the forces was moved.",
]
NOTHING = [
    "A day later, on August 19, it sent aircraft to the border.",
    "The border runs for 1,084 kilometres (674 miles).",
    "Bread was sold at more than 4 crowns.",
    "The dam is 142 metres high and cost 1.1 billion dollars.",
    "It paid $4 million at 3.40 p.m.",
    "In 2019 the mill was sold.",
    "The temperature reached 41.9 degrees.",
    "The minister spoke.",
    "It cost UAH 200.",
    "It cost 30 zł.",
    "It cost 900 shekels.",
    "It cost ₹500.",
]


@pytest.mark.parametrize("sentence", COUNTING)
def test_a_number_of_things_or_a_word_for_one(sentence: str) -> None:
    assert counts(sentence)


@pytest.mark.parametrize("sentence", NOTHING)
def test_days_money_and_measures_count_nothing(sentence: str) -> None:
    assert not counts(sentence)


def test_a_word_that_may_be_money_counts_where_no_currency_is_asked_for() -> None:
    assert counts("They have 20 marks each.")
    assert unit_asked("How many won medals?") is None
    assert unit_asked("How many hryvnias did it cost?") is not None


def test_where_how_much_may_be_meant_any_figure_will_do() -> None:
    assert counts("The bank pays 3.2 billion euros.", any_figure=True)
    assert not counts("The bank was sold in 2019.", any_figure=True)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("How many aircraft did Belarus send?", True),
        ("What is the number of members?", True),
        ("Wie viele Menschen leben in Halvern?", True),
        ("How many miles long is the border?", False),
        ("How many knots does the ship make?", False),
        ("How many millions did the bank pay?", False),
        ("How many years did it take?", False),
        ("How much did it cost?", False),
        ("Who counted the votes?", False),
    ],
)
def test_what_asks_for_a_count(question: str, asks: bool) -> None:
    assert asks_for_a_count(question) is asks


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("About 15 per cent of them left.", True),
        ("Two thirds of the members voted.", True),
        ("Most of them stayed.", True),
        ("Nobody left.", True),
        ("Some 40 of them left.", False),
    ],
)
def test_a_share_is_told_by_what_states_one(sentence: str, tells: bool) -> None:
    telling_of_shares = telling("What percentage of the members left?")
    assert telling_of_shares is not None
    assert telling_of_shares(sentence) is tells


@pytest.mark.parametrize(
    "question",
    [
        "Who left?",
        "How much did the bank raise the key rate?",
        "How much time do children spend on screens?",
        "How deep are the budget cuts?",
        "How wide was the margin?",
        "How heavy were the losses?",
    ],
)
def test_where_no_number_of_one_measure_is_asked_for_all_may_tell(question: str) -> None:
    assert telling(question) is None


@pytest.mark.parametrize(
    ("question", "sentence", "tells"),
    [
        ("How much did the charity raise for the school?", "It raised 900 crowns.", True),
        ("How much did the charity raise?", "Six people raised it.", False),
        ("How much did the ticket cost?", "It cost 3 per cent more.", False),
        ("How much is the airline paying for the jets?", "It put down 20 jets' deposit.", False),
        ("How much is the airline paying for the jets?", "It costs 4 million dollars.", True),
        ("How much is the airline paying for the jets?", "It declined to share the terms.", True),
        ("How much does the entry cost?", "It costs 90 hryvnias.", True),
        ("How much does the entry cost?", "It costs 30 zł.", True),
        ("How much does the entry cost?", "It costs 5 lira.", True),
        ("How much does the entry cost?", "It costs 40 kronor.", True),
        ("How much does the entry cost?", "It costs ₹200.", True),
        ("How much does the entry cost?", "It costs Rs 200.", True),
        ("How much does the entry cost?", "It costs 20,000 won.", True),
        ("How much does the entry cost?", "It costs 50p.", True),
        ("How much did the bridge cost?", "It cost USD 20,000 a day.", True),
        ("How much did the bridge cost?", "The bill was UAH 2.3bn.", True),
        ("How much did the bridge cost?", "R50 million was spent.", True),
        ("How much did the bridge cost?", "It cost 2.3 million in all.", True),
        ("How much did the bridge cost?", "It serves 2.3 million people.", False),
        ("How much did the bridge cost?", "They won 3 cups.", False),
        ("How much did the bridge cost?", "COP 30 was held on it.", False),
        ("How much does the entry cost?", "Entry is free.", True),
        ("How much does the entry cost?", "It is open to all without cost.", True),
        ("How tall is Carlos Berg?", "Berg, 19, is No. 1 of the world.", False),
        ("How tall is Carlos Berg?", "Berg stands 1.83 metres tall.", True),
        ("How tall is the tower?", "The 42-storey tower was sold.", True),
        ("How much does the robot weigh?", "The robot walked for a minute.", False),
        ("How much does the robot weigh?", "The robot weighs 73 kg.", True),
    ],
)
def test_money_height_and_weight_have_their_unit(question: str, sentence: str, tells: bool) -> None:
    telling_of_it = telling(question)
    assert telling_of_it is not None
    assert telling_of_it(sentence) is tells


@pytest.mark.parametrize(
    "question",
    ["How long was he mayor?", "How high is the share?", "How hot was it?", "How far is it back?"],
)
def test_what_is_asked_of_times_and_marks_as_well_may_have_any_unit(question: str) -> None:
    assert telling(question) is None


@given(st.text(max_size=300))
def test_any_text_is_told(text: str) -> None:
    assert counts(text) in {True, False}
    # A figure of whatever kind is no less than one of things.
    assert counts(text, any_figure=True) or not counts(text)


ASKED = date(2024, 9, 10)


def test_no_figure_of_another_thing_is_quoted_for_a_count(sample_parts: Parts) -> None:
    """The border's kilometres, and the day on which aircraft were sent."""
    answer = sample_parts.answerer.answer(Question("How many aircraft did Belarus send?", ASKED))
    assert not answer.answered or all(counts(quote.text) for quote in answer.quotes)
    assert not any("armoury" in quote.text for quote in answer.quotes)


def test_what_is_counted_is_still_answered(sample_parts: Parts) -> None:
    answer = sample_parts.answerer.answer(Question("How many votes did Gustav Brimmer get?", ASKED))
    assert answer.answered
    assert "6,902" in answer.quotes[0].text


def test_who_denies_what_is_counted_is_heard_and_who_counts_nothing_is_not(
    sample_parts: Parts,
) -> None:
    asked = "How many soldiers did Ukraine send to the border?"
    answer = sample_parts.answerer.answer(Question(asked, ASKED))
    assert answer.answered
    assert all(counts(quote.text) for quote in answer.quotes)
