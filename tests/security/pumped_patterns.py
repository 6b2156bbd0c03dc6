"""Every compiled pattern of the project on long input made to let it backtrack.

Run as a program: prints each pattern, and for those that hang on what text. A text may take two
seconds of processor time, hundreds of times what it should.
The input is built from the pattern's own parts: whatever it may repeat is repeated, then spoiled.
"""

from __future__ import annotations

import importlib
import re
import signal
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from tests.project_modules import project_modules

# The pattern's own syntax tree; no public name leads to it.
codes: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")

LENGTH = 1_000
SECONDS = 2.0
SPOILED = ("", "\x00", "\n")
ALWAYS = (
    "a",
    " ",
    "\n",
    "1",
    "A.",
    "“",
    "a b",
    ", ",
    "- ",
    "<a",
    "é",
    "і",
    ".",
    "1, ",
    "A ",
    "http://",
)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Name and pattern of everything compiled at the top of a module, each once."""
    seen: set[int] = set()
    for module in project_modules():
        for name, value in vars(module).items():
            for pattern in _inside(value):
                if id(pattern) not in seen:
                    seen.add(id(pattern))
                    yield f"{module.__name__}.{name}", pattern


def _inside(value: object, levels: int = 3) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif levels and isinstance(value, dict):
        for one in [*value, *value.values()]:
            yield from _inside(one, levels - 1)
    elif levels and isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from _inside(one, levels - 1)


def pumped(pattern: re.Pattern[str]) -> Iterator[str]:
    """Long texts for a pattern: each of its pieces, and pairs of neighbours, repeated."""
    pieces = list(dict.fromkeys(_pieces(parser.parse(pattern.pattern, pattern.flags))))[:10]
    pairs = [one + other for one, other in pairwise(pieces)]
    for unit in dict.fromkeys([*ALWAYS, *pieces, *pairs]):
        if unit:
            for spoiling in SPOILED:
                yield unit * (LENGTH // len(unit)) + spoiling


def _pieces(tree: Iterable[Any]) -> Iterator[str]:
    """A text that each part of a pattern matches, the inner parts first."""
    for code, argument in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            yield from _pieces(argument[2])
            yield "".join(_pieces(argument[2]))[:40]
        elif code is codes.SUBPATTERN:
            yield from _pieces(argument[3])
        elif code is codes.BRANCH:
            for branch in argument[1][:6]:
                yield "".join(_pieces(branch))[:40]
        elif code is codes.LITERAL:
            yield chr(argument)
        elif code is codes.NOT_LITERAL:
            yield "x" if argument != ord("x") else "y"
        elif code is codes.IN:
            yield _member(argument)
        elif code is codes.ANY:
            yield "x"


def _member(members: Iterable[Any]) -> str:
    """One character of a set."""
    classes = {
        codes.CATEGORY_DIGIT: "1",
        codes.CATEGORY_SPACE: " ",
        codes.CATEGORY_WORD: "w",
        codes.CATEGORY_NOT_SPACE: "w",
        codes.CATEGORY_NOT_WORD: "-",
        codes.CATEGORY_NOT_DIGIT: "w",
    }
    for code, argument in members:
        if code is codes.LITERAL:
            return chr(argument)
        if code is codes.RANGE:
            return chr(argument[0])
        if code is codes.CATEGORY:
            return classes[argument]
    return "z"  # a negated set; most do not exclude it


class Hangs(Exception):
    """A text takes too long."""


def _stop(number: int, frame: object) -> None:
    raise Hangs


def main() -> None:
    """Try them all."""
    signal.signal(signal.SIGVTALRM, _stop)
    for name, pattern in patterns():
        sys.stdout.write(f"{name}\n")
        for text in pumped(pattern):
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
            try:
                pattern.search(text)
                pattern.fullmatch(text)
            except Hangs:
                sys.stdout.write(f"HANGS {name} on {text[:30]!r} and so on\n")
                break
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
