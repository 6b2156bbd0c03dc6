"""Bylines, dates and counters that a scraper left at the top of a text whose metadata came apart.

They say again what the metadata say, or what they lack; a line that says otherwise stays, and so
does everything below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from corpus.cleaning.header_lines import bare_label, byline, dated, is_counter, pieces
from corpus.cleaning.lines import folded
from corpus.cleaning.masthead import Masthead
from corpus.dates import numeric_readings, parse_date
from corpus.draft import Draft

_HEAD = 12
_ZONES = timedelta(days=1)
"""A day may be the next or the one before in another zone of time."""


def given_masthead(lines: Sequence[str], draft: Draft) -> Masthead:
    """What stands above the text of a draft that has metadata of its own."""
    found = Masthead(title=draft.title)
    of_update = False
    for number in [number for number, line in enumerate(lines) if line.strip()][:_HEAD]:
        line = lines[number].strip()
        label = bare_label(line)
        if draft.title and folded(line) == folded(draft.title):
            continue
        if label is not None:
            of_update = label
            found.dropped[number] = "a label"
        elif is_counter(line):
            found.dropped[number] = "a counter"
        elif not _take(line, of_update, draft, found):
            break
        else:
            found.dropped[number] = "the byline or date, kept as such"
            of_update = False
    return found


def _take(line: str, of_update: bool, draft: Draft, found: Masthead) -> bool:
    """Whether every piece of a line is a fact that agrees; those that are new are taken."""
    parts = [line] if dated(line) else pieces(line)
    day_of = {part: dated(part) for part in parts}
    for part, day in day_of.items():
        names = byline(part)
        if day is None and not (names and _agree(names, draft.authors)):
            return False
        if day and not _fits(day[0], of_update or day[1], part, draft, found):
            return False
    for part, day in day_of.items():
        if day and (of_update or day[1]):
            found.updated = found.updated or day[0]
        elif day:
            found.published = found.published or day[0]
        else:
            found.authors = found.authors or byline(part)
    return True


def _agree(names: Sequence[str], authors: Sequence[str]) -> bool:
    known = folded(" ".join(authors))
    return not known or any(folded(name) in known for name in names)


def _fits(written: str, updated: bool, part: str, draft: Draft, found: Masthead) -> bool:
    """Whether a date is that of the metadata, or the metadata have none.

    A date alone above a text may be the first of a chronicle, so it needs a label or company.
    """
    given = draft.updated if updated else draft.published
    known = [day for one in (given, draft.published) if (day := parse_date(one))]
    if given is None:
        alone = not found.dropped and part.strip().startswith(written)
        return not alone and (updated or not known)
    exact = parse_date(written)
    readings = [exact] if exact else numeric_readings(written)
    return any(_near(day, other) for day in readings for other in known)


def _near(day: date, other: date) -> bool:
    return abs(day - other) <= _ZONES
