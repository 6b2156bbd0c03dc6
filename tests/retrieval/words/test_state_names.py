"""States as other languages name them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.words.state_names import states_in


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("es", "Estados Unidos y Bielorrusia", [("Estados Unidos", "United States")]),
        ("fr", "le Royaume-Uni, puis la Biélorussie", [("Royaume-Uni", "United Kingdom")]),
        ("de", "Weißrussland oder Belarus, Polen", [("Polen", "Poland")]),
    ],
)
def test_states_are_found_by_their_own_names(
    language: str, text: str, found: list[tuple[str, str]]
) -> None:
    assert set(found) <= set(states_in(text, language))
    assert "Belarus" in {state for _, state in states_in(text, language)}


def test_in_small_letters_it_may_be_another_word() -> None:
    assert states_in("la chine de table", "fr") == []


@given(text=st.text(max_size=200), language=st.sampled_from(["de", "fr", "es"]))
def test_what_is_found_stands_in_the_text(text: str, language: str) -> None:
    assert all(written in text for written, _ in states_in(text, language))
