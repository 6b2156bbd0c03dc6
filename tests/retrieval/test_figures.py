from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.figures import Revision, figures, superseded


@pytest.mark.parametrize(
    ("newer", "older", "revision"),
    [
        (
            "The fire in Halvern has killed 14 people, police said.",
            "At least nine people were killed in the Halvern fire.",
            Revision("14", "nine"),
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
        ("", ""),
    ],
)
def test_nothing_is_revised(newer: str, older: str) -> None:
    assert superseded(newer, older) is None


def test_years_dates_and_clock_times_are_no_quantities() -> None:
    assert figures("On 3 June 2024 at 10:30, in 2022, he left.") == []


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_is_read(newer: str, older: str) -> None:
    superseded(newer, older)
    assert superseded(newer, newer) is None
