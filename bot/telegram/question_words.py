"""Filters that a person writes into a question: dates and outlets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_DAY = r"(?P<day>\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})"
_SINCE = re.compile(rf"(?:^|(?<=\s))(?:since|after|from|с|со|после|з|із|від|після)\s+{_DAY}", re.I)
_UNTIL = re.compile(rf"(?:^|(?<=\s))(?:until|till|before|to|до|по)\s+{_DAY}", re.I)
_BARE = re.compile(rf"^\s*{_DAY}")
_JOINTS = " \t\n,;:"
_ENDS = ".?!"


@dataclass(frozen=True, slots=True)
class FilteredQuestion:
    """A question and the filters that were written with it. Dates are inclusive."""

    text: str
    since: date | None = None
    until: date | None = None
    sources: frozenset[str] = frozenset()


def read_question(text: str, outlets: Iterable[str], *, dated: bool = False) -> FilteredQuestion:
    """Take filters out of a question: "since 2024-06-01", "until 1.7.2024", "Outlet: …".

    Only whole dates are taken; months and words such as "last week" stay in the question, which
    is understood as it stands. With `dated` the text begins with a date without a word before it.
    """
    since = until = None
    if dated and (match := _BARE.match(text)) and (since := _date(match["day"])):
        text = text[match.end() :]
    if since is None:
        text, since = _taken(text, _SINCE)
    text, until = _taken(text, _UNTIL)
    if since is None and until:
        # Only now is what stood before the other date at the end.
        text, since = _taken(text, _SINCE)
    text, outlet = _outlet(text.strip(_JOINTS), outlets)
    return FilteredQuestion(text, since, until, frozenset({outlet} if outlet else ()))


def _taken(text: str, pattern: re.Pattern[str]) -> tuple[str, date | None]:
    """The text without the filter, at its beginning or end, and the date that it names."""
    for match in pattern.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        day = _date(match["day"])
        if day and (not before.strip(_JOINTS) or not after.strip(_JOINTS + _ENDS)):
            before, after = before.strip(_JOINTS), after.strip(_JOINTS)
            joint = "" if after[:1] in _ENDS else " "
            return f"{before}{joint}{after}".strip(), day
    return text, None


def _outlet(text: str, outlets: Iterable[str]) -> tuple[str, str | None]:
    """The text without "Outlet:" before it, and that outlet."""
    for outlet in sorted(outlets, key=len, reverse=True):
        head = text[: len(outlet)]
        if head.casefold() == outlet.casefold() and text[len(outlet) :].lstrip()[:1] == ":":
            return text[len(outlet) :].lstrip(" :\t\n"), outlet
    return text, None


def _date(text: str) -> date | None:
    """A date written 2024-06-01 or 1.6.2024; None where there is no such day."""
    try:
        if "-" in text:
            return date.fromisoformat(text)
        day, month, year = (int(part) for part in text.split("."))
        return date(year, month, day)
    except ValueError:
        return None
