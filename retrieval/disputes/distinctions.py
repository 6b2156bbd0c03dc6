"""What tells two alike sentences apart: a word, where the rest of both is nearly the same.

"The bridge is safe" and "the bridge is unsafe" share nine in ten of their letters. So do those
killed and those injured, a profit in the second quarter and one in the third.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from index.keywords import terms
from retrieval.words.opposites import tells_contrary
from retrieval.words.word_lists import by_word, word_lists

SHORTEST_NEGATED = 3
"""Letters that a word has at least after "un-" or "in-"."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NUMBERED = re.compile(r"(\d{1,3})(?:st|nd|rd|th|й|м|го|я|му)")
_QUARTER = re.compile(r"q([1-4])")


def are_told_apart(first: str, second: str) -> bool:
    """Whether two sentences tell of different things, however alike they are.

    One says the opposite of the other, or each tells only of another fate ("killed", "injured"),
    other people ("men", "women"), another quarter, game or round.
    """
    return (
        have_other_fates(first, second)
        or _are_disjoint(_named(first, "groups"), _named(second, "groups"))
        or _are_numbered_otherwise(first, second)
        or are_opposed(first, second)
    )


def have_other_fates(first: str, second: str) -> bool:
    """Whether each text tells what befell people, and nothing of it is the same."""
    return _are_disjoint(_named(first, "fates"), _named(second, "fates"))


def are_opposed(first: str, second: str) -> bool:
    """Whether one text has the opposite of a word of the other instead of that word."""
    if tells_contrary(first, second) or tells_contrary(second, first):
        return True
    one, other = _words_of(first), _words_of(second)
    return _negates_a_word(one - other, other - one) or _negates_a_word(other - one, one - other)


def fate_named(word: str) -> str:
    """What befell somebody, by the word for it: "killed" for "died" too; empty for all else."""
    return _table("fates").get(word.casefold(), "")


def _are_disjoint(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _named(text: str, kind: str) -> frozenset[str]:
    table = _table(kind)
    return frozenset(table[word] for word in _words_of(text) if word in table)


def _negates_a_word(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one of the words is a negative prefix and one of the others: "un-" and "safe"."""
    stems = frozenset(term for word in others for term in terms(word))
    prefixes = word_lists("distinctions")["negative_prefixes"]
    return any(
        not stems.isdisjoint(terms(word[len(prefix) :]))
        for word in words
        for prefix in prefixes
        if word.startswith(prefix) and len(word) >= len(prefix) + SHORTEST_NEGATED
    )


def _are_numbered_otherwise(first: str, second: str) -> bool:
    """Whether both number the same thing, and not alike: "the first game", "the second game"."""
    one, other = _ordinals(first), _ordinals(second)
    return any(_are_disjoint(one[noun], other[noun]) for noun in one.keys() & other.keys())


@lru_cache(maxsize=4096)
def _ordinals(text: str) -> dict[str, frozenset[str]]:
    """From the stem of each noun that is numbered to its numbers."""
    found: dict[str, frozenset[str]] = {}
    for noun, number in _numbered(text):
        found[noun] = found.get(noun, frozenset()) | {number}
    return found


def _numbered(text: str) -> Iterator[tuple[str, str]]:
    words = [match.group().casefold() for match in _WORD.finditer(text)]
    for word, following in itertools.pairwise([*words, ""]):
        quarter, digits = _QUARTER.fullmatch(word), _NUMBERED.fullmatch(word)
        number = digits[1] if digits else _table("ordinals").get(word)
        if quarter:
            yield from ((noun, quarter[1]) for noun in terms("quarter"))
        elif number:
            yield from ((noun, number) for noun in terms(following))


@lru_cache(maxsize=4096)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(match.group().casefold() for match in _WORD.finditer(text))


@cache
def _table(kind: str) -> dict[str, str]:
    return by_word(word_lists("distinctions")[kind])
