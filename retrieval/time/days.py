"""Counting days without leaving the calendar: nobody's clock goes past its ends, but texts do."""

from __future__ import annotations

from datetime import date


def days_after(day: date, days: int) -> date:
    """The day so many days later, or earlier where negative; at the ends of the calendar these."""
    number = day.toordinal() + days
    return date.fromordinal(max(date.min.toordinal(), min(number, date.max.toordinal())))
