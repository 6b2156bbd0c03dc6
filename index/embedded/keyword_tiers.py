"""Which lists of the keyword index a query reads: rare terms whole, frequent ones by their best.

Beside the list of all passages that hold a term there are lists of those that hold it at least
twice, and at least four times (a tiered index: Manning, Raghavan and Schütze, Introduction to
Information Retrieval, 2008, section 7.2.1). A query reads lists up to a budget, so that it costs
about the same in a million passages as in fifty thousand.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.keywords import SATURATION

TIERS = (1, 2, 4)
"""A passage is in the list of a tier when its text holds the term at least so many times."""

# Private letters: no term of `index.keywords` holds one, and FTS5 takes them as part of a word.
_MARKS = {1: "", 2: "\ue002", 4: "\ue004"}

MOST_TERMS = 64


@dataclass(frozen=True, slots=True)
class PostingList:
    """A list to read. `weight` is what being in it adds to the estimate of a passage's score."""

    token: str
    passages: int
    weight: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The lists to read. `complete` says that nothing was left out for the budget."""

    lists: tuple[PostingList, ...]
    complete: bool


def token(term: str, tier: int) -> str:
    """The word that stands in the index for a term that occurs at least `tier` times."""
    return term + _MARKS[tier]


def repeated_terms(body: str) -> str:
    """The words of the higher tiers for the joined terms of a passage."""
    counts = Counter(body.split())
    return " ".join(
        token(term, tier)
        for term, count in counts.items()
        if count >= TIERS[1]
        for tier in TIERS[1:]
        if count >= tier
    )


def plan(
    terms: Sequence[str], counts: Mapping[str, int], shares: Mapping[str, float], budget: int
) -> Plan:
    """Choose lists, the rarest terms first, of at most `budget` passages together.

    `counts` has the length of every list by its token, `shares` the share of all passages that
    hold a term. Where not even one list fits, the shortest of the rarest term is given.
    """
    lists: list[PostingList] = []
    complete, left = True, budget
    ordered = sorted(terms, key=lambda term: counts[term])[:MOST_TERMS]
    for term in ordered:
        chosen = _lists_of(term, counts, shares[term], left)
        left -= sum(one.passages for one in chosen)
        complete = complete and bool(chosen) and chosen[0].token == term
        lists.extend(chosen)
    if not lists and ordered:
        lists = _lists_of(ordered[0], counts, shares[ordered[0]], None)[-1:]
    return Plan(tuple(lists), complete)


def inverse_frequency(share: float) -> float:
    """What a term is worth that so large a share of the passages hold."""
    return math.log(1 + (1 - share) / max(share, 1e-9))


def _lists_of(
    term: str, counts: Mapping[str, int], share: float, left: int | None
) -> list[PostingList]:
    """The lists of a term from the lowest tier that fits into what is left, to the highest."""
    worth = inverse_frequency(share)
    lists: list[PostingList] = []
    taken, above = 0, 0.0
    for tier in reversed(TIERS):
        number = counts.get(token(term, tier), 0)
        if left is not None and taken + number > left:
            break
        taken += number
        lists.insert(0, PostingList(token(term, tier), number, worth * _saturated(tier)))
    result = []
    for one in lists:
        if one.passages:
            result.append(PostingList(one.token, one.passages, one.weight - above))
            above = one.weight
    return result


def _saturated(count: int) -> float:
    return count * (SATURATION + 1) / (count + SATURATION)
