"""Turns a question into one that its passage does not answer, by asking of something else."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache

from retrieval.words.word_lists import word_lists

_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_NUMBER = re.compile(r"\b\d+\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]{2,}")
_PLAIN_WORD = re.compile(r"\b[a-z]{3,}\b")
_AUXILIARY = re.compile(r"\b(is|was|are|were|did|does|do|has|had|have|can|could|will|would)\b")

NUMBER_CHANGES = (-10, -7, -4, -3, -2, -1, 1, 2, 3, 5, 8, 12)


@cache
def opposites() -> dict[str, tuple[str, ...]]:
    """Words by their opposites: a question with one for the other asks for what is not told."""
    found: dict[str, tuple[str, ...]] = {}
    lists = word_lists("opposites")
    for one, other in (*lists["pairs"], *lists["of_place"], *lists["converses"]):
        found[one] = (*found.get(one, ()), other)
        found[other] = (*found.get(other, ()), one)
    return found


def ask_the_opposite(question: str, generator: random.Random) -> str | None:
    """The question with one word exchanged for its opposite, or else denied; None where neither.

    Denying is drawn rarely: a reader would else learn that whoever says "not" gets no answer.
    """
    found = [match for match in _PLAIN_WORD.finditer(question) if match.group() in opposites()]
    if found:
        match = generator.choice(found)
        new = generator.choice(opposites()[match.group()])
        return question[: match.start()] + new + question[match.end() :]
    verb = _AUXILIARY.search(question)
    if verb is None or generator.random() > DENIED:
        return None
    return f"{question[: verb.end()]} {generator.choice(('not', 'never'))}{question[verb.end() :]}"


DENIED = 0.3
"""Share of the questions without an opposite that are denied instead."""


def ask_of_another(
    question: str, passage: str, names: Sequence[str], generator: random.Random
) -> str | None:
    """The question with one year, number or name of the passage exchanged for another.

    None where the question names nothing that the passage names too: exchanging that would
    change nothing.
    """
    found = [match for match in _NAME.finditer(question) if match.group() in passage]
    found += [match for match in _NUMBER.finditer(question) if match.group() in passage]
    if not found:
        return None
    match = generator.choice(found)
    old = match.group()
    if _NUMBER.fullmatch(old):
        new = str(abs(int(old) + generator.choice(NUMBER_CHANGES)))
        if not _YEAR.fullmatch(old) and generator.random() < 0.5:
            new = str(int(old) * generator.choice((2, 3, 10)) + 1)
    else:
        others = [name for name in names if name.casefold() not in question.casefold()]
        if not others:
            return None
        new = generator.choice(others)
    if new == old:
        return None
    return question[: match.start()] + new + question[match.end() :]
