"""Times that one question names side by side: "in May or June", "between 3 and 5 May"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from retrieval.time.calendar_time import CalendarTime
from retrieval.words.word_lists import alternatives, word_lists

MOST_UNLIKE = 4
"""Times of one kind differ at most so many times in length: "in May or in 1990" is no one time."""

_VERBS_TOO = frozenset({"march", "may", "fall", "spring"})
_CLOSES = re.compile(r"\s*(?:[?!.,;:)”\"»]|$)")
_COMMA = re.compile(r"\s*,\s+")


@cache
def _either() -> re.Pattern[str]:
    words = word_lists("time_words")
    prepositions = alternatives((*words["within"], *words["between"]))
    articles = alternatives(words["articles"])
    return re.compile(
        rf"(?:\s*,)?\s+(?:{alternatives(words['either'])})\s+"
        rf"(?:(?:{prepositions})\s+)?(?:(?:{articles})\s+)?",
        re.IGNORECASE,
    )


@cache
def _joined_days() -> re.Pattern[str]:
    words = word_lists("time_words")
    return re.compile(rf"[0-9]\S*\s+(?:{alternatives(words['join'])})\s+\D*[0-9]", re.IGNORECASE)


def are_joined_days(question: str, time: CalendarTime) -> bool:
    """Whether a time is two days of one month that words join: "3 and 5 May"."""
    several = time.since < time.until
    return several and _joined_days().search(time.span.of(question)) is not None


def joined_times(question: str, times: Sequence[CalendarTime]) -> list[CalendarTime]:
    """The first time and those that "or" and "and" join to it, at least one; else the first alone.

    "May, June or July" are three, and so is "May or June or July".
    """
    joined, last = list(times[:1]), 1
    for place in range(1, len(times)):
        between = question[times[place - 1].span.end : times[place].span.start]
        is_either = _either().fullmatch(between) is not None
        if not (is_either or _COMMA.fullmatch(between)):
            break
        if not _is_alike(times[0], times[place]) or _may_be_a_verb(question, times[place]):
            break
        joined.append(times[place])
        last = place + 1 if is_either else last
    return joined[:last]


def _is_alike(one: CalendarTime, other: CalendarTime) -> bool:
    short, long = sorted((time.until - time.since).days + 1 for time in (one, other))
    return long <= MOST_UNLIKE * short


def _may_be_a_verb(question: str, time: CalendarTime) -> bool:
    """ "In April or march to the palace": a month or season must close the question's clause."""
    after = question[time.span.end :]
    return time.span.of(question) in _VERBS_TOO and _CLOSES.match(after) is None
