"""Different answers instead of one answer three times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.embedding.embedder import Vectors
from index.keywords import terms
from retrieval.disputes.deeds import are_of_other_fates
from retrieval.disputes.distinctions import are_told_apart, have_other_fates
from retrieval.disputes.figures import amounts_in, numbers_in
from retrieval.evidence.similarity_scale import PACKAGED_SCALE, SimilarityScale
from retrieval.question.answer_fit import negates
from retrieval.selection.particulars import are_of_like_days, are_of_other_halves, particulars
from retrieval.words.parties import country_called
from retrieval.words.sentence_tokens import GENITIVE
from retrieval.words.sentence_tokens import words as speech_words

SHINGLE = 5
"""Characters of a shingle: Broder's resemblance over runs of characters."""

SAME_WORDING = 0.8
"""From this share of the shorter text's shingles in the longer one on, both are one sentence."""

SAME_MEANING = 0.95
"""Cosine of sentence vectors from which on two sentences say the same in other words."""

LONGEST_NAME = 4
"""Words that a name has at most."""

_SPACE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that may be quoted. `answer` is the answering words, where they are known.

    `vector`, of unit length, is the sentence's, `scale` what cosines of
    its model mean. `story` is shared by copies of one article. `rivals` are the stems of names
    that it tells of instead of the one asked about.
    """

    text: str
    score: float
    answer: str | None = None
    vector: Vectors | None = None
    story: str | None = None
    scale: SimilarityScale = PACKAGED_SCALE
    rivals: frozenset[str] = frozenset()


def distinct(candidates: Sequence[Statement], limit: int) -> list[int]:
    """Which candidates to show: places in `candidates`, at most `limit`, best first.

    By score alone; a sentence that repeats one already chosen is left out, even where fewer than
    `limit` remain. To put what brings new names first lost right sentences that were not yet
    shown: see tests/benchmarks/distinct_answers.py.
    """
    chosen: list[int] = []
    for place in sorted(range(len(candidates)), key=lambda place: -candidates[place].score):
        if len(chosen) >= limit:
            break
        if not any(same_answer(candidates[place], candidates[other]) for other in chosen):
            chosen.append(place)
    return chosen


def same_answer(first: Statement, second: Statement) -> bool:
    """Whether two candidates would tell the reader the same thing.

    One story's copies, nearly the same wording, the same meaning with the same names and
    numbers, or the same answering words. What one says and the other denies is not the same, nor
    what is told of another, of another fate or in opposite words.
    """
    if negates(first.text) != negates(second.text):
        return False
    answers = bool(first.answer and second.answer and same_words(first.answer, second.answer))
    if not (answers or _are_worded_alike(first, second) or _mean_the_same(first, second)):
        return False
    if is_of_a_rival(first, second) or are_of_other_halves(first.text, second.text):
        return False
    if answers and not numbers_in(first.answer or ""):
        # A name answers in many words, but who was killed is not who was hurt.
        return not have_other_fates(first.text, second.text)
    return not (_are_of_other_fates(first, second) or are_told_apart(first.text, second.text))


def is_of_a_rival(first: Statement, second: Statement) -> bool:
    """Whether one of two tells of somebody else than is asked about, and the other does not."""
    return any(
        bool(one.rivals) and one.rivals.isdisjoint(terms(other.text))
        for one, other in ((first, second), (second, first))
    )


def _are_of_other_fates(first: Statement, second: Statement) -> bool:
    if not first.answer or not second.answer:
        return False
    return are_of_other_fates(first.text, first.answer, second.text, second.answer)


def _are_worded_alike(first: Statement, second: Statement) -> bool:
    """Whether both are nearly one sentence, with no names, numbers or days against the other's.

    Where each has an answer that the other's text has not, it is their answers that differ.
    """
    if first.answer and second.answer:
        answer, other = first.answer.casefold(), second.answer.casefold()
        if answer not in second.text.casefold() and other not in first.text.casefold():
            return False
    if resemblance(first.text, second.text) < SAME_WORDING:
        return False
    if not are_of_like_days(first.text, second.text):
        return False
    one, another = particulars(first.text), particulars(second.text)
    return one <= another or another <= one


def _mean_the_same(first: Statement, second: Statement) -> bool:
    if first.vector is None or second.vector is None:
        return False
    cosine = float(np.dot(first.vector, second.vector))
    if first.scale.of(cosine) < SAME_MEANING:
        return False
    if particulars(first.text) != particulars(second.text):
        return False
    return are_of_like_days(first.text, second.text)


@lru_cache(maxsize=2048)
def same_words(first: str, second: str) -> bool:
    """Whether two answers name the same: "the U.S." and "United States", "Berg" and "Anna Berg",
    "21" and "21 people".

    Over 215 news questions two quotes then hold the same accepted answer in .307 of the answers
    instead of .326; one answer fewer holds it (.860 for .865), for the countries. "Cubans" beside
    "Cuba" would lose three.
    """
    numbers = numbers_in(first) or numbers_in(second)
    if numbers and not _same_amounts(first, second):
        return False
    one, other = _plain(first), _plain(second)
    if one == other:
        return bool(one)
    country = country_called(first)
    if country is not None or country_called(second) is not None:
        return country == country_called(second)
    if numbers:
        return _differ_in_no_day(one, other)
    shorter, longer = sorted((_name(first), _name(second)), key=len)
    last = " " not in shorter and longer.endswith(f" {shorter}")
    return bool(shorter) and (shorter == longer or last)


def _same_amounts(first: str, second: str) -> bool:
    """Whether both give the same numbers: "5" may be "5 people", but not "5%" nor "5 million"."""
    one, other = amounts_in(first), amounts_in(second)
    if {amount.value for amount in one} != {amount.value for amount in other}:
        return False
    marks = {amount.mark for amount in one | other}
    return len(marks) == 1 or not (marks - {"", "$", "€", "£"} or len(marks) > 2)


def _differ_in_no_day(first: str, second: str) -> bool:
    """Whether one has all words of the other, and no month or weekday besides."""
    one, other = frozenset(first.split()), frozenset(second.split())
    return (one <= other or other <= one) and not (one ^ other) & speech_words("calendar")


def _name(answer: str) -> str:
    """The name that an answer is as a whole, without its possessive ending, else nothing."""
    named = GENITIVE.sub("", answer.strip(" .,"))
    parts = named.split()
    return named if len(parts) <= LONGEST_NAME and all(one[0].isupper() for one in parts) else ""


def resemblance(first: str, second: str) -> float:
    """Share (0 to 1) of the shorter text's shingles that the longer one has too."""
    one, other = _shingles(first), _shingles(second)
    if not one or not other:
        return float(one == other)
    return len(one & other) / min(len(one), len(other))


@lru_cache(maxsize=2048)
def _shingles(text: str) -> frozenset[str]:
    plain = _plain(text)
    if len(plain) <= SHINGLE:
        return frozenset([plain]) if plain else frozenset()
    return frozenset(plain[place : place + SHINGLE] for place in range(len(plain) - SHINGLE + 1))


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text.casefold()).strip()
