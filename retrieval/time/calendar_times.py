"""Calendar times named in a text: days, months, seasons, years, weekdays, "last week"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from corpus.article import Span
from retrieval.words.word_lists import alternatives, by_word, word_lists

_YEAR = r"(?:1[0-9]|20|21)[0-9]{2}"
_ORDINAL = r"(?:st|nd|rd|th|\.|-го|-е)?"

_COUNTED = frozenset({"relative", "ago", "past", "decade"})


@dataclass(frozen=True, slots=True)
class CalendarTime:
    """A stretch of days (inclusive) and where the text names it.

    `complete` is false where the text names no year and the nearest past one was taken;
    `bare` is true for a month, season or weekday alone, which may be another word ("may", "fall"),
    and for a year alone, which may be a number.
    """

    since: date
    until: date
    span: Span
    complete: bool = True
    bare: bool = False


Reading = Callable[[re.Match[str], date, int | None], tuple[date, date] | None]


def calendar_times(text: str, asked: date, year: int | None = None) -> list[CalendarTime]:
    """All calendar times of a text, in order, without overlap.

    What names no year is taken in `year` where given, else as the last one begun by `asked`.
    """
    found: list[CalendarTime] = []
    for match, name, reading in _matches(text):
        if found and match.start() < found[-1].span.end:
            continue
        try:
            stretch = reading(match, asked, year)
        except (ValueError, OverflowError):  # 31 June, or a day before year 1
            continue
        if stretch is not None:
            complete = bool(match.groupdict().get("year")) or name in _COUNTED
            bare = _is_bare(match, name)
            found.append(CalendarTime(*stretch, Span(*match.span()), complete, bare))
    return found


def _is_bare(match: re.Match[str], name: str) -> bool:
    """Whether the match may be another word or number, told apart by a preposition only."""
    groups = match.groupdict()
    if name not in {"month", "season", "weekday", "year"}:
        return False
    if any(groups.get(group) for group in ("which", "part", "quarter", "half")):
        return False
    return name == "year" or not groups.get("year")


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
    unit = f"(?P<unit>{alternatives(by_word(words['units']))})"
    count = f"(?P<count>[0-9]{{1,3}}|{alternatives(by_word(words['numbers']))})"
    which = f"(?P<which>{alternatives(words['previous'] + words['current'])})"
    part = f"(?P<part>{alternatives(words['early'] + words['middle'] + words['late'])})"
    year = rf"(?P<year>{_YEAR})(?:\s+(?:{alternatives(words['year_word'])}))?"
    day = rf"(?P<day>[0-9]{{1,2}}){_ORDINAL}(?:\s?[-–—]\s?(?P<last>[0-9]{{1,2}}){_ORDINAL})?"
    quarter = f"(?P<quarter>{alternatives(by_word(words['quarters']))})"
    half = f"(?P<half>{alternatives(by_word(words['halves']))})"
    relative = alternatives(by_word(words["relative"]))
    sources: list[tuple[str, str, Reading]] = [
        ("date", r"(?P<year>[0-9]{4})-(?P<m>[0-9]{2})-(?P<day>[0-9]{2})", _numeric),
        ("date", r"(?P<day>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<year>[0-9]{4})", _numeric),
        ("date", r"(?P<m>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4})", _slashed),
        ("relative", f"(?P<relative>{relative})", _relative),
        ("ago", rf"{count}\s+{unit}\s+(?:{alternatives(words['ago'])})", _ago),
        ("ago", rf"(?:{alternatives(words['ago_before'])})\s+{count}\s+{unit}", _ago),
        ("past", rf"(?:{alternatives(words['past'])})\s+{count}\s+{unit}", _past),
        ("day", rf"{day}\s+(?:(?:of|de)\s+)?{month}\.?(?:,?\s+(?:del?\s+)?{year})?", _day),
        ("day", rf"{month}\.?\s+(?:the\s+)?{day}(?![0-9])(?:,?\s+{year})?", _day),
        ("season", rf"(?:{which}\s+)?{season}(?:\s+(?:of\s+)?{year})?", _season),
        (
            "month",
            rf"(?:{which}\s+|{part}[\s-]+)?{month}(?:\.?,?\s+(?:(?:of|del?)\s+)?{year})?",
            _month,
        ),
        ("weekday", rf"(?:{which}\s+)?{weekday}", _weekday),
        ("year", rf"(?:{quarter}|{half})(?:\s+of)?\s+{year}", _year),
        ("decade", r"(?P<decade>[12][0-9]{2}0)(?:['’]?s|er|-х|-ті)", _decade),
        ("year", rf"(?:{part}[\s-]+)?{year}(?![,.:]?[0-9]|-[0-9]{{2}}-)", _year),
    ]
    return tuple(
        (name, re.compile(rf"(?<![\w$€£.,:/-])(?:{source})(?!\w)", re.IGNORECASE), reading)
        for name, source, reading in sources
    )


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


def _is_previous(match: re.Match[str]) -> bool:
    which = match.groupdict().get("which")
    return which is not None and which.casefold() in word_lists("time_words")["previous"]


def _whole_month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _numeric(match: re.Match[str], _asked: date, _year: int | None) -> tuple[date, date]:
    day = date(int(match["year"]), int(match["m"]), int(match["day"]))
    return day, day


def _slashed(match: re.Match[str], _asked: date, _year: int | None) -> tuple[date, date]:
    """Month first, as in the United States, unless only day first is possible."""
    first, second = int(match["m"]), int(match["day"])
    month, day = (second, first) if first > 12 else (first, second)
    return date(int(match["year"]), month, day), date(int(match["year"]), month, day)


def _day(match: re.Match[str], asked: date, year: int | None) -> tuple[date, date]:
    month = int(_key("months", match, "month"))
    first, last = int(match["day"]), int(match["last"] or match["day"])
    given = _given_year(match, year)
    chosen = given or asked.year
    if given is None and date(chosen, month, first) > asked:
        chosen -= 1
    since, until = date(chosen, month, first), date(chosen, month, last)
    return (since, until) if since <= until else (since, since)


def _month(match: re.Match[str], asked: date, year: int | None) -> tuple[date, date]:
    month = int(_key("months", match, "month"))
    chosen = _given_year(match, year)
    if chosen is None:
        chosen = asked.year if month <= asked.month else asked.year - 1
        if _is_previous(match) and (chosen, month) == (asked.year, asked.month):
            chosen -= 1
    since, until = _whole_month(chosen, month)
    return _part_of(match, since, until)


def _season(match: re.Match[str], asked: date, year: int | None) -> tuple[date, date]:
    """Northern seasons. The winter of a year is both that it begins and that it ends in."""
    first = int(_key("seasons", match, "season"))
    given = _given_year(match, year)
    if first == 12:
        if given is not None:
            return date(given - 1, 12, 1), _whole_month(given + 1, 2)[1]
        begun = asked.year if asked.month == 12 else asked.year - 1
        begun -= _is_previous(match) and asked <= _whole_month(begun + 1, 2)[1]
        return date(begun, 12, 1), _whole_month(begun + 1, 2)[1]
    chosen = given or (asked.year if first <= asked.month else asked.year - 1)
    if given is None and _is_previous(match) and chosen == asked.year and asked.month < first + 3:
        chosen -= 1
    return date(chosen, first, 1), _whole_month(chosen, first + 2)[1]


def _year(match: re.Match[str], _asked: date, _year: int | None) -> tuple[date, date]:
    year = int(match["year"])
    groups = match.groupdict()
    if groups.get("quarter"):
        first = 3 * int(_key("quarters", match, "quarter")) - 2
        return date(year, first, 1), _whole_month(year, first + 2)[1]
    if groups.get("half"):
        first = 6 * int(_key("halves", match, "half")) - 5
        return date(year, first, 1), _whole_month(year, first + 5)[1]
    return _part_of(match, date(year, 1, 1), date(year, 12, 31))


def _part_of(match: re.Match[str], since: date, until: date) -> tuple[date, date]:
    """The first, middle or last third of a stretch; the whole where no part is named."""
    part = match.groupdict().get("part")
    if not part:
        return since, until
    words = word_lists("time_words")
    third = timedelta(days=(until - since).days // 3)
    named = " ".join(part.casefold().split())
    if named in words["early"]:
        return since, since + third
    return (until - third, until) if named in words["late"] else (since + third, until - third)


def _decade(match: re.Match[str], asked: date, _year: int | None) -> tuple[date, date]:
    """Ten years; "the 1700s" are a hundred, as are all centuries that are over."""
    first = int(match["decade"])
    is_century = first % 100 == 0 and first + 99 < asked.year
    return date(first, 1, 1), date(first + (99 if is_century else 9), 12, 31)


def _weekday(match: re.Match[str], asked: date, _year: int | None) -> tuple[date, date]:
    """The last such day; "last Monday" on a Monday is the week before."""
    back = (asked.weekday() - int(_key("weekdays", match, "weekday"))) % 7
    day = asked - timedelta(days=back or (7 if _is_previous(match) else 0))
    return day, day


def _count(match: re.Match[str]) -> int:
    given = match["count"]
    return int(given) if given.isdigit() else int(_key("numbers", match, "count"))


def _back(asked: date, count: int, unit: str) -> date:
    if unit in {"day", "week"}:
        return asked - timedelta(days=count * (7 if unit == "week" else 1))
    months = asked.year * 12 + asked.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(asked.day, monthrange(year, month + 1)[1]))


def _ago(match: re.Match[str], asked: date, _year: int | None) -> tuple[date, date]:
    """The day, or the stretch of half a unit about it: "two months ago" is no one day."""
    unit = _key("units", match, "unit")
    day = _back(asked, _count(match), unit)
    slack = timedelta(days={"day": 0, "week": 3, "month": 15, "year": 182}[unit])
    return day - slack, min(day + slack, asked)


_LASTING = re.compile(
    r"\b(?:did|do(?:es)?|will|would|can|could|to|may|might|must|should)\b(?:\s+[\w’'-]+){1,6}\s+$",
    re.IGNORECASE,
)
_OF_TIME = re.compile(r"\b(?:the|these|in|over|during|within|for|of|from)\s+$", re.IGNORECASE)


def _past(match: re.Match[str], asked: date, _year: int | None) -> tuple[date, date]:
    """ "In the last two weeks"; but "Did the strike last two weeks?" names no time."""
    before = match.string[max(0, match.start() - 80) : match.start()]
    if (
        match[0][:4].casefold() == "last"
        and _LASTING.search(before)
        and not _OF_TIME.search(before)
    ):
        raise ValueError(match[0])
    return _back(asked, _count(match), _key("units", match, "unit")), asked


def _relative(match: re.Match[str], asked: date, _year: int | None) -> tuple[date, date]:
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
        "this week": lambda: (asked - 6 * one, asked),
        "last week": lambda: (monday - 7 * one, monday - one),
        "past week": lambda: (asked - 7 * one, asked),
        "this month": lambda: (first, asked),
        "last month": lambda: _whole_month((first - one).year, (first - one).month),
        "past month": lambda: (_back(asked, 1, "month"), asked),
        "this year": lambda: (date(asked.year, 1, 1), asked),
        "last year": lambda: (date(asked.year - 1, 1, 1), date(asked.year - 1, 12, 31)),
        "past year": lambda: (_back(asked, 1, "year"), asked),
        "weekend": lambda: (saturday, min(saturday + one, asked)),
    }
    return stretches[name]()
