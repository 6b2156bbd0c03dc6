from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keywords import terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("COVID-19", "covid‑19"),
        ("the 1,084 km", "the 1084 km"),
        ("U.S. troops", "US troop"),
        ("Ukraine's borders", "Ukraine’s border"),
        ("Zürich", "zurich"),
        ("Łódź", "Lodz"),
        ("границы", "границе"),
        ("ещё", "еще"),
        ("STRASSE", "straße"),
    ],
)
def test_spellings_that_meet(one: str, other: str) -> None:
    assert terms(one) == terms(other)


def test_parts_of_a_compound_are_found() -> None:
    assert {"covid", "covid19"} <= set(terms("COVID-19"))
    assert set(terms("S400")) <= set(terms("S-400"))
    assert set(terms("state-owned")) == {"state", "own"}
    assert terms("3.4%") == ["3.4"]


def test_different_numbers_stay_different() -> None:
    assert terms("3.4") != terms("34")
    assert terms("1,084") != terms("1.084")


def test_terms_are_repeated_as_often_as_they_occur() -> None:
    assert terms("river, rivers and RIVER").count("river") == 3


@given(st.text())
def test_any_text_gives_terms_without_spaces(text: str) -> None:
    for term in terms(text):
        assert term
        assert not any(letter.isspace() or letter == '"' for letter in term)


@given(st.text())
def test_terms_do_not_depend_on_case(text: str) -> None:
    assert terms(text.casefold()) == terms(text.casefold().casefold())


def test_threads_agree() -> None:
    words = [f"running{number} nationalities" for number in range(300)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(terms, words)) == [terms(word) for word in words]
