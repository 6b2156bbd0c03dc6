"""Names of a question that was typed in small letters, as the articles write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.words.capitals import lacks_capitals, with_capitals

TEXTS = (
    "On Monday the mayor, Anna Berg, met NATO envoys in Halvern. Spring came late.",
    "“We wait,” said Berg. The Spring Palace and the palace of McAllen were open.",
)


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("what did anna berg say?", True),
        ("What did anna berg say?", True),
        ("что сказал путин?", True),
        ("What did Anna Berg say?", False),
        ("what did NATO say?", False),
        ("", False),
        ("2024?", False),
    ],
)
def test_who_types_no_capitals_is_told(question: str, *, bare: bool) -> None:
    assert lacks_capitals(question) is bare


@pytest.mark.parametrize(
    ("question", "spelt"),
    [
        ("what did anna berg say in halvern?", "what did Anna Berg say in Halvern?"),
        ("did nato meet mcallen?", "did NATO meet McAllen?"),
        # What the texts write in small letters too is no name, nor is what only begins sentences.
        ("was the palace open?", "was the palace open?"),
        ("when did spring come?", "when did spring come?"),
        ("who was on the bridge?", "who was on the bridge?"),
    ],
)
def test_names_get_the_capitals_of_the_texts(question: str, spelt: str) -> None:
    texts = (*TEXTS, "In spring the tide is low.")
    assert with_capitals(question, texts) == spelt


@given(st.text(max_size=60), st.lists(st.text(max_size=80), max_size=3))
def test_only_the_case_of_letters_differs(question: str, texts: list[str]) -> None:
    spelt = with_capitals(question, [*texts, question.title(), f"in {question.upper()}"])
    assert spelt.casefold() == question.casefold()
    assert len(spelt) == len(question)
