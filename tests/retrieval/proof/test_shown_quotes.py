"""A text that shows quotes shows them as they are, whatever else a face writes around them."""

from __future__ import annotations

from typing import Any

import pytest

from retrieval.proof.shown_quotes import Shown, faults, shown_texts

Json = dict[str, Any]
QUOTES: tuple[Json, ...] = (
    {"number": 1, "text": "“We waited,” said Ann Ek."},
    {"number": 2, "text": "The bridge was closed."},
    {"number": 3, "text": "The bridge was closed."},
)
FIRST = "“We waited,” said Ann Ek."


@pytest.mark.parametrize(
    "text",
    [
        f"“{FIRST}” [1]\n“The bridge was closed.” [2]",
        f"Ann Ek: {FIRST} [1]\n\nThe Herald, reporting Bo: “The bridge was closed.” [2]",
        f"They contradict each other: Ann Ek Jr. [1], Bo [2][3].\n\n{FIRST} [1]",
        f"{FIRST}, she added [1]. Bo said “The bridge was closed” [2].",
        f"{FIRST} [1]\n\n[1] A call for “more of the same”\n[2] Will it end?\n[3] Why",
        f"{FIRST} [3] is what the article calls it.".replace("[3]", "[1]"),
    ],
)
def test_what_stands_around_quotes_is_free(text: str) -> None:
    assert list(faults(Shown("answer", text, QUOTES))) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“The bridge was open.” [2]", "none of its quotes"),
        (f"{FIRST} [1] “The bridge was open.” [2]", "[2] after words that are not quote 2"),
        (f"{FIRST} [1] “The bridge was closed.” [2] «Open.» [2]", "not quote 2"),
        ("“The bridge was closed.” [1]", "[1] after quote 2"),
        (f"{FIRST} [9]", "[9] after quote 1"),
        (f"{FIRST} “The bridge will open again soon.”", "no quote of it"),
    ],
)
def test_other_words_are_told(text: str, wanted: str) -> None:
    assert any(wanted in fault for fault in faults(Shown("answer", text, QUOTES, True)))


def test_two_quotes_with_one_number_are_told() -> None:
    twice = (QUOTES[0], {**QUOTES[1], "number": 1})
    assert "number 1" in next(faults(Shown("answer", FIRST, twice)))


def test_texts_of_every_face_are_looked_at() -> None:
    quote = QUOTES[0]
    chat = {"content": "a", "annotations": [{"onrecord": quote}]}
    tool = {
        "content": [{"type": "text", "text": "b"}],
        "structuredContent": {"answer": "c", "quotes": [quote], "written": {"text": "d"}},
    }
    chunks = [
        {"choices": [{"delta": {"content": "e"}}]},
        {"choices": [{"delta": {"content": "f", "annotations": [{"onrecord": quote}]}}]},
    ]
    found = [
        *shown_texts({"choices": [{"message": chat}]}),
        *shown_texts({"result": tool}),
        *shown_texts(chunks),
    ]
    assert [shown.text for shown in found] == ["a", "b", "c", "d", "ef"]
    assert all(shown.quotes == (quote,) for shown in found)


def test_what_is_no_text_is_passed_over() -> None:
    odd = {"answer": 1, "written": "x", "choices": [1, {"message": 2}], "content": [3, {"text": 4}]}
    assert list(shown_texts(odd)) == []
