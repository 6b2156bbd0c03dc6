"""The particulars of a sentence: its names and numbers, its months, weekdays and hours."""

from __future__ import annotations

import re
from functools import lru_cache

from index.keywords import terms
from retrieval.disputes.calendar_words import calendar_named
from retrieval.disputes.figures import amounts_in
from retrieval.words.turn_names import names_in

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_HOUR = re.compile(r"(?<![\d.,:])(\d{1,2}(?:[.:]\d\d)?)\s?([ap])\.?\s?m(?!\w)", re.IGNORECASE)


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


def _days(text: str) -> frozenset[str]:
    return calendar_named(text) | {f"{half}m" for _, half in hours(text)}
