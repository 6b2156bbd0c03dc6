"""When a quote holds an answer, and where a gold sentence stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Span
from retrieval.evaluation.matching import holds_answer, places, same_sentence


@pytest.mark.parametrize(
    ("quote", "answer"),
    [
        ("He spoke in October 1973.", "october 1973"),
        ("He spoke in the U.S. on Monday.", "the US"),
        ("a rise to nearly $12 globally", "nearly $12"),
        ("“Squid Game” returns", "Squid Game"),
        ("the index of the `` season '' -- seven seasons", "the season"),
        ("Canada 's system of government", "Canada's system"),
        ("over a one - year period", "one-year"),
        ("Obama's speech", "Obama"),
        ("some 1,000 people", "1000"),
        ("a rise of 1.5 million", "1.5 million"),
        ("the ﬁrst ﬂight", "first flight"),
        ("an area of １２ km", "12 km"),
        ("in Straße 5", "STRASSE 5"),
        ("It was called The The.", "The The"),
        ("Мінск, 3 липня", "мінск 3 липня"),
        ("北京で会談", "北京で会談"),
    ],
)
def test_what_counts_as_the_same_words(quote: str, answer: str) -> None:
    assert holds_answer(quote, [answer])


@pytest.mark.parametrize(
    ("quote", "answer"),
    [
        ("the 10th time", "10"),
        ("Martha spoke", "art"),
        ("it costs 3.12 euros", "12"),
        ("it costs 1.5 million", "15"),
        ("it began at 10:30", "1030"),
        ("in 3 12-year cycles", "312"),
        ("He spoke in October.", "October 1973"),
        ("anything at all", "…"),
        ("", "word"),
        ("word", ""),
    ],
)
def test_what_does_not(quote: str, answer: str) -> None:
    assert not holds_answer(quote, [answer])


def test_no_accepted_answers_are_in_no_quote() -> None:
    assert not holds_answer("anything", [])


def test_every_place_is_found_in_code_points_of_the_text() -> None:
    text = "🙂 Kyiv denied it. “Kyiv” denied — it."
    found = places("kyiv denied it", text)
    assert [span.of(text) for span in found] == ["Kyiv denied it", "Kyiv” denied — it"]


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_a_sentence_is_found_where_it_was_taken_from(text: str, one: int, other: int) -> None:
    """Any run of words of a text is found there, however it was cut out."""
    parts = text.split()
    first, last = sorted((min(one, len(parts)), min(other, len(parts))))
    taken = " ".join(parts[first:last])
    if any(character.isalnum() for character in taken):
        for span in places(taken, " ".join(parts)):
            assert 0 <= span.start < span.end <= len(" ".join(parts))
    if taken and taken.isascii() and taken.isalpha() and taken.lower() not in {"a", "an", "the"}:
        assert places(taken, " ".join(parts))


@given(st.lists(st.from_regex(r"[b-z]{2,8}", fullmatch=True), min_size=1, max_size=12), st.data())
def test_a_run_of_whole_words_is_always_found(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    punctuated = " , ".join(words)
    expected = Span(
        len(" , ".join([*words[:first], ""])) if first else 0, len(" , ".join(words[:last]))
    )
    assert expected in places(" ".join(words[first:last]), punctuated)


def test_half_of_the_shorter_sentence_must_be_shared() -> None:
    assert same_sentence(Span(0, 100), Span(40, 60))
    assert same_sentence(Span(0, 10), Span(5, 15))
    assert not same_sentence(Span(0, 10), Span(9, 30))
    assert not same_sentence(Span(0, 10), Span(10, 20))
