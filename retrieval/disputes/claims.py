"""What somebody claims in a sentence, read for comparing: whose word it is, what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from retrieval.attribution.speakers import Attribution
from retrieval.disputes.asked_matter import AskedMatter, matter_words
from retrieval.disputes.figures import Figure, figures, numbers_in
from retrieval.words.parties import countries_in, country_named

COVERED = 0.5
"""A claim must share more than this part of the question's words, names apart; where
the question asks whether something is so, this part is enough."""

MOSTLY_COVERED = 0.6
ALIKE = 0.6
RATHER_ALIKE = 0.5
"""Where the question asks whether something is so, a sentence with so much of its words, or so
alike, affirms or denies that very thing; one that is rather alike does with a word in common.

Each by itself on tests/retrieval/cases/disputes.txt and disputes_held_out.txt, 83 disputes and 311
matters that nobody disputes (python -m tests.benchmarks.side_thresholds): the same 62 are shown and
none is invented with COVERED from .5 to .7 (at .45 four are), MOSTLY_COVERED from .4 to .8, ALIKE
from .6 to .8 (at .55 one), RATHER_ALIKE from .45 to .55 (at .3 one, at .6 61 are shown)."""

NUMBER_WEIGHT = 2.0
"""A number that two texts share says more than a word."""

_OFFICES = frozenset(
    {"president", "minister", "ministry", "government", "official", "officials", "spokesman"}
    | {"spokeswoman", "spokesperson", "army", "military", "forces", "embassy", "ambassador"}
    | {"guard", "chancellor", "premier", "parliament", "authorities", "administration", "kremlin"}
    | {"diplomat", "diplomats", "secretary", "commander", "general", "department", "king", "queen"}
    | {"president’s", "presidential", "leader", "defence", "defense", "foreign", "intelligence"}
    | {"президент", "министр", "мид", "правительство", "міністр", "мзс", "уряд", "минобороны"}
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that may be quoted, with who speaks in it.

    `score` orders claims, higher is better. `start` is its place in the article, by which a bare
    denial finds what it denies. `story` is shared by copies of one article. `likeness` is the
    cosine of the sentence and the question, on the packaged model's scale. `published` is the
    article's day, where it is known.
    """

    text: str
    attribution: Attribution | None
    article_id: str
    start: int
    score: float
    story: str | None = None
    likeness: float = 0.0
    published: date | None = None


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim with what comparing it takes.

    `relevant` and `alike` tell by words and by meaning that it is about what is asked; `counts`
    are its figures for what a question wants counted, `values` all its numbers.
    """

    claim: Claim
    attribution: Attribution
    party: str
    words: frozenset[str]
    numbers: frozenset[str]
    states: frozenset[str]
    asked: frozenset[str]
    relevant: bool
    alike: bool
    counts: tuple[Figure, ...] = ()
    values: frozenset[float] = frozenset()


def read_claim(claim: Claim, matter: AskedMatter) -> ReadClaim | None:
    """A claim read for a question; None where nobody is known to speak in it."""
    attribution = claim.attribution
    if attribution is None:
        return None
    said = matter_words(claim.text)
    share = share_of(matter.words, said)
    return ReadClaim(
        claim,
        attribution,
        party_of(attribution),
        frozenset(word for word in said if not word[0].isdigit()),
        frozenset(word for word in said if word[0].isdigit()),
        frozenset(countries_in(claim.text)),
        matter.words & said,
        share > COVERED or (matter.whether and share == COVERED),
        matter.whether and _is_about(claim.likeness, share),
        tuple(figure for figure in figures(claim.text) if figure.counted & matter.counted)
        if share >= COVERED or claim.likeness >= ALIKE
        else (),
        numbers_in(claim.text),
    )


def _is_about(likeness: float, share: float) -> bool:
    return share >= MOSTLY_COVERED or likeness >= ALIKE or (likeness >= RATHER_ALIKE and share > 0)


def share_of(asked: frozenset[str], said: frozenset[str]) -> float:
    """Weighted share (0 to 1) of the question's words that a claim has."""
    whole = sum(_weight(word) for word in asked)
    return sum(_weight(word) for word in asked & said) / whole if whole else 0.0


def _weight(word: str) -> float:
    return NUMBER_WEIGHT if word[0].isdigit() else 1.0


def party_of(attribution: Attribution) -> str:
    """The state that speaks, for its capital, offices and officials; else the speaker's name.

    Who speaks for a body or a person is of their party.
    """
    named = country_named(attribution.speaker)
    if named is not None:
        return named
    described = f"{attribution.role} {attribution.body} {attribution.speaker}"
    states = countries_in(described) if holds_office(attribution) else []
    if states:
        return states[0]
    body = attribution.body or attribution.speaker
    return country_named(body) or body.casefold()


def holds_office(attribution: Attribution) -> bool:
    """Whether the text says that a speaker has an office of state, or is one."""
    described = f"{attribution.role} {attribution.speaker}"
    return any(part.strip(".,").casefold() in _OFFICES for part in re.split(r"[\s-]+", described))


def one_party_each(read: Sequence[ReadClaim]) -> list[ReadClaim]:
    """Where one text says whose president somebody is, it holds for the other texts too.

    A surname alone is the one full name that ends with it, where there is one.
    """
    speakers = {one.attribution.speaker for one in read}
    states = {
        one.attribution.speaker: one.party
        for one in read
        if one.party != one.attribution.speaker.casefold()
    }
    parties = {}
    for speaker in speakers:
        full = [name for name in speakers if name.endswith(f" {speaker}")]
        whole = full[0] if len(full) == 1 else speaker
        parties[speaker] = states.get(whole) or states.get(speaker) or whole.casefold()
    return [replace(one, party=parties[one.attribution.speaker]) for one in read]
