from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sides import Claim, disagreement, party_of
from retrieval.speakers import Attribution, attribute
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
    spoken = Attribution(speaker, "says", attribution.span, False, role)
    assert party_of(spoken) == party


@given(st.text(max_size=80), st.lists(st.sampled_from([ACCUSED, DENIED, LENGTH, "He said no."])))
def test_there_are_no_sides_or_at_least_two(question: str, sentences: list[str]) -> None:
    found = disagreement(question, claims(*sentences) if sentences else [])
    assert len(found) != 1
    assert all(stance.claims and stance.speaker for stance in found)
