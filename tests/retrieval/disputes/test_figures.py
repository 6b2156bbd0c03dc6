from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.disputes.figures import Revision, answers_otherwise, figures, superseded


@pytest.mark.parametrize(
    ("newer", "older", "revision"),
    [
        (
            "The fire in Halvern has killed 14 people, police said.",
            "At least nine people were killed in the Halvern fire.",
            Revision("14", "nine"),
        ),
        (
            "The blast in the port of Lund has killed 7 people, the toll rising on Friday.",
            "The blast in the port of Lund killed 5 people on Monday.",
            Revision("7", "5"),
        ),
        (
            "Bakers in the U.S. lost $3.5 million in the strike of Halvern.",
            "Bakers in the US lost $2 million in the strike of Halvern.",
            Revision("$3.5 million", "$2 million"),
        ),
        (
            "The strike of the Halvern bakers cost $3.5 million in sales.",
            "The bakers’ strike in Halvern cost $2 million in sales.",
            Revision("$3.5 million", "$2 million"),
        ),
        (
            "Turnout in the Kestria election was 61.5 percent of voters.",
            "Turnout in the Kestria election was 58% of voters.",
            Revision("61.5 percent", "58%"),
        ),
        (
            "The toll of the fire at the hotel rose to 14 people, police said.",
            "The fire at the hotel killed 12 people, police said.",
            Revision("14", "12"),
        ),
        (
            "Police said 14 people were killed in the fire at the hotel.",
            "Police said 12 people died in the fire at the hotel, and 30 were hurt.",
            Revision("14", "12"),
        ),
        (
            "Police said 30 people were injured in the fire at the hotel, one of whom died.",
            "Police said 20 people were hurt in the fire at the hotel.",
            Revision("30", "20"),
        ),
        (
            "The blast at the mill killed 4 workers and injured 20 workers.",
            "The blast at the mill killed a guard; it injured 11 workers, police said.",
            Revision("20", "11"),
        ),
        (
            "Profit in the third quarter was $1.6 billion, the company said.",
            "Profit in the third quarter was $1.5 billion, the company said.",
            Revision("$1.6 billion", "$1.5 billion"),
        ),
    ],
)
def test_another_figure_for_the_same_quantity(newer: str, older: str, revision: Revision) -> None:
    assert superseded(newer, older) == revision


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("The fire in Halvern killed 14 people.", "The fire in Halvern killed 14 people."),
        ("The fire in Halvern killed 14 people.", "The flood in Kestria killed 9 people."),
        ("The fire in Halvern killed 14 people.", "The fire in Halvern burned 9 houses."),
        ("Prices in Oslo rose 9.1% in June.", "Prices in Oslo rose 8.6% in May."),
        (
            "Drones killed 7 people in the port of Lund on Friday.",
            "Drones killed 5 people in the port of Lund on Monday.",
        ),
        ("The mayor spoke on June 3, 2024.", "The mayor spoke on June 2, 2024."),
        (
            "The Halvern fire killed 14 people, up from 9 people first reported.",
            "The Halvern fire killed 9 people.",
        ),
        (
            "A gallon of petrol costs $4 on average in Oslo.",
            "A gallon of petrol costs $5 on average in Bergen.",
        ),
        (
            "About 79% of voters say the mayor acted badly.",
            "Some 79% of voters say the mayor acted badly, 45% that she acted illegally.",
        ),
        ("The port firm paid $4 million in fines.", "A lottery in the town drew $9 million."),
        # A state that opens a sentence is a place as any other.
        (
            "The highest recorded temperature in Norway was 35.6 degrees on record.",
            "Sweden saw its highest recorded temperature, 38.0 degrees on record.",
        ),
        # Which of several sums is meant is not told.
        (
            "The $81 million lottery jackpot in Halvern ballooned to $102 million overnight.",
            "The lottery jackpot in Halvern ballooned to $110 million overnight.",
        ),
        # A price for one is no price for all.
        (
            "Halvern Shipping was sold by the city for $54 a share in the end.",
            "Halvern Shipping was sold by the city for $43 billion in the end.",
        ),
        # The older text has the newer number too, though not beside what it counts.
        (
            "Police found 100 stolen boats in the search of the Halvern harbour.",
            "Police found 320 stolen boats in Halvern harbour, 100 of them in the search.",
        ),
        # Other deeds, however alike the rest.
        (
            "Police said 12 people were killed in the fire at the hotel.",
            "Police said 30 people were injured in the fire at the hotel.",
        ),
        (
            "The gunman killed 19 children in the school.",
            "The gunman wounded 17 children in the school.",
        ),
        (
            "38% of voters approve of Biden, the poll found.",
            "57% of voters disapprove of Biden, the poll found.",
        ),
        ("Oslo withdrew 5,000 troops from the border.", "Oslo sent 9,000 troops to the border."),
        (
            "При пожаре в гостинице города погибли 12 человек.",
            "При пожаре в гостинице города ранены 30 человек.",
        ),
        # Other stretches of time, other groups.
        (
            "The company made a profit of $1.5 billion in the third quarter.",
            "The company made a profit of $2.1 billion in the second quarter.",
        ),
        (
            "The company delivered 435,000 new cars in Q3.",
            "The company delivered 466,000 new cars in the second quarter.",
        ),
        (
            "Lind scored 41 points in the second game of the series.",
            "Lind scored 35 points in the first game of the series.",
        ),
        (
            "Unemployment among women rose to 6.1 percent in the country.",
            "Unemployment among men rose to 5.2 percent in the country.",
        ),
        (
            "Цены в городе Осло выросли на 9.1% в июне.",
            "Цены в городе Осло выросли на 8.6% в мае.",
        ),
        ("", ""),
    ],
)
def test_nothing_is_revised(newer: str, older: str) -> None:
    assert superseded(newer, older) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("$3.9M", 3.9e6), ("$2bn", 2e9), ("€1.5 trillion", 1.5e12), ("4.5%", 4.5), ("$12,500", 12500)],
)
def test_a_number_is_read_whole_with_its_scale(text: str, value: float) -> None:
    assert [figure.value for figure in figures(f"It cost {text} in all.")] == [value]


def test_years_dates_and_clock_times_are_no_quantities() -> None:
    assert figures("On 3 June 2024 at 10:30, in 2022, he left.") == []


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_is_read(newer: str, older: str) -> None:
    superseded(newer, older)
    assert superseded(newer, newer) is None


def test_two_answers_to_one_question_may_share_few_words() -> None:
    newer = "The border runs for 1,084 kilometres (674 miles)."
    older = "The border between the two countries is roughly 1,000 kilometres long."
    found = answers_otherwise(newer, older, "1,084 kilometres", "1,000 kilometres")
    assert found == ("1,084", "1,000")
    assert answers_otherwise(newer, older, "674 miles", "1,000 kilometres") is None
    assert answers_otherwise(newer, newer, "1,084 kilometres", "1,084 kilometres") is None


def test_two_sums_of_money_need_not_be_one_quantity() -> None:
    newer, older = "He sold shares for $7 billion.", "He bid $44 billion for the firm."
    assert answers_otherwise(newer, older, "$7 billion", "$44 billion") is None
