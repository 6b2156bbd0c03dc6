"""Both sides of a matter: who claims it and who denies it, each in its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from index.keywords import terms
from retrieval.parties import countries_in, country_named
from retrieval.sentence_tokens import words as speech_words
from retrieval.speakers import Attribution
from retrieval.turn_names import is_stop_word, names_in
from retrieval.word_lists import by_word, word_lists

COVERED = 0.5
"""A claim must share more than this part of the question's words, names apart; where
the question asks whether something is so, this part is enough."""

NUMBER_WEIGHT = 2.0
"""A number that two texts share says more than a word."""

NEARBY = 1500
"""A bare denial ("dismissed the allegations") speaks of claims at most so many characters before
it in the same article."""

MOST_CLAIMS = 3

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_BARE_OBJECT = re.compile(
    r"(?:the|these|those|this|that|such|all|both|its|his|her|their|[^\W\d_]+['’]s|[A-Z][a-z]+)\s+"
    r"(?:\w+\s+)?(?:claims?|allegations?|accusations?|charges|reports?|figures?|assertions?|statements?"
    r"|suggestions?|rumou?rs?)(?!\w)"
)
_ASKS_WHETHER = re.compile(
    r"\W*(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|ist|sind|hat|haben|правда"
    r"|чи)(?!\w)|.{0,40}\sли(?!\w)",
    re.IGNORECASE,
)
_NO_CLAIM = frozenset({"denies", "doubts", "refuses"})
_NEGATION = re.compile(
    r"(?<!\w)(?:not|never|no|none|nobody|without|untrue|false|falsely|baseless|unfounded|fabricated"
    r"|disinformation|lie|lies|не|никогда|ложь|ні|ніколи|неправда)(?!\w)|n[’']t(?!\w)",
    re.IGNORECASE,
)
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
    denial finds what it denies. `story` is shared by copies of one article.
    """

    text: str
    attribution: Attribution | None
    article_id: str
    start: int
    score: float
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """One side: its label, and its claims in its own words, best first."""

    speaker: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """A claim with what comparing it takes."""

    claim: Claim
    attribution: Attribution
    party: str
    words: frozenset[str]
    numbers: frozenset[str]
    states: frozenset[str]
    asked: frozenset[str]
    relevant: bool


def disagreement(question: str, claims: Sequence[Claim]) -> tuple[Stance, ...]:
    """Who stands on which side of what is asked; empty where nobody disagrees about it.

    A side is made by a claim and a denial of it by another party, or by two parties that accuse
    each other, where both are about the question's matter. A denial that gives a figure answers
    the claims with that figure, where there are any. Parties of one state (its capital,
    ministries, officials) are one side. Nothing is judged: sides come in the order of their
    best claim.
    """
    named = {term for name in names_in(question) for term in terms(name.text)}
    asked = _matter_words(question) - {term for term in named if not term[0].isdigit()}
    whether = bool(_ASKS_WHETHER.match(question))
    read = _one_party_each(
        [one for claim in claims if (one := _read(claim, asked, whether)) is not None]
    )
    opposed: set[int] = set()
    for place, denial in enumerate(read):
        against = [other for other, claim in enumerate(read) if _opposes(denial, claim)]
        exact = [other for other in against if denial.numbers & read[other].numbers]
        if against:
            opposed.update([place, *(exact or against)])
    if not opposed:
        return ()
    return _stances([read[place] for place in sorted(opposed)])


def _one_party_each(read: Sequence[_Read]) -> list[_Read]:
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


def _read(claim: Claim, asked: frozenset[str], whether: bool) -> _Read | None:
    attribution = claim.attribution
    if attribution is None:
        return None
    said = _matter_words(claim.text)
    share = _share(asked, said)
    return _Read(
        claim,
        attribution,
        party_of(attribution),
        frozenset(word for word in said if not word[0].isdigit()),
        frozenset(word for word in said if word[0].isdigit()),
        frozenset(countries_in(claim.text)),
        asked & said,
        share > COVERED or (whether and share == COVERED),
    )


@lru_cache(maxsize=4096)
def _matter_words(text: str) -> frozenset[str]:
    """Stems and numbers of what a text is about: no names of states or of several words, no
    words of saying."""
    found: set[str] = set()
    bodies = [name.span for name in names_in(text) if " " in name.text]
    for match in _WORD.finditer(text):
        word, folded = match.group(), match.group().casefold()
        if any(span.start <= match.start() < span.end for span in bodies):
            continue
        if is_stop_word(folded) or country_named(word) is not None:
            continue
        if any(folded in speech_words(group) for group in ("speech_forms", "calendar")):
            continue
        found.update(terms(_past_forms().get(folded, word)))
    return frozenset(found)


