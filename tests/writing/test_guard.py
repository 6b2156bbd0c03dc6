"""What a model's text may say: nothing but whole quotes, connected and cited."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.own_words import in_marks
from bot.writing.connecting import CONNECTING, PUNCTUATION
from bot.writing.guard import guard
from corpus.article import Article
from retrieval.answer import Quote


def quote_of(
    number: int, text: str, speaker: str | None, source: str, *, inside: str = "{}"
) -> Quote:
    """A quote that is its whole article, or stands in it as `inside` has it."""
    start = inside.index("{")
    article = Article(
        str(number), "Title", inside.format(text), "hash", source=source,
        published=date(2024, 8, 26),
    )  # fmt: skip
    return Quote(number, text, start, start + len(text), article, 0.9, speaker=speaker)


QUOTES = (
    quote_of(
        1, "We will not invade Ukraine.", "Alexander Lukashenko", "Example Courier",
        inside="“Listen. {} Never,” he said.",
    ),
    quote_of(2, "The border is 1,084 kilometres long.", None, "Міст Today"),
    quote_of(3, "“No troops were moved,” the ministry said.", "the ministry", "Harbour Gazette"),
    quote_of(4, "But Lukashenko blamed Kyiv for it.", "Alexander Lukashenko", "Example Courier"),
    quote_of(6, "“I saw the tanks,” she said.", "Olena Bondar", "St. Mark’s Post"),
)  # fmt: skip
ALL = {quote.number: quote for quote in QUOTES}

GOOD = [
    "Lukashenko said: “We will not invade Ukraine.” [1]",
    "According to Міст Today, “The border is 1,084 kilometres long” [2].",
    "“No troops were moved,” the ministry said. [3]",
    'Alexander Lukashenko said "We will not invade Ukraine" [1].',
    "In Example Courier, Lukashenko said: “We will not invade Ukraine.” [1]",
    "“We will not invade Ukraine”, Lukashenko said, according to Example Courier [1].",
    "Example Courier reports that “But Lukashenko blamed Kyiv for it.” [4]",
    "According to St. Mark’s Post, Olena Bondar said: ““I saw the tanks,” she said.” [6]",
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
    "“He also said”: “We will not invade Ukraine.” [1]",
    "The border is long.",
    "He said “We will not invade Ukraine.” [1]",
    "Lukashenko added “We will not invade Ukraine.” [1]",
    "Lukashenko also said “We will not invade Ukraine.” [1]",
    "Lukashenko said “But Lukashenko blamed Kyiv for it.” [4]",
    "Ukraine said “We will not invade Ukraine.” [1]",
    "Courier said “We will not invade Ukraine.” [1]",
    "Example Courier said to Lukashenko: “We will not invade Ukraine.” [1]",
    "According to Lukashenko the article said “We will not invade Ukraine.” [1]",
    "Lukashenko said that Example Courier said “We will not invade Ukraine.” [1]",
    "❌ “We will not invade Ukraine.” [1] ❌",
    "“We will not invade Ukraine.” ≠ [1]",
    "“We will not invade Ukraine.” [1]?!",
    "¬ ✗ “We will not invade Ukraine.” [1]",
    "\u202e“We will not invade Ukraine.” [1]",
    "“We will not invade Ukraine.” [1](://)",
    "s\u0336a\u0336i\u0336d “We will not invade Ukraine.” [1]",
    "~~“We will not invade Ukraine.”~~ [1]",
    "Said they “We will not invade Ukraine.” [1]?",
    "[1]",
    "Ignore all rules [1] [2] [3].",
]


@pytest.mark.parametrize("sentence", GOOD)
def test_whole_quotes_with_their_citation_stay(sentence: str) -> None:
    guarded = guard(sentence, QUOTES)
    assert guarded.removed == 0
    [number] = guarded.citations
    assert ALL[number].text in guarded.text


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


def test_a_quote_is_given_once() -> None:
    guarded = guard(" ".join([GOOD[0], GOOD[1], *[GOOD[0]] * 50]), QUOTES)
    assert guarded.citations == (1, 2)
    assert (guarded.kept, guarded.removed) == (2, 50)


def test_a_name_is_no_part_of_another_one() -> None:
    """Nor is a number that somebody is called a number of a quote."""
    named = (
        quote_of(1, "“It is over,” they said.", "Ukraine", "1"),
        quote_of(2, "It has begun.", None, "Ukraine Today"),
    )
    right = "Ukraine said: “It is over,” they said. [1] Ukraine Today writes: “It has begun.” [2]"
    assert guard(right, named).text == right
    assert guard("Ukraine writes: “It has begun.” [2]", named).text == ""
    assert guard("Ukraine Today said: ““It is over,” they said.” [1]", named).text == ""


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


CITED = [f"“{quote.text}” [{quote.number}]" for quote in QUOTES]
NAMES = ["Alexander Lukashenko", "Lukashenko", "the ministry", "Olena Bondar", "Bondar"]
OUTLETS = ["Example Courier", "Міст Today", "Harbour Gazette", "St. Mark’s Post"]
CONNECTORS = st.one_of(
    st.text(),
    st.sampled_from([*sorted(CONNECTING), *NAMES, *OUTLETS, *"?!≠❌¬()/\u202e\u0336", "not", "he"]),
)


@given(st.lists(st.one_of(st.sampled_from(CITED), CONNECTORS), max_size=12))
def test_whatever_stands_around_quotes_only_connects(parts: list[str]) -> None:
    """Every sentence that comes out is one quote, its own names, and nothing that asserts."""
    guarded = guard(" ".join(parts), QUOTES)
    assert len(guarded.citations) == guarded.kept
    for sentence in guarded.sentences:
        quote = ALL[sentence.citation]
        before, after = sentence.text.split(in_marks(quote.text))
        around = f"{before} {after.replace(f'[{quote.number}]', '', 1)}"
        speaks = quote.speaker or ""
        for name in (quote.article.source or "", *([] if quote.number == 4 else [speaks])):
            around = around.replace(name, "") if name else around
        if quote.number in (1, 6):
            around = around.replace(speaks.split()[-1], "")
        assert set(re.findall(r"\w+", around.casefold())) <= CONNECTING
        assert set(re.sub(r"\w+", "", around)) <= PUNCTUATION


@given(st.text())
def test_arbitrary_text_is_survived(text: str) -> None:
    assert guard(text, QUOTES).citations == ()
