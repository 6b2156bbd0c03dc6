"""Whom a sentence names instead of the one asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Span
from retrieval.attribution.speakers import attribute
from retrieval.selection.rivals import rivals_named

CUT = "How many jobs will Ford cut?"
DIED = "How many people died in Halvern?"


def rivals(question: str, text: str) -> frozenset[str]:
    return rivals_named(question, text, attribute(text, [Span(0, len(text))])[0])


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        (CUT, "Stellantis will cut 3,000 jobs in Italy.", "stellanti"),
        (CUT, "Some 3,000 jobs will be cut by Renault.", "renault"),
        (DIED, "The flood killed 12 people in Kestria.", "kestria"),
    ],
)
def test_a_rival_stands_where_the_one_asked_about_would(
    question: str, text: str, name: str
) -> None:
    assert rivals(question, text) == {name}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (CUT, "Ford will cut 3,000 jobs, unlike Renault."),
        (CUT, "It will cut 3,000 jobs in Italy."),
        (CUT, "“We will cut 3,000 jobs,” said Anna Berg."),
        (CUT, "Workers fear for 3,000 jobs."),
        (CUT, "On Monday 3,000 jobs were cut."),
        (DIED, "The flood killed 12 people, Anna Berg said."),
        ("How many jobs will be cut?", "Renault will cut 3,000 jobs."),
        ("How many troops has the U.S. sent?", "The American army sent 300 troops to Poland."),
        ("", ""),
    ],
)
def test_no_rival(question: str, text: str) -> None:
    assert rivals(question, text) == frozenset()


def test_german_nouns_are_no_rivals() -> None:
    text = "Der Konzern streicht 3.000 Stellen."
    assert rivals_named("Wie viele Stellen streicht Ford?", text, None, "de") == frozenset()


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read(question: str, text: str) -> None:
    assert rivals_named(question, text, None).isdisjoint({""})
