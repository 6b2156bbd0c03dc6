"""What was done to those whom a figure counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.disputes.deeds import are_of_other_deeds, are_of_other_fates, deed_of

BOTH = "The blast killed 4 workers and injured 20 others, police said."


@pytest.mark.parametrize(
    ("text", "figure", "deed"),
    [
        (BOTH, "4", {"killed"}),
        (BOTH, "20", {"injured"}),
        ("At least 12 people in the hotel died.", "12", {"killed"}),
        ("The toll rose to 14 people.", "14", set()),
        ("Oslo withdrew about 5,000 troops.", "5,000", {"withdraw"}),
        ("Police said 12 boats were stolen.", "12", {"steal"}),
        ("Officials reported 12 deaths.", "12", {"killed"}),
        ("About 38% of voters were asked.", "38%", set()),
        ("It cost 112 crowns.", "12", set()),
    ],
)
def test_the_deed_of_a_figure(text: str, figure: str, deed: set[str]) -> None:
    assert deed_of(text, figure) == deed


def test_deeds_differ_only_where_both_are_told() -> None:
    sent, withdrew = "Oslo sent 9,000 troops.", "Oslo withdrew 5,000 troops."
    assert are_of_other_deeds(sent, "9,000", withdrew, "5,000")
    assert not are_of_other_fates(sent, "9,000", withdrew, "5,000")
    assert not are_of_other_deeds(sent, "9,000", "There were 5,000 troops.", "5,000")
    assert are_of_other_fates(BOTH, "4 workers", BOTH, "20 others")


@given(st.text(max_size=80), st.text(max_size=8))
def test_any_text_is_read(text: str, figure: str) -> None:
    assert not are_of_other_deeds(text, figure, text, figure)
