"""Dates as articles write them. What cannot be told is None, and nothing is in the future.

Numeric dates ("7/2/2024") are ambiguous between day and month; `day_order` decides from other
dates of the same document. Formats are tried from the cheapest to the dearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

Order = Literal["DMY", "MDY"]

_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?\d{6}Z?)?\s*\Z")
_YEAR_FIRST = re.compile(r"\s*(\d{4})[./](\d{1,2})[./](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|\.\d)")
_EPOCH = re.compile(r"\s*(\d{10})(?:\d{3}|\.\d+)?\s*\Z")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
_DAY_MONTH_YEAR = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_MONTH}\.?,?\s+(\d{{4}})(?!\d)", re.I
)
_MONTH_DAY_YEAR = re.compile(
    rf"\b{_MONTH}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.I
)
_MONTH_DAY = re.compile(rf"\b{_MONTH}\.?\s+(\d{{1,2}})(?!\d)(?!,?\s+\d{{4}})", re.I)
_DAY_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}})\s+{_MONTH}\b(?!\.?,?\s+\d{{4}})", re.I)
_ORDINAL = re.compile(r"(?<=\d)\.?[ºª°]")
_EARLIEST = date(1600, 1, 1)
_NEAR = timedelta(days=31)


def parse_date(
    written: str | date | None,
    *,
    order: Order | None = None,
    language: str | None = None,
    today: date | None = None,
) -> date | None:
    """The day that `written` names; None where it is no date, ambiguous or in the future.

    `order` reads ambiguous numeric dates; without it they stay unknown.
    """
    if written is None:
        return None
    found = written if isinstance(written, date) else _parse(written.strip(), order, language)
    if isinstance(found, datetime):
        found = found.date()
    latest = (today or datetime.now(UTC).date()) + timedelta(days=1)
    return found if found and _EARLIEST <= found <= latest else None


def numeric_readings(written: str) -> list[date]:
    """The one or two days that a numeric date may mean, month first before day first."""
    match = _NUMERIC.search(written)
    if not match:
        return []
    first, second, year = int(match[1]), int(match[3]), _full_year(match[4])
    readings = [_date(year, first, second), _date(year, second, first)]
    return list(dict.fromkeys(day for day in readings if day))


def is_ambiguous(written: str) -> bool:
    """Whether it is a numeric date of which either number may be the month."""
    return len(numeric_readings(written)) == 2


def day_order(text: str, numeric_dates: Iterable[str]) -> Order | None:
    """Whether a document writes the day or the month first, or None if it does not show.

    An unambiguous numeric date decides. Else each reading of the given dates is held against the
    days of the text that are written with a month's name and no year: news speaks of the days
    around its own date.
    """
    for match in _NUMERIC.finditer(text):
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second:
            return "DMY"
        if second > 12 >= first:
            return "MDY"
    month_first = day_first = 0
    for written in numeric_dates:
        readings = numeric_readings(written)
        if len(readings) == 2:
            month_first += _days_near(text, readings[0])
            day_first += _days_near(text, readings[1])
    if month_first == day_first:
        return None
    return "MDY" if month_first > day_first else "DMY"


def _days_near(text: str, day: date) -> int:
    mentioned = [
        (_MONTHS[match[1][:3].lower()], int(match[2])) for match in _MONTH_DAY.finditer(text)
    ]
    mentioned += [
        (_MONTHS[match[2][:3].lower()], int(match[1])) for match in _DAY_MONTH.finditer(text)
    ]
    days = (
        candidate
        for month, number in mentioned
        for year in (day.year - 1, day.year, day.year + 1)
        if (candidate := _date(year, month, number))
    )
    return sum(abs(candidate - day) <= _NEAR for candidate in days)


def _parse(written: str, order: Order | None, language: str | None) -> date | None:
    if not written or len(written) > 100 or not any(mark.isdigit() for mark in written):
        return None
    for pattern in (_ISO, _YEAR_FIRST, _COMPACT):
        if match := pattern.match(written):
            return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _EPOCH.match(written):
        return datetime.fromtimestamp(int(match[1]), UTC).date()
    if match := _MONTH_DAY_YEAR.search(written):
        return _date(int(match[3]), _MONTHS[match[1][:3].lower()], int(match[2]))
    if match := _DAY_MONTH_YEAR.search(written):
        return _date(int(match[3]), _MONTHS[match[2][:3].lower()], int(match[1]))
    if readings := numeric_readings(written):
        return _chosen(readings, written, order)
    # A text of one line is as easily taken for the sister of its language.
    return (
        _by_mail_header(written)
        or _by_dateparser(written, order, language)
        or (_by_dateparser(written, order, None) if language else None)
    )


def _chosen(readings: list[date], written: str, order: Order | None) -> date | None:
    if len(readings) == 1:
        return readings[0]
    match = _NUMERIC.search(written)
    if match and match[2] == ".":
        # With full stops the day comes first wherever such dates are used.
        order = "DMY"
    if order is None:
        return None
    return readings[0] if order == "MDY" else readings[1]


def _by_mail_header(written: str) -> date | None:
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _by_dateparser(written: str, order: Order | None, language: str | None) -> date | None:
    import dateparser  # slow to load; only for months in other languages

    # Absolute alone: "2 days ago" would count from the day of the import.
    settings: dict[str, object] = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PREFER_DATES_FROM": "past",
        "PARSERS": ["absolute-time"],
    }
    if order:
        settings["DATE_ORDER"] = order
    written = _ORDINAL.sub("", written)
    try:
        found = dateparser.parse(
            written, languages=[language] if language else None, settings=settings
        )
    except (ValueError, OverflowError, RecursionError):
        return None
    return found.date() if found else None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return 2000 + year if year < 70 else 1900 + year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
