from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Span
from retrieval.attribution.speakers import Attribution, attribute
from retrieval.disputes.claims import Claim, party_of
from retrieval.disputes.sides import disagreement
from tests.retrieval.articles import article


def claims(*sentences: str, name: str = "a", story: str | None = None) -> list[Claim]:
    text, spans = article(*sentences)
    found = attribute(text, spans)
    return [
        Claim(span.of(text), who, name, span.start, 1.0 - place / 100, story)
        for place, (span, who) in enumerate(zip(spans, found, strict=True))
    ]


def sides(question: str, given_claims: list[Claim]) -> dict[str, list[str]]:
    return {
        stance.speaker: [claim.text for claim in stance.claims]
        for stance in disagreement(question, given_claims)
    }


ACCUSED = "Norwegian Defence Minister Jan Lind accused Sweden of laying 40 mines in the strait."
DENIED = "Sweden denied that it had laid 40 mines in the strait."
LENGTH = "The strait is 12 kilometres wide, the Harbour Office said."


def test_a_claim_and_its_denial_stand_on_two_sides() -> None:
    assert sides("Did Sweden lay 40 mines in the strait?", claims(ACCUSED, LENGTH, DENIED)) == {
        "Jan Lind": [ACCUSED],
        "Sweden": [DENIED],
    }


@pytest.mark.parametrize(
    "question",
    ["How wide is the strait?", "Who is Jan Lind?", "What did the Harbour Office say?", ""],
)
def test_what_nobody_disputes_has_no_sides(question: str) -> None:
    assert sides(question, claims(ACCUSED, LENGTH, DENIED)) == {}


@pytest.mark.parametrize("alone", [ACCUSED, DENIED])
def test_one_side_alone_is_no_disagreement(alone: str) -> None:
    assert sides("Did Sweden lay 40 mines in the strait?", claims(alone, LENGTH)) == {}


def test_the_denial_may_stand_in_another_article() -> None:
    both = [*claims(ACCUSED, name="a"), *claims(DENIED, name="b")]
    assert set(sides("Did Sweden lay mines in the strait?", both)) == {"Jan Lind", "Sweden"}


def test_a_bare_denial_answers_what_its_article_claimed_before() -> None:
    bare = "Swedish officials have dismissed the allegations."
    question = "Did Sweden lay mines in the strait?"
    assert set(sides(question, claims(ACCUSED, bare))) == {"Jan Lind", "Swedish officials"}
    apart = [*claims(ACCUSED, name="a"), *claims(bare, name="b")]
    assert sides(question, apart) == {}


def test_a_negated_claim_denies_the_same_claim_of_another_party() -> None:
    says = "Norway said Swedish ships had mined the strait."
    negated = "Stockholm said Swedish ships had never mined the strait."
    assert set(sides("Did Swedish ships mine the strait?", claims(says, negated))) == {
        "Norway",
        "Stockholm",
    }


def test_parties_of_one_state_are_one_side() -> None:
    question = "Did Sweden lay 40 mines in the strait?"
    found = sides(
        question,
        claims(
            ACCUSED,
            DENIED,
            "The Swedish Foreign Ministry said it had never laid 40 mines in the strait.",
        ),
    )
    assert len(found) == 2
    assert "Sweden (Swedish Foreign Ministry)" in found


KILLED = "The fire at the Halvern mill killed ten people, police said."
KILLED_TOO = "Ten people were killed in the fire at the Halvern mill, according to officials."
HURT = "Eleven people were killed in the fire at the Halvern mill, the mayor said."


def test_the_sides_shown_first_are_those_that_disagree() -> None:
    question = "How many people were killed in the fire at the Halvern mill?"
    found = list(sides(question, claims(KILLED, KILLED_TOO, HURT)))
    assert found[:2] == ["police", "the mayor"]


@pytest.mark.parametrize(
    "other",
    [
        "Eleven people were killed in the fire at the mill of Kestria, the mayor said.",
        "Eleven people were hurt and ten people killed in the fire at the Halvern mill, he said.",
        "The fire at the Halvern mill drove 20,000 people out of their houses, the mayor said.",
    ],
)
def test_figures_for_something_else_are_no_other_side(other: str) -> None:
    question = "How many people were killed in the fire at the mill?"
    assert sides(question, claims(KILLED, other)) == {}


def test_a_sentence_that_hardly_answers_gives_no_figure_to_dispute() -> None:
    question = "How many people were killed in the fire at the Halvern mill?"
    first, second = claims(KILLED, HURT)
    assert sides(question, [first, replace(second, score=-4.7)]) == {}


