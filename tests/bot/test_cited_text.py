"""An answer as one text: who speaks, who only reports, and who contradicts whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.answer_json import quote_json
from bot.cited_text import cited_text
from corpus.article import Article
from retrieval.answer import Answer, Quote, Side

DIRECT = "We will hold the bridge. Nobody passes."
REPORTED = "The mayor blamed Orle for the fire on Monday."


def quote_of(
    number: int, text: str, around: str, speaker: str | None, source: str | None = "Orle Herald"
) -> Quote:
    """A quote in an article that has it as `around` says."""
    whole = around.format(text)
    start = whole.index(text)
    article = Article("1", "A bridge", whole, "hash", source=source, published=date(2024, 5, 2))
    return Quote(number, text, start, start + len(text), article, 0.9, speaker=speaker)


def answer_of(*quotes: Quote, sides: tuple[Side, ...] = ()) -> Answer:
    return Answer("Who?", "Who?", True, 0.9, quotes, (), sides, 1, 1.0)


def test_only_ones_own_words_are_given_as_ones_words() -> None:
    """Marks may stand around several sentences, of which the quote is one."""
    direct = quote_of(1, DIRECT, "“Listen, {} Go,” Ann Berg said.", "Ann Berg")
    reported = quote_of(2, REPORTED, "It rained. {} “Go,” she said.", "The mayor")
    nobody = quote_of(3, REPORTED, "{}", None)
    pieces = cited_text(answer_of(direct, reported, nobody)).pieces
    assert pieces[0] == f"Ann Berg: “{DIRECT}” [1]\n\n"
    assert pieces[1] == f"Orle Herald, reporting The mayor: “{REPORTED}” [2]\n\n"
    assert pieces[2] == f"“{REPORTED}” [3]\n\n"
    assert "[2] A bridge, Orle Herald, 2024-05-02" in pieces[3]
    assert [quote_json(one)["direct"] for one in (direct, reported, nobody)] == [True, False, False]


def test_an_unknown_outlet_reports_too() -> None:
    reported = quote_of(1, REPORTED, "{}", "The mayor", source=None)
    assert cited_text(answer_of(reported)).text.startswith(f"Reporting The mayor: “{REPORTED}” [1]")


@pytest.mark.parametrize(
    "text", ["“Go,” Ann Berg said.", "«Go», Ann Berg said.", '"Go," she said.']
)
def test_marks_are_not_doubled(text: str) -> None:
    assert cited_text(answer_of(quote_of(1, text, "{}", None))).pieces[0] == f"{text} [1]\n\n"


def test_sides_are_said_to_contradict_each_other_and_places_still_hold() -> None:
    first = quote_of(1, DIRECT, "“{}”, Ann Berg said.", "Ann Berg")
    second = quote_of(2, REPORTED, "{}", "Orle")
    answer = answer_of(first, second, sides=(Side("Ann Berg", (1,)), Side("Orle", (2,))))
    cited = cited_text(answer)
    assert cited.text.startswith("They contradict each other: Ann Berg [1], Orle [2].")
    for quote, place in cited.marks:
        assert place.of(cited.text).endswith(f"{quote.text}” [{quote.number}]")


def test_what_was_narrowed_is_said_to_be() -> None:
    silent = replace(answer_of(), answered=False)
    assert cited_text(silent).text == "The articles don’t say."
    narrowed = cited_text(silent, narrowed=True, remarks=("there is no outlet called “Nope” here",))
    assert narrowed.text == "These articles don’t say.\n\nthere is no outlet called “Nope” here"
