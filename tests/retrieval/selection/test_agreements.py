"""What is told to agree, and whose copies are named, over sentences as they are ranked."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.article import Article, Passage, Span
from corpus.sentences import split_sentences
from index.store import StoredPassage
from retrieval.attribution.speakers import Attribution, attribute
from retrieval.evidence.candidates import Candidate
from retrieval.evidence.ranked import RankedSentence
from retrieval.selection.agreements import agreements, copies_of
from retrieval.selection.distinct import Statement
from retrieval.selection.rivals import rivals_named

LIKELY, HARDLY = 1.0, -4.0
QUESTION = "By how much did the bank raise the key rate?"
RAISED = "The bank raised the key rate to 5 percent."


def sentence(
    text: str, outlet: str, story: str = "", log_odds: float = LIKELY, number: int = 0
) -> RankedSentence:
    spans = tuple(split_sentences(text))
    article = Article(outlet, "Title", text, outlet, source=outlet)
    vectors = np.zeros((len(spans), 2), np.float32)
    passage = Passage(0, len(text), spans)
    stored = StoredPassage(1, 0, passage, article, story or outlet, vectors)
    return RankedSentence(Candidate(stored, 1, 1.0, 1, 1.0), number, log_odds, (), None)


def who(text: str) -> Attribution | None:
    return attribute(text, [Span(0, len(text))])[0]


def notes(question: str, ranked: list[RankedSentence], answer: str, chosen: list[int]) -> list[str]:
    told = [
        Statement(
            one.text, one.log_odds, answer, rivals=rivals_named(question, one.text, who(one.text))
        )
        for one in ranked
    ]
    return [str(note) for note in agreements(question, ranked, told, chosen)]


def test_who_hardly_answers_does_not_agree() -> None:
    other = "The match lasted 5 percent longer."
    ranked = [sentence(RAISED, "Ledger"), sentence(other, "Courier", log_odds=HARDLY)]
    assert notes(QUESTION, ranked, "5 percent", [0]) == []


def test_what_has_most_of_the_question_agrees_however_low_it_ranks() -> None:
    other = "She criticised that the bank had raised its key rate to 5 percent."
    ranked = [sentence(RAISED, "Ledger"), sentence(other, "Courier", log_odds=HARDLY)]
    assert notes(QUESTION, ranked, "5 percent", [0]) == ["[1] agrees with Courier"]


def test_an_outlet_that_is_quoted_with_the_same_is_not_told_to_agree() -> None:
    ranked = [sentence(RAISED, "Ledger"), sentence(f"“{RAISED}”", "Courier")]
    assert notes(QUESTION, ranked, "5 percent", [0, 1]) == []


def test_no_outlet_agrees_with_itself_however_its_name_is_written() -> None:
    other = sentence("In June the bank raised its key rate to 5 percent.", "LEDGER", "another")
    ranked = [sentence(RAISED, "Ledger"), other]
    assert notes(QUESTION, ranked, "5 percent", [0]) == []


CUT = "How many jobs will Ford cut?"
CUTS = "Ford will cut 3,000 jobs."


@pytest.mark.parametrize(
    "other",
    [
        "Stellantis will cut 3,000 jobs in Italy.",
        "Some 3,000 jobs will be cut at home by Stellantis.",
        "Renault said that Stellantis will cut 3,000 jobs.",
    ],
)
def test_what_is_told_of_another_does_not_agree(other: str) -> None:
    ranked = [sentence(CUTS, "Ledger"), sentence(other, "Courier")]
    assert notes(CUT, ranked, "3,000 jobs", [0]) == []


@pytest.mark.parametrize(
    "other",
    [
        "Ford’s plan is to cut 3,000 jobs in Italy.",
        "The carmaker will cut 3,000 jobs, Anna Berg said.",
        "Workers were told that 3,000 jobs will be cut in Italy.",
        "The company will cut 3,000 jobs.",
    ],
)
def test_who_tells_the_same_of_the_one_asked_about_agrees(other: str) -> None:
    ranked = [sentence(CUTS, "Ledger"), sentence(other, "Courier")]
    assert notes(CUT, ranked, "3,000 jobs", [0]) == ["[1] agrees with Courier"]


def test_who_tells_of_the_hurt_does_not_agree_about_the_dead() -> None:
    died = "How many people died in the fire?"
    ranked = [
        sentence("The fire killed 12 people.", "Ledger"),
        sentence("The fire injured 12 people.", "Courier"),
        sentence("In the fire 12 people died.", "Herald"),
    ]
    assert notes(died, ranked, "12 people", [0]) == ["[1] agrees with Herald"]


def test_a_copy_has_the_words_and_is_not_quoted_itself() -> None:
    quoted = sentence(f"{RAISED} More came.", "Ledger", "one")
    same = sentence(f"A note. {RAISED}", "Courier", "one")
    shorter = sentence("The bank spoke.", "Herald", "one")
    ranked = [quoted, same, shorter]
    assert [one.id for one in copies_of(quoted, ranked, [quoted])] == ["Courier"]
    assert copies_of(quoted, ranked, [quoted, same]) == ()


def test_what_one_word_tells_apart_is_no_copy() -> None:
    quoted = sentence("The bridge over the old harbour is safe on Monday.", "Ledger", "one")
    unsafe = sentence("The bridge over the old harbour is unsafe on Monday.", "Courier", "one")
    sunday = sentence("The bridge over the old harbour is safe on Sunday.", "Herald", "one")
    copy = sentence("The bridge over the old harbour is still safe on Monday.", "Post", "one")
    found = copies_of(quoted, [quoted, unsafe, sunday, copy], [quoted])
    assert [one.id for one in found] == ["Post"]
