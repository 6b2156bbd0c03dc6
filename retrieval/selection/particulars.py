"""The particulars of a sentence: its names and numbers, its months, weekdays and hours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from index.keywords import terms
from retrieval.disputes.figures import amounts_in
from retrieval.words.turn_names import names_in
from retrieval.words.word_lists import by_word, word_lists

SHORTEST_STEM = 5
"""Letters from which on a stem tells a month or a weekday in any case: «до вторника»."""

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_HOUR = re.compile(r"(?<![\d.,:])(\d{1,2}(?:[.:]\d\d)?)\s?([ap])\.?\s?m(?!\w)", re.IGNORECASE)
_OTHER_WORDS_ELSEWHERE = {"mars": "months 3", "mayo": "months 5"}
"""Months that are other words in another language: beside another month they are no such word."""


@lru_cache(maxsize=2048)
def particulars(text: str) -> frozenset[str]:
    """The names of a text, as terms of the keyword index, and its numbers."""
    named = (term for name in names_in(text) for term in terms(name.text))
    numbers = (term for match in _NUMBER.finditer(text) for term in terms(match.group()))
    amounts = (f"{amount.value:g}{amount.mark}" for amount in amounts_in(text))
    return frozenset([*named, *numbers, *amounts])


def are_of_like_days(first: str, second: str) -> bool:
    """Whether no month, weekday or half of the day of one text is another in the other.

    Who leaves the day out tells of no other one.
    """
    one, other = _days(first), _days(second)
    return one <= other or other <= one


def hours(text: str) -> frozenset[tuple[str, str]]:
    """The hours of a text that tell the half of the day: ("5", "a") for "5 a.m."."""
    return frozenset((hour, half.lower()) for hour, half in _HOUR.findall(text))


def are_of_other_halves(first: str, second: str) -> bool:
    """Whether one text gives an hour before noon, and the other the same after noon."""
    one, other = hours(first), hours(second)
    both = {hour for hour, _ in one} & {hour for hour, _ in other}
    return bool(both) and one.isdisjoint(other)


@lru_cache(maxsize=2048)
def _days(text: str) -> frozenset[str]:
    return frozenset([*_calendar(text), *(f"{half}m" for _, half in hours(text))])


def _calendar(text: str) -> Iterator[str]:
    """The months and weekdays that a text names, in the languages of questions."""
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        named = _names().get(word)
        if named is None and not word.isascii():
            named = next((_stems()[term] for term in terms(word) if term in _stems()), None)
        if named is not None:
            yield named


@cache
def _names() -> dict[str, str]:
    found = dict(_OTHER_WORDS_ELSEWHERE)
    for kind in ("months", "weekdays"):
        for word, key in by_word(word_lists("time_words")[kind]).items():
            found[word] = f"{kind} {key}"
    return found


@cache
def _stems() -> dict[str, str]:
    return {
        term: named
        for word, named in _names().items()
        for term in terms(word)
        if len(term) >= SHORTEST_STEM and not term.isascii()
    }
