"""Different answers instead of one answer three times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.embedding.embedder import Vectors
from index.keywords import terms
from retrieval.turn_names import names_in

SHINGLE = 5
"""Characters of a shingle: Broder's resemblance over runs of characters."""

SAME_WORDING = 0.8
"""From this share of the shorter text's shingles in the longer one on, both are one sentence."""

SAME_MEANING = 0.95
"""Cosine of sentence vectors from which on two sentences say the same in other words."""

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_SPACE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that may be quoted. `answer` is the answering words, where they are known.

    `vector`, of unit length, is the sentence's. `story` is shared by copies of one article.
    """

    text: str
    score: float
    answer: str | None = None
    vector: Vectors | None = None
    story: str | None = None


def distinct(candidates: Sequence[Statement], question: str, limit: int) -> list[int]:
    """Which candidates to show: places in `candidates`, at most `limit`, best first.

    The best comes first; then those that bring names or numbers which neither the question nor
    an earlier choice has, by score. A sentence that repeats one already chosen is left out, even
    where fewer than `limit` remain.
    """
    order = sorted(range(len(candidates)), key=lambda place: -candidates[place].score)
    chosen: list[int] = []
    known = set(particulars(question))
    later: list[int] = []
    for place in order:
        if len(chosen) >= limit:
            break
        candidate = candidates[place]
        if any(same_answer(candidate, candidates[other]) for other in chosen):
            continue
        brought = particulars(candidate.answer or candidate.text)
        if chosen and brought <= known:
            later.append(place)
            continue
        known |= brought
        chosen.append(place)
    for place in later:
        if len(chosen) >= limit:
            break
        if not any(same_answer(candidates[place], candidates[other]) for other in chosen):
            chosen.append(place)
    return chosen


def same_answer(first: Statement, second: Statement) -> bool:
    """Whether two candidates would tell the reader the same thing.

    One story's copies, nearly the same wording, the same meaning with the same names and
    numbers, or the same answering words.
    """
    if first.answer and second.answer and _plain(first.answer) == _plain(second.answer):
        return bool(_plain(first.answer))
    if resemblance(first.text, second.text) >= SAME_WORDING:
        return particulars(first.text) <= particulars(second.text) or (
            particulars(second.text) <= particulars(first.text)
        )
    if first.vector is None or second.vector is None:
        return False
    if float(np.dot(first.vector, second.vector)) < SAME_MEANING:
        return False
    return particulars(first.text) == particulars(second.text)


def resemblance(first: str, second: str) -> float:
    """Share (0 to 1) of the shorter text's shingles that the longer one has too."""
    one, other = _shingles(first), _shingles(second)
    if not one or not other:
        return float(one == other)
    return len(one & other) / min(len(one), len(other))


@lru_cache(maxsize=2048)
def particulars(text: str) -> frozenset[str]:
    """The names and numbers of a text, as terms of the keyword index."""
    named = (term for name in names_in(text) for term in terms(name.text))
    numbers = (term for match in _NUMBER.finditer(text) for term in terms(match.group()))
    return frozenset([*named, *numbers])


@lru_cache(maxsize=2048)
def _shingles(text: str) -> frozenset[str]:
    plain = _plain(text)
    if len(plain) <= SHINGLE:
        return frozenset([plain]) if plain else frozenset()
    return frozenset(plain[place : place + SHINGLE] for place in range(len(plain) - SHINGLE + 1))


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text.casefold()).strip()
