"""Acronyms and the names that they are short for."""

from __future__ import annotations

import pytest

from retrieval.words.acronyms import acronym_of, is_acronym, stands_in
from retrieval.words.turn_names import names_in


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did the WHO say?", ["WHO"]),
        ("What did the US and the EU say?", ["US", "EU"]),
        ("who said it?", []),
        ("WHO SAID IT?", ["SAID"]),
        ("What did I say?", []),
    ],
)
def test_an_acronym_is_a_name_unless_everything_is_shouted(question: str, names: list[str]) -> None:
    assert [name.text for name in names_in(question)] == names


@pytest.mark.parametrize(
    ("acronym", "text", "stands"),
    [
        ("WHO", "the WHO’s envoy", True),
        ("WHO", "the World Health Organization said", True),
        ("WHO", "those who said", False),
        ("WHO", "WHOM", False),
        ("FAO", "the Food and Agriculture Organization of the United Nations", True),
        ("IAEA", "the International Atomic Energy Agency", True),
        ("IAEA", "the Atomic Energy Agency", False),
    ],
)
def test_where_an_acronym_stands(acronym: str, text: str, stands: bool) -> None:
    assert is_acronym(acronym)
    assert stands_in(acronym, text) is stands


def test_the_initials_of_long_names_only() -> None:
    assert acronym_of("World Health Organization") == "WHO"
    assert acronym_of("Anna Berg") is None
