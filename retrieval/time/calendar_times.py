"""Calendar times named in a text: days, months, seasons, years, weekdays, "last week"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from corpus.article import Span
from retrieval.time.calendar_time import CalendarTime, Repeats
from retrieval.time.given_years import Named, with_given_years
from retrieval.time.time_readings import (
    Reading,
    day_of_month,
    decade_named,
    is_previous,
    month_named,
    numeric,
    relative_named,
    relative_time,
    season_named,
    slashed,
    time_ago,
    time_past,
    weekday_before_last,
    weekday_named,
    weekdays_ago,
    year_named,
    years_named,
)
from retrieval.words.currencies import SIGNS
from retrieval.words.word_lists import alternatives, by_word, word_lists

_YEAR = r"(?:1[0-9]|20|21)[0-9]{2}"
_ORDINAL = r"(?:st|nd|rd|th|er|\.|-го|-е)?"

_COUNTED = frozenset({"relative", "ago", "past", "decade"})
_YEARLY = frozenset({"day", "month", "season"})


def calendar_times(text: str, asked: date, year: int | None = None) -> list[CalendarTime]:
    """All calendar times of a text, in order, without overlap.

    What names no year is taken in `year` where given, else in the year that stands beside it
    ("in March last year", "in May or June 2024"), else as the last one begun by `asked`.
    """
    found: list[Named] = []
    for match, name, reading in _matches(text):
        if found and match.start() < found[-1].time.span.end:
            continue
        try:
            stretch = reading(match, asked, year)
        except (ValueError, OverflowError):  # 31 June, or a day before year 1
            continue
        if stretch is not None:
            complete = bool(match.groupdict().get("year")) or name in _COUNTED
            time = CalendarTime(
                *stretch,
                Span(*match.span()),
                complete,
                _is_bare(match, name),
                _repeats(match, name),
            )
            found.append(Named(time, name, match, reading))
    return with_given_years(text, asked, found) if year is None else [one.time for one in found]


def _repeats(match: re.Match[str], name: str) -> Repeats | None:
    """How soon the same words name the next one; None for "last Monday", which is over."""
    groups = match.groupdict()
    if is_previous(match) or groups.get("year"):
        return None
    if name == "weekday" or relative_named(match) == "weekend":
        return "weekly"
    return "yearly" if name in _YEARLY else None


def _is_bare(match: re.Match[str], name: str) -> bool:
    """Whether the match may be another word or number, told apart by a preposition only."""
    groups = match.groupdict()
    if name not in {"month", "season", "weekday", "year", "years"}:
        return False
    if any(groups.get(group) for group in ("which", "part", "quarter", "half")):
        return False
    return name in {"year", "years"} or not groups.get("year")


def _matches(text: str) -> Iterator[tuple[re.Match[str], str, Reading]]:
    """Matches of every pattern by position; at one place the pattern listed first wins."""
    everything = [
        (match.start(), rank, match, name, reading)
        for rank, (name, pattern, reading) in enumerate(_patterns())
        for match in pattern.finditer(text)
    ]
    everything.sort(key=lambda entry: entry[:2])
    for _, _, match, name, reading in everything:
        yield match, name, reading


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], Reading], ...]:
    words = word_lists("time_words")
    month = f"(?P<month>{alternatives(by_word(words['months']))})"
    season = f"(?P<season>{alternatives(by_word(words['seasons']))})"
    weekday = f"(?P<weekday>{alternatives(by_word(words['weekdays']))})"
    weekdays = f"(?P<weekdays>{alternatives(by_word(words['weekdays_counted']))})"
    unit = f"(?P<unit>{alternatives(by_word(words['units']))})"
    count = f"(?P<count>[0-9]{{1,3}}|{alternatives(by_word(words['numbers']))})"
    which = f"(?P<which>{alternatives(words['previous'] + words['current'])})"
    parts = ("starting", "early", "middle", "late", "ending")
    part = f"(?P<part>{alternatives(one for name in parts for one in words[name])})"
    year = rf"(?P<year>{_YEAR})(?:\s+(?:{alternatives(words['year_word'])}))?"
    day = rf"(?P<day>[0-9]{{1,2}}){_ORDINAL}"
    another = rf"(?P<last>[0-9]{{1,2}}){_ORDINAL}"
    joined = (
        rf"(?P<joined>\s+(?:{alternatives(words['either'] + words['join'])})\s+)"
        rf"(?:(?:{alternatives(words['articles'])})\s+)?"
    )
    dash = r"\s?[-–—]\s?"
    days = rf"{day}(?:(?:{dash}|{joined}){another})?"
    # "On May 3 and 5 people": there the second number may count something.
    ends = r"(?=,?\s+(?:in|at|[12][0-9]{3})(?!\w)|\s*(?:[?!.,;:)]|$))"
    days_after = rf"{day}(?:(?:{dash}|{joined}(?=[0-9]{{1,2}}{_ORDINAL}{ends})){another})?"
    quarter = f"(?P<quarter>{alternatives(by_word(words['quarters']))})"
    half = f"(?P<half>{alternatives(by_word(words['halves']))})"
    relative = alternatives(by_word(words["relative"]))
    sources: list[tuple[str, str, Reading]] = [
        ("date", r"(?P<year>[0-9]{4})-(?P<m>[0-9]{2})-(?P<day>[0-9]{2})", numeric),
        ("date", r"(?P<day>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<year>[0-9]{4})", numeric),
        ("date", r"(?P<m>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4})", slashed),
        ("relative", f"(?P<relative>{relative})", relative_time),
        ("ago", rf"{count}\s+{unit}\s+(?:{alternatives(words['ago'])})", time_ago),
        ("ago", rf"(?:{alternatives(words['ago_before'])})\s+{count}\s+{unit}", time_ago),
        ("ago", rf"{count}\s+{weekdays}\s+(?:{alternatives(words['ago'])})", weekdays_ago),
        ("ago", rf"{weekday}\s+before\s+last", weekday_before_last),
        ("ago", rf"(?:{alternatives(words['before_last'])})\s+{weekday}", weekday_before_last),
        ("past", rf"(?:{alternatives(words['past'])})\s+{count}\s+{unit}", time_past),
        ("day", rf"{days}\s+(?:(?:of|de)\s+)?{month}\.?(?:,?\s+(?:del?\s+)?{year})?", day_of_month),
        ("day", rf"{month}\.?\s+(?:the\s+)?{days_after}(?![0-9])(?:,?\s+{year})?", day_of_month),
        ("season", rf"(?:{which}\s+)?{season}(?:\s+(?:of\s+)?{year})?", season_named),
        (
            "month",
            rf"(?:{which}\s+|{part}[\s-]+)?{month}(?:\.?,?\s+(?:(?:of|del?)\s+)?{year})?",
            month_named,
        ),
        ("weekday", rf"(?:{which}\s+)?{weekday}", weekday_named),
        ("year", rf"(?:{quarter}|{half})(?:\s+of)?\s+{year}", year_named),
        ("decade", r"(?P<decade>[12][0-9]{2}0)(?:['’]?s|er|-х|-ті)", decade_named),
        ("years", rf"(?P<year>{_YEAR})-(?P<end>{_YEAR})(?![,.:]?[0-9]|-[0-9])", years_named),
        ("year", rf"(?:{part}[\s-]+)?{year}(?![,.:]?[0-9]|-[0-9]{{2}}-)", year_named),
    ]
    return tuple(
        (name, re.compile(rf"(?<![\w{SIGNS}.,:/-])(?:{source})(?!\w)", re.IGNORECASE), reading)
        for name, source, reading in sources
    )
