"""Denials in the words of a question that tell of something else, and those that do not."""

from __future__ import annotations

import pytest

from corpus.article import Span
from retrieval.attribution.speakers import Attribution
from retrieval.attribution.speech import Polarity
from retrieval.disputes.claims import Claim
from retrieval.disputes.sides import disagreement

Said = tuple[str, Polarity, str]


def stand_against(question: str, *said: Said) -> bool:
    """Whether what is said, each by a speaker with a verb of one kind, makes two sides."""
    claims = [
        Claim(text, Attribution(who, verb, Span(0, 1)), name, 0, 1.0, likeness=0.6)
        for name, (who, verb, text) in zip("ab", said, strict=True)
    ]
    return bool(disagreement(question, claims))


SAYS: Said = ("The nurse", "says", "The nurse said that the director had closed a ward.")
CLOSED = "Did the director close a ward?"


@pytest.mark.parametrize(
    ("question", "claim", "denial"),
    [
        (CLOSED, SAYS, ("The director", "says", "He said that he had not closed a ward.")),
        (CLOSED, SAYS, ("The director", "denies", "He denied closing a ward.")),
        (CLOSED, SAYS, ("The director", "denies", "He rejected the allegation.")),
        (CLOSED, SAYS, ("The director", "denies", "He denied any wrongdoing.")),
        (
            "Was Brandt ordered to burn the files?",
            ("Brandt", "says", "Brandt said that she had been ordered to burn the files."),
            ("Felix Roth", "says", "Roth said that he had given no order to burn the files."),
        ),
        (
            "How much gold is in the hills?",
            ("The institute", "says", "There are 90 tonnes of gold in the hills."),
            ("Aurum", "denies", "Aurum disputes the estimate of 90 tonnes."),
        ),
        (
            "By how much did Pohl raise rents?",
            ("The league", "accuses", "The league accused Pohl of raising rents by a third."),
            ("Pohl", "says", "Pohl said that he had raised rents by only 6 per cent."),
        ),
    ],
)
def test_a_denial_of_what_is_asked_makes_sides(question: str, claim: Said, denial: Said) -> None:
    assert stand_against(question, claim, denial)


@pytest.mark.parametrize(
    ("question", "claim", "denial"),
    [
        (CLOSED, SAYS, ("The director", "says", "He had not closed a ward in the annex.")),
        (CLOSED, SAYS, ("The director", "says", "He had not closed a ward in 2019.")),
        (CLOSED, SAYS, ("The director", "says", "He had not closed the pharmacy.")),
        (CLOSED, SAYS, ("The surgeon", "says", "The porter had not closed a ward.")),
        (CLOSED, SAYS, ("The director", "says", "The director had not closed a second ward.")),
        (CLOSED, SAYS, ("The director", "denies", "He denied that he would close the kitchen.")),
        (CLOSED, SAYS, ("The director", "denies", "The director rejected the ward's new budget.")),
        (CLOSED, SAYS, ("The director", "denies", "He rejected the claims about his salary.")),
        (
            "Was Brandt ordered to burn the files?",
            ("Brandt", "says", "Brandt said that she had been ordered to burn the files."),
            ("Felix Roth", "says", "Roth said that he had not been ordered to burn the files."),
        ),
        (
            "Was Brandt ordered to burn the files?",
            ("Brandt", "says", "Brandt said that she had been ordered to burn the files."),
            ("Felix Roth", "says", "Roth said that he had never ordered Kolb to burn the files."),
        ),
        (
            "How much gold is in the hills?",
            ("The institute", "says", "There are 90 tonnes of gold in the hills."),
            ("Aurum", "denies", "Aurum disputes the sum of 90 crowns."),
        ),
        (
            "By how much did Pohl raise rents?",
            ("The league", "accuses", "The league accused Pohl of raising rents by a third."),
            ("Pohl", "says", "Pohl said that he had raised rents by only 6 per cent in 2019."),
        ),
        (
            "Were the nurses paid the bonus?",
            ("Nurses", "says", "Nurses said that they had been paid the bonus."),
            ("Cleaners", "says", "Cleaners said that they had not been paid the bonus."),
        ),
        (
            "Did Kelland expel envoys of Ruvia?",
            ("Kelland", "says", "Kelland said that it had expelled envoys of Ruvia."),
            ("Ruvia", "says", "Ruvia said that it had not expelled envoys of Kelland."),
        ),
        (
            "Did the clerk meet the pope?",
            ("The office", "says", "The office said that the clerk had met the pope."),
            ("Luca Senn", "says", "Senn said that the pope had not met the press."),
        ),
        (CLOSED, SAYS, ("The director", "says", "No ward with more than nine beds was closed.")),
        (
            "Did the clinic in Rusk receive vaccine?",
            ("The office", "says", "The office said that the clinic in Rusk had received vaccine."),
            ("Ida Lund", "says", "Lund said that the clinic in Sund had not received vaccine."),
        ),
        (
            "Were all flights cancelled on Monday?",
            ("The airline", "says", "The airline said that all flights were cancelled on Monday."),
            ("The airport", "says", "The airport said that no flights were cancelled on Friday."),
        ),
    ],
)
def test_a_denial_of_something_else_makes_none(question: str, claim: Said, denial: Said) -> None:
    assert not stand_against(question, claim, denial)


def test_the_day_on_which_somebody_spoke_is_not_the_day_of_what_was_done() -> None:
    claim: Said = ("Police", "says", "Police said that Buell had insulted the referee on Monday.")
    denial: Said = (
        "Buell",
        "says",
        "Buell told reporters on Friday that he had not insulted anybody.",
    )
    assert stand_against("Did Buell insult the referee on Monday?", claim, denial)
