"""Times that name no year, where one stands beside them: "in March last year", "May or June 2024".

A weekday is placed so by the week or the day beside it: "Monday last week", "Monday, 3 March".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.article import Span
from retrieval.time.calendar_time import CalendarTime
from retrieval.time.time_readings import Reading, relative_named

_OF = re.compile(r"\s+(?:(?:of|del?|des)\s+)?(?:the\s+|l[’'])?", re.IGNORECASE)
_BESIDE = re.compile(r",?\s+(?:(?:the|dem|den|le|el)\s+)?", re.IGNORECASE)
_JOINED = re.compile(
    r"(?:\s*,)?\s+(?:(?:and|or|und|oder|и|или|і|й|та|або|чи|et|ou|y|o)\s+)?"
    r"(?:(?:in|on|im|am|в|во|у|en)\s+)?",
    re.IGNORECASE,
)
_AFTER_A_PREPOSITION = re.compile(
    r"(?<!\w)(?:in|of|on|since|before|after|until|till|by|during|throughout|from|for|between|to|and"
    r"|or|im|am|seit|vor|nach|bis|en|de|du|depuis|avant|après|desde|hasta)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LONGEST_PREPOSITION = 20
_YEARS = frozenset({"last year", "this year", "year before last"})
_DATED = frozenset({"day", "month", "season"})


@dataclass(frozen=True, slots=True)
class Named:
    """A time, the pattern that found it, and what reads it again for another year."""

    time: CalendarTime
    name: str
    match: re.Match[str]
    reading: Reading


def with_given_years(text: str, asked: date, found: Sequence[Named]) -> list[CalendarTime]:
    """The times in order, those without a year in the one that is told beside them."""
    times: list[CalendarTime] = []
    following: Named | None = None
    for one in reversed(found):
        placed = one if following is None else _beside(text, asked, one, following)
        if following is not None and placed.time.span.end == following.time.span.end:
            times.pop()
        times.append(placed.time)
        following = placed
    return times[::-1]


def _beside(text: str, asked: date, one: Named, following: Named) -> Named:
    time, other = one.time, following.time
    if time.complete or time.repeats is None or _may_be_another_word(text, time):
        return one
    between = text[time.span.end : other.span.start]
    whole = Span(time.span.start, other.span.end)
    if one.name == "weekday":
        day = _day_within(time, following) if _OF.fullmatch(between) else None
        if day is not None:
            return _placed(one, day, day, whole)
        if following.name in {"day", "date"} and _BESIDE.fullmatch(between):
            return replace(following, time=replace(other, span=whole))
        return one
    if one.name not in _DATED:
        return one
    if relative_named(following.match) in _YEARS and _OF.fullmatch(between):
        stretch = _read_in(one, asked, other.since.year)
        return one if stretch is None else _placed(one, *stretch, whole)
    if other.complete and following.name in _DATED and _JOINED.fullmatch(between):
        stretches = (
            _read_in(one, asked, year) for year in (other.since.year, other.since.year - 1)
        )
        stretch = next((it for it in stretches if it is not None and it[0] <= other.since), None)
        return one if stretch is None else _placed(one, *stretch, time.span)
    return one


def _may_be_another_word(text: str, time: CalendarTime) -> bool:
    """ "Did prices fall last year?" names no season."""
    named = time.span.of(text)
    if not time.bare or not named.isascii() or not named.islower():
        return False
    before = text[max(0, time.span.start - _LONGEST_PREPOSITION) : time.span.start]
    return _AFTER_A_PREPOSITION.search(before) is None


def _day_within(weekday: CalendarTime, week: Named) -> date | None:
    """That day of a week: "Monday last week"; None of a longer time."""
    since, until = week.time.since, week.time.until
    if week.name != "relative" or not 1 <= (until - since).days <= 6:
        return None
    day = since + timedelta(days=(weekday.since.weekday() - since.weekday()) % 7)
    return day if day <= until else None


def _read_in(one: Named, asked: date, year: int) -> tuple[date, date] | None:
    try:
        return one.reading(one.match, asked, year)
    except (ValueError, OverflowError):  # 29 February of another year
        return None


def _placed(one: Named, since: date, until: date, span: Span) -> Named:
    return replace(one, time=CalendarTime(since, until, span))
