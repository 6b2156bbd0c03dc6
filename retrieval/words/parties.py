"""Which state a name stands for: the country, its capital, its people, its seat of power."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from retrieval.words.word_lists import word_lists

LONGEST_NAME = 6
"""Words in the longest name of a state."""

LONGEST_STEM = 24
"""Letters in the longest Cyrillic stem of one, with room to spare."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'\-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
# Plural and feminine forms of demonyms end in these; nothing else is tried.
_ENDINGS = ("", "s", "es")


@cache
def _names() -> dict[str, str]:
    """Every Latin name (casefolded) with the country that it stands for."""
    names: dict[str, str] = {}
    for country, known in word_lists("countries").items():
        for name in (country, *known.get("also", ()), *known.get("seats", ())):
            names.setdefault(name.casefold(), country)
    for country, known in word_lists("countries").items():
        for name in known.get("capitals", ()):
            names.setdefault(name.casefold(), country)
        for name in known.get("demonyms", ()):
            for ending in _ENDINGS:
                names.setdefault(f"{name}{ending}".casefold(), country)
    return names


@cache
def _stems() -> dict[str, str]:
    return {
        stem.casefold(): country
        for country, known in word_lists("countries").items()
        for stem in known.get("cyrillic_stems", ())
    }


def countries_in(text: str) -> list[str]:
    """The states that a text names in any of these ways, in order, each once.

    Capitalised only: "turkey" and "china" are also things, "us" and "polish" also words.
    """
    return list(_countries_in(text))


@lru_cache(maxsize=4096)
def _countries_in(text: str) -> tuple[str, ...]:
    """Remembered: a claim is read once for every other that may speak against it."""
    found: dict[str, None] = {}
    tokens = list(_WORD.finditer(text))
    place = 0
    while place < len(tokens):
        length, country = _country_at(text, tokens, place)
        if country is not None:
            found.setdefault(country)
        place += length
    return tuple(found)


def _country_at(text: str, tokens: Sequence[re.Match[str]], place: int) -> tuple[int, str | None]:
    """The longest name that starts with a word: how many words it takes, and its state."""
    first = tokens[place].group()
    if not first[0].isupper():
        return 1, None
    if "\u0400" <= first[0] <= "\u04ff":
        return 1, _by_stem(first.casefold())
    return longest_name(text, tokens[place : place + LONGEST_NAME], _names())


def longest_name(
    text: str, words: Sequence[re.Match[str]], names: Mapping[str, str]
) -> tuple[int, str | None]:
    """The longest of `names` that starts with the first word: its words, and what it stands for.

    `names` are in small letters. Where none does, the one word is none.
    """
    for length in range(len(words), 0, -1):
        span = text[words[0].start() : words[length - 1].end()]
        state = names.get(_POSSESSIVE.sub("", span.casefold()))
        if state is not None:
            return length, state
    return 1, None


def _by_stem(word: str) -> str | None:
    for length in range(min(len(word), LONGEST_STEM), 1, -1):
        country = _stems().get(word[:length])
        if country is not None:
            return country
    return None


@lru_cache(maxsize=4096)
def country_named(name: str) -> str | None:
    """The state that exactly this name stands for ("Kyiv", "Ukrainian", "the Kremlin")."""
    plain = _POSSESSIVE.sub("", name.strip()).casefold().removeprefix("the ")
    known = _names().get(plain) or _names().get(f"{plain}.")  # "the U.S" lost its last point
    if known is not None or " " in plain:
        return known
    return next(iter(countries_in(name)), None)


@cache
def _own_names() -> dict[str, str]:
    return {
        name.casefold(): country
        for country, known in word_lists("countries").items()
        for name in (country, *known.get("also", ()))
    }


def country_called(name: str) -> str | None:
    """The state that exactly this is a name of ("the US"); its capital and people are others."""
    plain = _POSSESSIVE.sub("", name.strip()).casefold().removeprefix("the ")
    return _own_names().get(plain)
