"""Turns a question into one that its passage does not answer, by asking of something else."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_NUMBER = re.compile(r"\b\d+\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]{2,}")

NUMBER_CHANGES = (-10, -7, -4, -3, -2, -1, 1, 2, 3, 5, 8, 12)


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