@cache
def _past_forms() -> dict[str, str]:
    """From irregular forms to the plain verb: a stemmer does not know that "sent" is "send"."""
    return by_word(word_lists("irregular_verbs"))


def _share(asked: frozenset[str], said: frozenset[str]) -> float:
    """Weighted share (0 to 1) of the question's words that a claim has."""
    whole = sum(_weight(word) for word in asked)
    return sum(_weight(word) for word in asked & said) / whole if whole else 0.0


def _weight(word: str) -> float:
    return NUMBER_WEIGHT if word[0].isdigit() else 1.0


def party_of(attribution: Attribution) -> str:
    """The state that speaks, for its capital, offices and officials; else the speaker's name."""
    named = country_named(attribution.speaker)
    if named is not None:
        return named
    described = f"{attribution.role} {attribution.speaker}"
    holds_office = any(
        part.strip(".,").casefold() in _OFFICES for part in re.split(r"[\s-]+", described)
    )
    states = countries_in(described) if holds_office else []
    return states[0] if states else attribution.speaker.casefold()


def _denies(read: _Read) -> bool:
    if read.attribution.verb_polarity == "denies":
        return True
    return read.attribution.verb_polarity == "says" and bool(_NEGATION.search(read.claim.text))


def _tells_of_denial(claim: _Read) -> bool:
    """ "Oslo has denied it, the Courier reported" is the paper's word on it, and no claim."""
    denying = frozenset(word_lists("speech_words")["verbs"]["denies"])
    return any(word.casefold() in denying for word in _WORD.findall(claim.claim.text))


def _opposes(denial: _Read, claim: _Read) -> bool:
    """Whether the first denies what the second claims, or both accuse each other."""
    if denial.party == claim.party or claim.attribution.verb_polarity in _NO_CLAIM:
        return False
    if not claim.relevant or _tells_of_denial(claim):
        return False
    if denial.attribution.verb_polarity == "denies":
        if not denial.relevant:
            return _answers_bare(denial, claim)
        return _same_matter(denial, claim) or _is_charged(denial, claim)
    if not denial.relevant:
        return False
    if _denies(denial) and not _denies(claim):
        return _same_matter(denial, claim)
    return _accuse_each_other(denial, claim)


def _is_charged(denial: _Read, claim: _Read) -> bool:
    """The claim names the one who denies, and both speak of what is asked."""
    return _names(claim, denial) and bool(denial.asked & claim.asked)


def _names(claim: _Read, denial: _Read) -> bool:
    surname = denial.attribution.speaker.split()[-1]
    return denial.party in claim.states or surname in claim.claim.text


def _answers_bare(denial: _Read, claim: _Read) -> bool:
    """ "Kyiv dismissed the allegations": those about it, just before in the same article."""
    if denial.claim.article_id != claim.claim.article_id:
        return False
    if not 0 < denial.claim.start - claim.claim.start <= NEARBY:
        return False
    return _names(claim, denial) and bool(_BARE_OBJECT.search(denial.claim.text))


def _same_matter(first: _Read, second: _Read) -> bool:
    """Common words beyond the question's share: the same numbers, or half of the shorter text."""
    if first.numbers & second.numbers:
        return True
    if not first.states & second.states:
        return False
    common = len(first.words & second.words)
    shorter = min(len(first.words), len(second.words))
    return common >= 2 and common * 2 >= shorter


def _accuse_each_other(first: _Read, second: _Read) -> bool:
    accusing = {first.attribution.verb_polarity, second.attribution.verb_polarity} == {"accuses"}
    return accusing and first.party in second.states and second.party in first.states


def _stances(disputing: Sequence[_Read]) -> tuple[Stance, ...]:
    """The claims of each party in the dispute, best first; copies of one story count once."""
    grouped: dict[str, list[_Read]] = {}
    for one in sorted(disputing, key=lambda one: -one.claim.score):
        grouped.setdefault(one.party, []).append(one)
    return tuple(
        Stance(_label(party, members), _shown(members)) for party, members in grouped.items()
    )


def _shown(members: Sequence[_Read]) -> tuple[Claim, ...]:
    shown: dict[tuple[str | None, str], Claim] = {}
    for one in members:
        shown.setdefault((one.claim.story, one.claim.text), one.claim)
    return tuple(shown.values())[:MOST_CLAIMS]


def _label(party: str, members: Sequence[_Read]) -> str:
    """The speaker's name as the text has it; several of one state under the state's name."""
    spoken = dict.fromkeys(one.attribution.speaker for one in members)
    names = [name for name in spoken if not any(other.endswith(f" {name}") for other in spoken)]
    if len(names) == 1:
        return names[0]
    others = [name for name in names if country_named(name) is None]
    return f"{party} ({', '.join(others)})" if others else names[0]
