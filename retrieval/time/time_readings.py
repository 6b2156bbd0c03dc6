"""What each form of a calendar time means: the days it names, as seen on the day of asking."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from retrieval.words.word_lists import by_word, word_lists

LONGEST_AGE = 100
"""Years between two that are named as one time."""

Reading = Callable[[re.Match[str], date, int | None], tuple[date, date] | None]


@cache
def _table(name: str) -> dict[str, str]:
    return by_word(word_lists("time_words")[name])


def _key(table: str, match: re.Match[str], group: str) -> str:
    """What a matched word stands for; ValueError where letters only look like one another."""
    word = " ".join((match.group(group) or "").casefold().split())
    key = _table(table).get(word)
    if key is None:
        raise ValueError(word)
    return key


def _given_year(match: re.Match[str], year: int | None) -> int | None:
    named = match.groupdict().get("year")
    return int(named) if named else year


def is_previous(match: re.Match[str]) -> bool:
    """Whether "last" or "previous" stands before it: one that is over."""
    which = match.groupdict().get("which")
    return which is not None and which.casefold() in word_lists("time_words")["previous"]


def relative_named(match: re.Match[str]) -> str | None:
    """What a time counted from the day of asking stands for: "last year"; None for others."""
    return _key("relative", match, "relative") if match.groupdict().get("relative") else None


def _whole_month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def numeric(match: re.Match[str], _asked: date, _year: int | None) -> tuple[date, date]:
    """ "2024-07-02", "2.7.2024"."""
    day = date(int(match["year"]), int(match["m"]), int(match["day"]))
    return day, day


def slashed(match: re.Match[str], _asked: date, _year: int | None) -> tuple[date, date]:
    """Month first, as in the United States, unless only day first is possible."""
    first, second = int(match["m"]), int(match["day"])
    month, day = (second, first) if first > 12 else (first, second)
    return date(int(match["year"]), month, day), date(int(match["year"]), month, day)


def day_of_month(match: re.Match[str], asked: date, year: int | None) -> tuple[date, date]:
    """ "2 July", "July 2-5, 2024"."""
    month = int(_key("months", match, "month"))
    first, last = int(match["day"]), int(match["last"] or match["day"])
    given = _given_year(match, year)
    chosen = given or asked.year
    if given is None and date(chosen, month, first) > asked:
        chosen -= 1
    since, until = date(chosen, month, first), date(chosen, month, last)
    if since <= until:
        return since, until
    # "12 and 5 May": where a word joins them, the greater number is of something else.
    return (until, until) if match.groupdict().get("joined") else (since, since)


def month_named(match: re.Match[str], asked: date, year: int | None) -> tuple[date, date]:
    """ "June", "late June", "last June", "June 2022"."""
    month = int(_key("months", match, "month"))
    chosen = _given_year(match, year)
    if chosen is None:
        chosen = asked.year if month <= asked.month else asked.year - 1
        if is_previous(match) and (chosen, month) == (asked.year, asked.month):
            chosen -= 1
    since, until = _whole_month(chosen, month)
    return _part_of(match, since, until)


def season_named(match: re.Match[str], asked: date, year: int | None) -> tuple[date, date]:
    """Northern seasons. The winter of a year is both that it begins and that it ends in."""
    first = int(_key("seasons", match, "season"))
    given = _given_year(match, year)
    if first == 12:
        if given is not None:
            return date(given - 1, 12, 1), _whole_month(given + 1, 2)[1]
        begun = asked.year if asked.month == 12 else asked.year - 1
        begun -= is_previous(match) and asked <= _whole_month(begun + 1, 2)[1]
        return date(begun, 12, 1), _whole_month(begun + 1, 2)[1]
    chosen = given or (asked.year if first <= asked.month else asked.year - 1)
    if given is None and is_previous(match) and chosen == asked.year and asked.month < first + 3:
        chosen -= 1
    return date(chosen, first, 1), _whole_month(chosen, first + 2)[1]


def year_named(match: re.Match[str], _asked: date, _year: int | None) -> tuple[date, date]:
    """ "2022", "early 2022", "Q3 2022", "the first half of 2022"."""
    year = int(match["year"])
    groups = match.groupdict()
    if groups.get("quarter"):
        first = 3 * int(_key("quarters", match, "quarter")) - 2
        return date(year, first, 1), _whole_month(year, first + 2)[1]
    if groups.get("half"):
        first = 6 * int(_key("halves", match, "half")) - 5
        return date(year, first, 1), _whole_month(year, first + 5)[1]
    return _part_of(match, date(year, 1, 1), date(year, 12, 31))


def years_named(match: re.Match[str], _asked: date, _year: int | None) -> tuple[date, date] | None:
    """ "2019-2021"; None where the second is no later year of that age."""
    first, last = int(match["year"]), int(match["end"])
    if not first < last <= first + LONGEST_AGE:
        return None
    return date(first, 1, 1), date(last, 12, 31)


def _part_of(match: re.Match[str], since: date, until: date) -> tuple[date, date]:
    """The first, middle or last third of a stretch; the whole where no part is named."""
    part = match.groupdict().get("part")
    if not part:
        return since, until
    words = word_lists("time_words")
    third = timedelta(days=(until - since).days // 3)
    named = " ".join(part.casefold().split())
    if named in words["starting"] + words["early"]:
        return since, since + third
    if named in words["late"] + words["ending"]:
        return until - third, until
    return since + third, until - third


def decade_named(match: re.Match[str], asked: date, _year: int | None) -> tuple[date, date]:
    """Ten years; "the 1700s" are a hundred, as are all centuries that are over."""
    first = int(match["decade"])
    is_century = first % 100 == 0 and first + 99 < asked.year
    return date(first, 1, 1), date(first + (99 if is_century else 9), 12, 31)


def weekday_named(match: re.Match[str], asked: date, _year: int | None) -> tuple[date, date]:
    """The last such day; "last Monday" on a Monday is the week before."""
    back = (asked.weekday() - int(_key("weekdays", match, "weekday"))) % 7
    day = asked - timedelta(days=back or (7 if is_previous(match) else 0))
    return day, day


def weekday_before_last(match: re.Match[str], asked: date, _year: int | None) -> tuple[date, date]:
    """ "The Friday before last": a week before the last such day that is over."""
    day = _weekday_back(asked, int(_key("weekdays", match, "weekday")), 2)
    return day, day


def weekdays_ago(match: re.Match[str], asked: date, _year: int | None) -> tuple[date, date]:
    """ "Two Fridays ago", "three weekends ago"; today is none of them."""
    day = _weekday_back(asked, int(_key("weekdays_counted", match, "weekdays")), _count(match))
    whole = match["weekdays"].casefold() in word_lists("time_words")["weekends_counted"]
    return day, min(day + timedelta(days=int(whole)), asked)


def _weekday_back(asked: date, weekday: int, count: int) -> date:
    back = (asked.weekday() - weekday) % 7 or 7
    return asked - timedelta(days=back + 7 * (count - 1))


def _count(match: re.Match[str]) -> int:
    given = match["count"]
    return int(given) if given.isdigit() else int(_key("numbers", match, "count"))


_DAYS = {"day": 1, "week": 7, "fortnight": 14}


def _back(asked: date, count: int, unit: str) -> date:
    if unit == "hour":
        return asked - timedelta(days=-(-count // 24))
    if unit in _DAYS:
        return asked - timedelta(days=count * _DAYS[unit])
    months = asked.year * 12 + asked.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(asked.day, monthrange(year, month + 1)[1]))


def time_ago(match: re.Match[str], asked: date, _year: int | None) -> tuple[date, date]:
    """The day, or the stretch of half a unit about it: "two months ago" is no one day."""
    unit = _key("units", match, "unit")
    day = _back(asked, _count(match), unit)
    slack = timedelta(days=_SLACK[unit])
    return day - slack, min(day + slack, asked)


_SLACK = {"hour": 0, "day": 0, "week": 3, "fortnight": 7, "month": 15, "year": 182}
_LASTING = re.compile(
    r"\b(?:did|do(?:es)?|will|would|can|could|to|may|might|must|should)\b(?:\s+[\w’'-]+){1,6}\s+$",
    re.IGNORECASE,
)
_OF_TIME = re.compile(r"\b(?:the|these|in|over|during|within|for|of|from)\s+$", re.IGNORECASE)


def time_past(match: re.Match[str], asked: date, _year: int | None) -> tuple[date, date]:
    """ "In the last two weeks"; but "Did the strike last two weeks?" names no time."""
    before = match.string[max(0, match.start() - 80) : match.start()]
    if (
        match[0][:4].casefold() == "last"
        and _LASTING.search(before)
        and not _OF_TIME.search(before)
    ):
        raise ValueError(match[0])
    return _back(asked, _count(match), _key("units", match, "unit")), asked


def relative_time(match: re.Match[str], asked: date, _year: int | None) -> tuple[date, date]:
    """Stretches counted from the day of asking.

    "This week" reaches back seven days even on a Monday: people say it of the news just past.
    """
    name = _key("relative", match, "relative")
    one = timedelta(days=1)
    monday = asked - asked.weekday() * one
    first = asked.replace(day=1)
    saturday = asked - ((asked.weekday() - 5) % 7) * one
    stretches: dict[str, Callable[[], tuple[date, date]]] = {
        "today": lambda: (asked, asked),
        "yesterday": lambda: (asked - one, asked - one),
        "day before yesterday": lambda: (asked - 2 * one, asked - 2 * one),
        "past day": lambda: (asked - one, asked),
        "past fortnight": lambda: (asked - 14 * one, asked),
        "this week": lambda: (asked - 6 * one, asked),
        "last week": lambda: (monday - 7 * one, monday - one),
        "week before last": lambda: (monday - 14 * one, monday - 8 * one),
        "past week": lambda: (asked - 7 * one, asked),
        "this month": lambda: (first, asked),
        "last month": lambda: _whole_month((first - one).year, (first - one).month),
        "month before last": lambda: _whole_month(*_month_back(first, 2)),
        "past month": lambda: (_back(asked, 1, "month"), asked),
        "this year": lambda: (date(asked.year, 1, 1), asked),
        "last year": lambda: (date(asked.year - 1, 1, 1), date(asked.year - 1, 12, 31)),
        "year before last": lambda: (date(asked.year - 2, 1, 1), date(asked.year - 2, 12, 31)),
        "past year": lambda: (_back(asked, 1, "year"), asked),
        "weekend": lambda: (saturday, min(saturday + one, asked)),
        "last weekend": lambda: (saturday, min(saturday + one, asked)),
        "weekend before last": lambda: (saturday - 7 * one, saturday - 6 * one),
    }
    return stretches[name]()


def _month_back(day: date, count: int) -> tuple[int, int]:
    back = _back(day, count, "month")
    return back.year, back.month
