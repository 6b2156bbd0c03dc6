"""Filters as expressions of Milvus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from index.store import Filter

UNKNOWN = "␀"
"""Stands for an outlet or a language that is not known."""

UNDATED = 0
"""Stands for no date: days are counted from the year 1."""


def day_number(day: date | None) -> int:
    """A date as a number that sorts; `UNDATED` for none."""
    return UNDATED if day is None else day.toordinal()


def month_number(day: date | None) -> int:
    """Months since the year 0; 0 for no date."""
    return 0 if day is None else day.year * 12 + day.month


def quoted(text: str) -> str:
    """A text as a literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped.replace(chr(13), chr(92) + "r").replace(chr(9), chr(92) + "t")}"'


def among(field: str, values: Iterable[str | int]) -> str:
    """A test that a field has one of some values."""
    listed = ", ".join(quoted(one) if isinstance(one, str) else str(one) for one in values)
    return f"{field} in [{listed}]"


def passing(where: Filter, *, by_month: bool = False) -> list[str]:
    """The tests of a filter on passages.

    With `by_month` the months are named too, so that only their partitions are visited.
    """
    tests = []
    if where.since is not None:
        tests.append(f"published >= {day_number(where.since)}")
    if where.until is not None:
        tests.append(f"published <= {day_number(where.until)}")
        if where.since is None:
            tests.append(f"published > {UNDATED}")
    if by_month and where.since is not None and where.until is not None:
        months = range(month_number(where.since), month_number(where.until) + 1)
        tests.append(among("month", months) if months else "month < 0")
    sets = (
        ("source", {source.casefold() for source in where.sources}),
        ("language", where.languages),
        ("article", where.article_ids),
    )
    tests += [among(field, sorted(wanted)) for field, wanted in sets if wanted]
    return tests


def both(*tests: str) -> str:
    """A test that all of some tests pass."""
    return " and ".join(tests)


def portions(values: Sequence[str], number: int) -> Iterator[Sequence[str]]:
    """Values in portions that an expression can hold."""
    for first in range(0, len(values), number):
        yield values[first : first + number]
