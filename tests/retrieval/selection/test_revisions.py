from __future__ import annotations

import pytest

from retrieval.question.answer_kinds import AnswerKind
from retrieval.selection.distinct import Statement
from retrieval.selection.revisions import revision_asked_for

DIED = "How many people died in the Halvern floods?"
OPENS = "When will the Halvern bridge open?"
COUNT, TIME = AnswerKind.QUANTITY, AnswerKind.TIME
LATER = "The number of people killed in the Halvern floods rose to 41 after 18 bodies were found."
FIRST = "At least 23 people have died after the river burst its banks."
NEW_PRICE = "The Halvern bridge will cost 1.1 billion crowns and open in 2029, the council said."
OLD_PRICE = "The Halvern bridge will cost 780 million crowns and open in 2028, the council said."


def told(question: str, kind: AnswerKind, *pairs: tuple[str, str], likely: bool = True) -> object:
    newer, older = (Statement(text, 1.0, answer) for text, answer in pairs)
    return revision_asked_for(question, kind, newer, older, likely)


def test_a_bare_number_counts_what_is_asked() -> None:
    assert told(DIED, COUNT, (LATER, "41"), (FIRST, "23")) == ("41", "23")
    assert told(DIED, COUNT, (LATER, "41"), (FIRST, "23"), likely=False) is None


@pytest.mark.parametrize(
    ("question", "newer", "older"),
    [
        (DIED, (LATER, "18"), (FIRST, "23")),
        ("How many people are missing in Halvern?", (LATER, "18"), (FIRST, "23")),
        ("How many people are missing in Halvern?", (LATER, "41"), (FIRST, "23")),
        ("How many people were hurt in the Halvern floods?", (LATER, "41"), (FIRST, "23")),
    ],
)
def test_what_counts_something_else_revises_nothing(
    question: str, newer: tuple[str, str], older: tuple[str, str]
) -> None:
    assert told(question, COUNT, newer, older) is None


def test_only_what_is_asked_for_is_told_to_be_revised() -> None:
    both = (NEW_PRICE, "1.1 billion crowns"), (OLD_PRICE, "780 million crowns")
    price = ("1.1 billion", "780 million")
    assert told("How much will the Halvern bridge cost?", COUNT, *both) == price
    assert told("Who said what the Halvern bridge will cost?", AnswerKind.PERSON, *both) is None
    assert told(OPENS, TIME, (NEW_PRICE, "2029"), (OLD_PRICE, "2028")) == ("2029", "2028")
    assert told(OPENS, TIME, (NEW_PRICE, "2029"), (OLD_PRICE, "2028"), likely=False) is None


def test_what_has_happened_may_have_happened_twice() -> None:
    won = "Halvern won the cup in 2029.", "2029"
    before = "Halvern won the cup in 2012.", "2012"
    assert told("When did Halvern win the cup?", TIME, won, before) is None