@pytest.mark.parametrize(
    ("first_day", "second_day", "disputed"),
    [(4, 4, True), (4, 7, False), (7, 4, True), (None, 4, True)],
)
def test_a_count_that_went_on_is_no_dispute(
    first_day: int | None, second_day: int, disputed: bool
) -> None:
    question = "How many people were killed in the fire at the Halvern mill?"
    days = [date(2024, 6, day) if day else None for day in (first_day, second_day)]
    said = [
        replace(claim, published=day) for claim, day in zip(claims(KILLED, HURT), days, strict=True)
    ]
    assert bool(sides(question, said)) is disputed


def test_a_negation_of_something_else_is_no_denial() -> None:
    said = "The ferry company says its boats are safe and inspected, the Harbour Office said."
    other = "The boats of the ferry company are inspected and will not run on Sundays, Lind said."
    assert sides("Who inspected the boats of the ferry company?", claims(said, other)) == {}


def test_a_party_does_not_deny_itself() -> None:
    says = "Sweden said it had laid 40 mines in the strait."
    assert sides("Did Sweden lay 40 mines in the strait?", claims(says, DENIED)) == {}


def test_accusations_against_each_other_are_two_sides() -> None:
    first = "Norway accused Sweden of poisoning the river."
    second = "Sweden accused Norway of poisoning the river."
    assert set(sides("Who poisoned the river?", claims(first, second))) == {"Norway", "Sweden"}


def test_copies_of_one_story_are_shown_once() -> None:
    copies = [*claims(ACCUSED, name="a", story="s"), *claims(ACCUSED, name="b", story="s")]
    found = sides("Did Sweden lay 40 mines in the strait?", [*copies, *claims(DENIED, name="c")])
    assert found["Jan Lind"] == [ACCUSED]


@pytest.mark.parametrize(
    ("speaker", "role", "party"),
    [
        ("Kyiv", "", "Ukraine"),
        ("Ukraine’s Ministry of Foreign Affairs", "", "Ukraine"),
        ("Jan Lind", "Norwegian President", "Norway"),
        ("Jan Lind", "a spokesman for Norway’s Border Guard", "Norway"),
        ("Foreign Ministry", "in Oslo", "Norway"),
        ("Jan Lind", "a Norwegian painter", "jan lind"),
    ],
)
def test_who_speaks_for_a_state(speaker: str, role: str, party: str) -> None:
    (attribution,) = [one.attribution for one in claims("Anna Berg said so.") if one.attribution]
    spoken = Attribution(speaker, "says", attribution.span, role)
    assert party_of(spoken) == party


@given(st.text(max_size=80), st.lists(st.sampled_from([ACCUSED, DENIED, LENGTH, "He said no."])))
def test_there_are_no_sides_or_at_least_two(question: str, sentences: list[str]) -> None:
    found = disagreement(question, claims(*sentences) if sentences else [])
    assert len(found) != 1
    assert all(stance.claims and stance.speaker for stance in found)


CLAIMED = "Party leader Emil Tarr claimed that postal votes had been thrown away."
THROWN = "Were postal votes thrown away?"


@pytest.mark.parametrize(
    "denial",
    ["The electoral commission denied this.", "The electoral commission rejected the accusation."],
)
def test_a_denial_of_this_answers_what_was_just_claimed(denial: str) -> None:
    assert sides(THROWN, claims(CLAIMED, denial)) == {
        "Emil Tarr": [CLAIMED],
        "The electoral commission": [denial],
    }
    between = "Turnout was 67 percent."
    assert sides(THROWN, claims(CLAIMED, between, "The electoral commission denied this.")) == {}
    assert sides("Who is the leader of the party?", claims(CLAIMED, denial)) == {}


def test_who_speaks_for_a_body_does_not_stand_against_it() -> None:
    denied = "The operator, Orla Hydro, denied that the dam had been neglected."
    said = "“The dam was inspected and not neglected,” its chief executive, Karin Dahl, said."
    heard = claims("Residents say the dam was neglected.", denied, said)
    found = disagreement("Was the dam neglected?", heard)
    assert {stance.speaker for stance in found} == {"Orla Hydro", "Residents"}


@pytest.mark.parametrize(
    ("role", "body", "party"),
    [
        ("its chairman", "Orla Hydro", "orla hydro"),
        ("its spokesman", "Norwegian Foreign Ministry", "Norway"),
        ("a lawyer", "", "jan lind"),
    ],
)
def test_who_speaks_for_a_body_is_of_its_party(role: str, body: str, party: str) -> None:
    assert party_of(Attribution("Jan Lind", "says", Span(0, 8), role, body)) == party


@pytest.mark.parametrize(
    ("role", "body"),
    [("Rovers’ coach", "Rovers"), ("Halden’s mayor", "Halden"), ("Halden’s rival", "")],
)
def test_whom_a_role_names_is_spoken_for(role: str, body: str) -> None:
    text, spans = article(f"{role}, Jan Lind, said it was late.")
    (found,) = attribute(text, spans)
    assert found is not None
    assert found.body == body


