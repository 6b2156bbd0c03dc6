"""A stretch of days that a text names, and the next such one."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from corpus.article import Span
from retrieval.time.days import days_after

Repeats = Literal["weekly", "yearly"]


@dataclass(frozen=True, slots=True)
class CalendarTime:
    """A stretch of days (inclusive) and where the text names it.

    `complete` is false where the text names no year and the nearest past one was taken;
    `bare` is true for a month, season or weekday alone, which may be another word ("may", "fall"),
    and for a year alone, which may be a number. `repeats` tells how soon the same words name
    another one, where they leave open which is meant.
    """

    since: date
    until: date
    span: Span
    complete: bool = True
    bare: bool = False
    repeats: Repeats | None = None

    def next_one(self) -> CalendarTime:
        """The next stretch that the same words name; the same where they name only one."""
        if self.repeats == "weekly":
            since, until = days_after(self.since, 7), days_after(self.until, 7)
        elif self.repeats == "yearly":
            since, until = _year_after(self.since), _year_after(self.until)
        else:
            return self
        return replace(self, since=since, until=until)


def _year_after(day: date) -> date:
    if day.year == date.max.year:
        return day
    year = day.year + 1
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
