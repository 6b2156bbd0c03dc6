"""Both sides of a matter: who claims it and who denies it, each in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.keywords import terms
from retrieval.disputes.asked_matter import AskedMatter, asked_matter
from retrieval.disputes.claims import Claim, ReadClaim, one_party_each, read_claim
from retrieval.disputes.contrasts import tells_of_another
from retrieval.disputes.negations import tells_only_of
from retrieval.disputes.opposition import LIKELY, opposes
from retrieval.words.parties import countries_in, country_named
from retrieval.words.turn_names import Name, names_in

MOST_CLAIMS = 3
OPPOSED = 2
"""Sides that a dispute has; a further one is heard where it likely speaks of what is asked."""

_PASSIVE = re.compile(r"(?<!\w)(?:be|been|being|was|were|is|are)(?!\w)", re.IGNORECASE)
_OPENING_WORD = re.compile(r"\W*\w+\s+(?:the\s+)?", re.IGNORECASE)
_COUNTS = re.compile(
    r"\W*how\s+(?:many|much)(?!\w).*\s(?:do|does|did|has|have|had|will)\s+(?:the\s+)?$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Stance:
    """One side: its label, and its claims in its own words, best first."""

    speaker: str
    claims: tuple[Claim, ...]


def disagreement(question: str, claims: Sequence[Claim]) -> tuple[Stance, ...]:
    """Who stands on which side of what is asked; empty where nobody disagrees about it.

    A side is made by a claim and a denial of it by another party, or by two parties that accuse
    each other, where both are about the question's matter. A denial that gives a figure answers
    the claims with that figure, where there are any. Parties of one state (its capital,
    ministries, officials) are one side. Nothing is judged: the first two sides are those of the
    two opposed claims that answer best, the better one first.
    """
    names = names_in(question)
    matter = asked_matter(question)
    read = one_party_each(
        [one for claim in claims if (one := read_claim(claim, matter)) is not None]
    )
    read = [one for one in read if not tells_of_another(one, matter)]
    wanted = _identities(_subject(question, names))
    actor = _identities(_actor(question, names))
    read = [
        one
        if _speaks_of(one, wanted) or _tells_of_not_doing(one, matter)
        else replace(one, alike=False)
        for one in read
    ]
    read = [
        one if _speaks_of(one, actor) else replace(one, alike=False, relevant=False) for one in read
    ]
    disputes: list[tuple[ReadClaim, ReadClaim]] = []
    for denial in read:
        against = [claim for claim in read if opposes(denial, claim, matter)]
        exact = [claim for claim in against if denial.numbers & claim.numbers]
        disputes.extend((denial, claim) for claim in exact or against)
    return _stances(disputes)


def _subject(question: str, names: Sequence[Name]) -> list[str]:
    """The name that a yes-or-no question is about: what follows its first word, if one does."""
    opening = _OPENING_WORD.match(question)
    return [name.text for name in names[:1] if opening and name.span.start == opening.end()]


def _actor(question: str, names: Sequence[Name]) -> list[str]:
    """Whose doing is counted: "Norway" in "How many mines did Norway lay?"."""
    return [name.text for name in names if _COUNTS.match(question, 0, name.span.start)][:1]


def _identities(names: Iterable[str]) -> frozenset[str]:
    """States by their name, everything else by its stems."""
    found: set[str] = set()
    for name in names:
        state = country_named(name)
        found.update([state] if state is not None else terms(name))
    return frozenset(found)


def _speaks_of(read: ReadClaim, wanted: frozenset[str]) -> bool:
    """Whether a claim or its speaker is about the name that the question asks about, if any."""
    if not wanted:
        return True
    if read.party in wanted and read.attribution.verb_polarity != "denies":
        # What a state says of another's doing is not about its own.
        first = countries_in(read.claim.text)[:1]
        if first and first[0] not in wanted:
            return False
    said = f"{read.claim.text} {read.attribution.speaker} {read.attribution.role}"
    return not wanted.isdisjoint([*read.states, read.party, *terms(said)])


def _tells_of_not_doing(read: ReadClaim, matter: AskedMatter) -> bool:
    """Whether it denies all that was done to the one whom the question is about.

    "Was Brandt ordered to change the accounts?": who gave no such order need not name Brandt.
    Who was not ordered either speaks of himself, and who names another, of that one.
    """
    if not matter.done_to or read.asked != matter.words or _PASSIVE.search(read.claim.text):
        return False
    who = f"{read.attribution.speaker} {read.attribution.role} {read.attribution.body}"
    others = [name for name in names_in(read.claim.text) if name.text not in who]
    return not others and tells_only_of(read.claim.text, matter)


def _stances(disputes: Sequence[tuple[ReadClaim, ReadClaim]]) -> tuple[Stance, ...]:
    """The claims of each party, those of the best dispute first; a story's copies count once."""
    grouped: dict[str, list[ReadClaim]] = {}
    best_first = sorted(disputes, key=lambda pair: -sum(one.claim.score for one in pair))
    for pair in best_first:
        for one in sorted(pair, key=lambda one: -one.claim.score):
            grouped.setdefault(one.party, []).append(one)
    return tuple(
        Stance(_label(party, members), _shown(members))
        for place, (party, members) in enumerate(grouped.items())
        if place < OPPOSED or any(one.claim.score >= LIKELY for one in members)
    )


def _shown(members: Sequence[ReadClaim]) -> tuple[Claim, ...]:
    shown: dict[tuple[str | None, str], Claim] = {}
    for one in members:
        shown.setdefault((one.claim.story, one.claim.text), one.claim)
    return tuple(shown.values())[:MOST_CLAIMS]


def _label(party: str, members: Sequence[ReadClaim]) -> str:
    """The speaker's name as the text has it; several of one state under the state's name."""
    spoken = dict.fromkeys(one.attribution.speaker for one in members)
    names = [name for name in spoken if not any(other.endswith(f" {name}") for other in spoken)]
    if len(names) == 1:
        return names[0]
    body = next((name for name in names if name.casefold() == party), None)
    if body is not None:
        return body
    others = [name for name in names if country_named(name) is None]
    if country_named(party) is None:
        return names[0]
    return f"{party} ({', '.join(others)})" if others else names[0]