def test_its_spokeswoman_speaks_for_the_body_named_before() -> None:
    text, spans = article(
        "The Harbour Ministry said it was late.",
        "Its spokeswoman, Ida Lund, said so.",
        "The Rail Office denied it.",
        "Lund said no more.",
    )
    bodies = [one.body for one in attribute(text, spans) if one is not None]
    assert bodies == ["", "Harbour Ministry", "", "Harbour Ministry"]


def test_a_denial_of_something_else_about_the_same_thing_is_none() -> None:
    warned = "“The warning came seven hours before the dam broke,” Elsa Kroll said."
    denied = "Orla Hydro denied that the dam had been neglected."
    heard = [replace(one, likeness=0.7) for one in claims(warned, denied)]
    assert disagreement("Was there a warning before the dam broke?", heard) == ()


def test_to_urge_is_no_claim() -> None:
    urged = "Sweden urged Norway to withdraw its troops from the border."
    denied = "Norway denied that it had sent troops to the border."
    assert sides("Did Norway send troops to the border?", claims(urged, denied)) == {}


def test_who_doubts_it_agrees_with_who_says_no() -> None:
    doubted = "“I doubt that Norway will send troops to the border,” Emil Tarr said."
    denied = "Norway denied that it would send troops to the border."
    question = "Will Norway send troops to the border?"
    assert sides(question, claims(doubted, denied)) == {}
    sure = "“There is no doubt that Norway will send troops to the border,” Emil Tarr said."
    assert set(sides(question, claims(sure, denied))) == {"Emil Tarr", "Norway"}


@pytest.mark.parametrize(
    "agreed",
    [
        "Dr. Anna Lund said she had never doubted that the vaccine is safe.",
        "Dr. Anna Lund said there was no reason to doubt the vaccine is safe.",
        "Dr. Anna Lund said it was false that the vaccine is not safe.",
        "Dr. Anna Lund said nobody should think the vaccine is not safe.",
    ],
)
def test_who_denies_a_denial_is_no_other_side(agreed: str) -> None:
    question, said = "Is the vaccine safe?", "The FDA said the vaccine is safe."
    assert sides(question, claims(said, agreed)) == {}
    denied = "Dr. Anna Lund said the vaccine is not safe."
    assert len(sides(question, claims(said, denied))) == 2


def test_the_hurt_are_no_other_count_of_the_dead() -> None:
    hurt = "Eleven people were hurt in the fire at the Halvern mill, the mayor said."
    question = "How many people were killed in the fire at the Halvern mill?"
    assert len(sides(question, claims(KILLED, HURT))) == 2
    assert sides(question, claims(KILLED, hurt)) == {}


def test_a_third_side_likely_speaks_of_what_is_asked() -> None:
    third = "Denmark rejected the claim that Sweden had laid 40 mines in the strait."
    question = "Did Sweden lay 40 mines in the strait?"
    first, second, last = claims(ACCUSED, DENIED, third)
    assert len(disagreement(question, [first, second, last])) == 3
    assert len(disagreement(question, [first, second, replace(last, score=-4.7)])) == 2


def test_what_another_did_is_not_what_is_counted() -> None:
    heard = claims(ACCUSED, DENIED)
    assert set(sides("How many mines did Sweden lay in the strait?", heard)) == {
        "Jan Lind",
        "Sweden",
    }
    assert sides("How many mines did Norway lay in the strait?", heard) == {}


def test_who_denies_it_denies_what_is_said_of_the_two_in_other_words() -> None:
    denied = "Jan Lind has denied having an affair with Nina Foss, a singer."
    told = "The Northern Courier reported that Lind had a brief relationship with Foss."
    alike = [replace(one, likeness=0.7) for one in (*claims(denied), *claims(told, name="b"))]
    question = "Did Jan Lind have an affair with Nina Foss?"
    assert set(sides(question, alike)) == {"Jan Lind", "Northern Courier"}
    other = "The Northern Courier reported that Lind had a brief relationship with the firm."
    unlike = [replace(one, likeness=0.7) for one in (*claims(denied), *claims(other, name="b"))]
    assert sides(question, unlike) == {}


def test_a_figure_with_a_comma_is_one_of_what_is_denied() -> None:
    accused = (
        "Belarusian President Jan Lind accused Ukraine of sending 120,000 soldiers to its border."
    )
    denied = "Ukraine denied Lind’s claim that Kyiv had sent 120,000 soldiers to the border."
    shown = sides("Did Ukraine send 120,000 troops to the border?", claims(accused, LENGTH, denied))
    assert shown["Ukraine"] == [denied]
    assert [accused] in shown.values()
