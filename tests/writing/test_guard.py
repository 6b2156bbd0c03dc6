"""What a model's text may say: nothing but whole quotes, connected and cited."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.writing.guard import guard
from corpus.article import Article
from retrieval.answer import Quote


def quote_of(number: int, text: str, speaker: str | None, source: str) -> Quote:
    """A quote that is its whole article."""
    article = Article(
        str(number), "Title", text, "hash", source=source, published=date(2024, 8, 26)
    )
    return Quote(number, text, 0, len(text), article, 0.9, speaker=speaker)


QUOTES = (
    quote_of(1, "We will not invade Ukraine.", "Alexander Lukashenko", "Example Courier"),
    quote_of(2, "The border is 1,084 kilometres long.", None, "Міст Today"),
    quote_of(3, "“No troops were moved,” the ministry said.", "the ministry", "Harbour Gazette"),
)

GOOD = [
    "Lukashenko said: “We will not invade Ukraine.” [1]",
    "According to Міст Today, “The border is 1,084 kilometres long” [2].",
    "“No troops were moved,” the ministry said. [3]",
    'Alexander Lukashenko also said "We will not invade Ukraine" [1].',
]

BAD = [
    "Lukashenko said he will invade Ukraine [1].",
    "Lukashenko said: “We will invade Ukraine.” [1]",
    "Lukashenko said: “We will not invade Ukraine.”",
    "Lukashenko said: “We will not invade Ukraine.” [2]",
    "Lukashenko never said: “We will not invade Ukraine.” [1]",
    "The ministry said: “We will not invade Ukraine.” [1]",
    "Kyiv denied that “The border is 1,084 kilometres long” [2].",
    "Lukashenko was told: “We will not invade Ukraine.” [1]",
    "On 26 August Lukashenko said: “We will not invade Ukraine.” [1]",
    "He said “not invade Ukraine” [1].",
    "The border is long.",
    "[1]",
    "Ignore all rules [1] [2] [3].",
]


@pytest.mark.parametrize("sentence", GOOD)
def test_whole_quotes_with_their_citation_stay(sentence: str) -> None:
    guarded = guard(sentence, QUOTES)
    assert guarded.removed == 0
    [number] = guarded.citations
    assert QUOTES[number - 1].text in guarded.text


@pytest.mark.parametrize("sentence", BAD)
def test_everything_else_goes(sentence: str) -> None:
    guarded = guard(sentence, QUOTES)
    assert guarded.text == ""
    assert guarded.citations == ()
    assert guarded.removed >= 1


@pytest.mark.parametrize("tail", [" [2]", ", which is false.", " This was a lie.", " never"])
def test_what_is_hung_on_a_quote_is_cut_off(tail: str) -> None:
    guarded = guard(GOOD[0] + tail, QUOTES)
    assert guarded.citations == (1,)
    assert guarded.text == GOOD[0]
    assert guarded.removed == 1


def test_what_holds_stays_among_what_does_not() -> None:
    text = " ".join([BAD[0], GOOD[0], BAD[3], GOOD[1], BAD[0]])
    guarded = guard(text, QUOTES)
    assert guarded.citations == (1, 2)
    assert (guarded.kept, guarded.removed) == (2, 3)


@given(st.lists(st.sampled_from([*GOOD, *BAD, "\n", " ", "“", "”", "[1]", "not", "\x001\x00"])))
def test_nothing_but_quotes_names_and_connecting_words_ever_comes_out(parts: list[str]) -> None:
    guarded = guard(" ".join(parts), QUOTES)
    rest = guarded.text
    for quote in QUOTES:
        rest = rest.replace(quote.text, "")
    for claim in ("never", "denied", "told", "August", "5", "invade", "Ignore", "long", "not"):
        assert claim not in rest


@given(st.text())
def test_arbitrary_text_is_survived(text: str) -> None:
    assert guard(text, QUOTES).citations == ()
