"""Questions for training in words of other languages."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.training.code_switching import (
    LANGUAGES,
    SWITCHED_QUESTIONS,
    CodeSwitching,
    in_cyrillic,
)

QUESTION = "How many soldiers were killed near Varnes before March 2021?"


@pytest.mark.parametrize(
    ("language", "asking"),
    [("ru", "Сколько"), ("uk", "Скільки"), ("de", "Wie viele"), ("fr", "Combien"), ("es", "Cu")],
)
def test_the_words_of_asking_are_those_of_the_language(language: str, asking: str) -> None:
    for seed in range(20):
        switching = CodeSwitching(random.Random(seed))
        assert switching.in_language(QUESTION, language).startswith(asking)


@given(text=st.text(max_size=200), seed=st.integers(0, 1000))
def test_any_text_can_be_switched_and_keeps_its_figures(text: str, seed: int) -> None:
    switching = CodeSwitching(random.Random(seed))
    for language in LANGUAGES:
        switched = switching.in_language(text, language)
        assert re.findall(r"\d", switched) == re.findall(r"\d", text)


def test_about_the_share_that_is_meant_is_switched() -> None:
    switching = CodeSwitching(random.Random(3))
    switched = sum(switching.question(QUESTION) != QUESTION for _ in range(2000))
    assert abs(switched / 2000 - SWITCHED_QUESTIONS) < 0.05


def test_names_are_written_as_they_sound() -> None:
    assert in_cyrillic("Lukashenko", "ru") == "Лукашенко"
    assert in_cyrillic("Zelensky", "uk").startswith("Зеленск")
    assert in_cyrillic("Kharkov", "ru") == "Харков"


@given(name=st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_a_name_in_cyrillic_has_no_latin_letter(name: str) -> None:
    for language in ("ru", "uk"):
        assert not re.search("[a-z]", in_cyrillic(name.title(), language), re.IGNORECASE)
