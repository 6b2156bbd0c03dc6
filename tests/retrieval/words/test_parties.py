from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.words.parties import countries_in, country_named
from retrieval.words.word_lists import word_lists


def test_every_member_state_of_the_united_nations_is_listed() -> None:
    assert len(word_lists("countries")) == 193


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Kyiv", "Ukraine"),
        ("Ukrainian", "Ukraine"),
        ("Ukraine’s", "Ukraine"),
        ("the Kremlin", "Russia"),
        ("Belarusians", "Belarus"),
        ("New Delhi", "India"),
        ("Минск", "Belarus"),
        ("украинский".capitalize(), "Ukraine"),
        ("Anna Berg", None),
        ("", None),
    ],
)
def test_which_state_a_name_stands_for(name: str, country: str | None) -> None:
    assert country_named(name) == country


def test_states_in_a_text_are_found_by_their_longest_name() -> None:
    text = "South Korean and Papua New Guinean officials met in Kyiv; Ukraine’s turkey was served."
    assert countries_in(text) == ["South Korea", "Papua New Guinea", "Ukraine"]


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert set(countries_in(text)) <= set(word_lists("countries"))
