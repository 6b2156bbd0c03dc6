"""The time that a question speaks of, resolved against the day of asking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from corpus.article import Span
from retrieval.time.calendar_time import CalendarTime
from retrieval.time.calendar_times import calendar_times
from retrieval.time.counts_told import counts_things
from retrieval.time.days import days_after
from retrieval.time.joined_times import are_joined_days, joined_times
from retrieval.time.times_to_come import as_meant
from retrieval.words.word_lists import alternatives, word_lists

LONGEST_READ = 2000
"""Only so many characters of a question are read for times; nobody asks longer questions."""

_CAPITALISED = re.compile(r"\s+[^\W\d_a-zа-яіїєґ]")
_RELATIONS = ("since", "before", "after", "until", "within")
_CLOSES = re.compile(r"\s*(?:[?!.,;:)”\"»]|$)")


@dataclass(frozen=True, slots=True)
class TimeReference:
    """When a question's events took place or were reported. Days are inclusive, None is open.

    `explicit`: the question names a time that constrains the answer ("in June", "this week");
    otherwise it is only a hint ("the 2022 World Cup"). `latest`: it asks for the newest word.
    `span` is where the question says so. An article about a day is published on it or soon
    after, and one about 1945 may be of any date: the time asked about is no filter on its own.
    """

    since: date | None
    until: date | None
    explicit: bool
    latest: bool
    span: Span


def read_time(question: str, asked: date) -> TimeReference | None:
    """The first time that a question names, as seen on the day of asking; None where none.

    English, Russian, Ukrainian, German, French and Spanish (but for "mars", "mayo" and "hier",
    which mean something else in another of them). Times yet to come give None: nothing has been
    published in them. Events ("before the invasion") are no calendar times.
    """
    question = question[:LONGEST_READ]
    latest = _latest_pattern().search(question)
    reference = _calendar_reference(question, asked)
    if reference is None:
        if latest is None:
            return None
        return TimeReference(None, None, False, True, Span(*latest.span()))
    if latest is None:
        return reference
    return TimeReference(reference.since, reference.until, reference.explicit, True, reference.span)


def without_time(question: str, time: TimeReference) -> str:
    """The question without the words that name that time; what an article of that time answers."""
    before, after = question[: time.span.start].rstrip(), question[time.span.end :]
    return before + after if before else after.lstrip(" ,")


@cache
def _latest_pattern() -> re.Pattern[str]:
    latest = alternatives(word_lists("time_words")["latest"])
    return re.compile(rf"(?<!\w)(?:{latest})(?!\w)", re.IGNORECASE)


@cache
def _relation_pattern() -> re.Pattern[str]:
    """A preposition, and perhaps an article, at the very end of what stands before a time."""
    words = word_lists("time_words")
    groups = "|".join(f"(?P<{name}>{alternatives(words[name])})" for name in _RELATIONS)
    articles, edges = alternatives(words["articles"]), alternatives(_edges())
    return re.compile(
        rf"(?<!\w)(?:{groups})\s+(?:(?:{articles})\s+)?(?:(?P<edge>{edges})\s+)?$", re.IGNORECASE
    )


def _edges() -> list[str]:
    words = word_lists("time_words")
    return [*words["starting"], *words["ending"]]


@cache
def _range_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = word_lists("time_words")
    articles, edges = alternatives(words["articles"]), alternatives(_edges())
    article = rf"(?:(?:{articles})\s+)?(?:(?:{edges})\s+)?"
    opening = rf"(?<!\w)(?:{alternatives(words['between'])})\s+{article}$"
    joining = rf"\s*(?:{alternatives(words['join'])})\s*{article}"
    return re.compile(opening, re.IGNORECASE), re.compile(joining, re.IGNORECASE)


def named_times(question: str, asked: date) -> Iterator[TimeReference]:
    """The calendar times that a question names, also those yet to come, in order."""
    times = calendar_times(question[:LONGEST_READ], asked)
    read = 0
    for number, time in enumerate(times):
        if time.span.start < read:
            continue
        following = times[number + 1] if number + 1 < len(times) else None
        reference = (
            _range(question, time, following, asked)
            or _days_between(question, time)
            or _single(question, time, asked)
        )
        if reference is not None:
            joined = joined_times(question, times[number:])
            reference = _with_others(reference, joined, question, asked)
            read = reference.span.end
            yield reference


def _calendar_reference(question: str, asked: date) -> TimeReference | None:
    for reference in named_times(question, asked):
        if reference.since is None or reference.since <= asked:
            return reference
    return None


def _before(question: str, position: int) -> str:
    """The last words before a position: enough for any preposition with its article."""
    return question[max(0, position - 40) : position]


def _range(
    question: str, first: CalendarTime, second: CalendarTime | None, asked: date
) -> TimeReference | None:
    """ "between 2 June and 5 July 2024", "from 2019 to 2021", "2019–2021"."""
    if second is None:
        return None
    opening, joining = _range_patterns()
    opened = opening.search(_before(question, first.span.start))
    between = question[first.span.end : second.span.start]
    if not joining.fullmatch(between) or not (opened or between.strip() in {"-", "–", "—"}):
        return None
    since, until = first.since, second.until
    if not first.complete and (second.complete or since > until):
        since = _in_or_before(first.span.of(question), asked, second.until)
    if since > until:
        return None
    start = first.span.start - (len(opened.group()) if opened else 0)
    return TimeReference(since, until, True, False, Span(start, second.span.end))


def _in_or_before(named: str, asked: date, until: date) -> date:
    """When a time without a year begins, of a stretch that ends then: in that year or the last."""
    starts = [
        one[0].since
        for year in (until.year, until.year - 1)
        if (one := calendar_times(named, asked, year)) and one[0].since <= until
    ]
    return starts[0] if starts else date.max


def _days_between(question: str, time: CalendarTime) -> TimeReference | None:
    """ "Between 3 and 5 May", "с 3 по 5 мая": days of one month that are named as one time."""
    opening = _range_patterns()[0].search(_before(question, time.span.start))
    if opening is None or not are_joined_days(question, time):
        return None
    start = time.span.start - len(opening.group())
    return TimeReference(time.since, time.until, True, False, Span(start, time.span.end))


def _with_others(
    reference: TimeReference, joined: Sequence[CalendarTime], question: str, asked: date
) -> TimeReference:
    """The stretch that holds all of "in May or June"; of "since May or June" only the first."""
    if not reference.explicit or len(joined) == 1:
        return reference
    if reference.since is None or reference.until is None:
        return reference
    others = [as_meant(question, time, "within", asked) for time in joined[1:]]
    return TimeReference(
        min(reference.since, *(time.since for time in others)),
        max(reference.until, *(time.until for time in others)),
        True,
        False,
        Span(reference.span.start, joined[-1].span.end),
    )


def _single(question: str, time: CalendarTime, asked: date) -> TimeReference | None:
    before = _before(question, time.span.start)
    relation = _relation_pattern().search(before)
    if relation and time.bare and _is_another_word(question, time, relation):
        return None
    kind = next((name for name in _RELATIONS if relation and relation[name]), None)
    if time.bare and _is_number(time.span.of(question)):
        if counts_things(question, time, kind, asked):
            return None
        if before.lower().endswith(" the "):
            return TimeReference(time.since, time.until, False, False, time.span)
    time = as_meant(question, time, kind, asked)
    if kind is None and time.bare:
        return _bare(question, time)
    start = time.span.start - (len(before) - relation.start() if relation else 0)
    since, until = _bounded(time, kind, _edge_of(question, time, relation))
    return TimeReference(since, until, True, False, Span(start, time.span.end))


def _bounded(
    time: CalendarTime, kind: str | None, edge: str | None
) -> tuple[date | None, date | None]:
    """The days that a time bounds after a preposition; `edge` where its start or end is meant.

    "Before the end of 2023" lets all of the year count, "after the start of 2022" too.
    """
    if kind == "since":
        return time.since, None
    if kind == "after":
        return (time.since if edge == "starting" else days_after(time.until, 1)), None
    if kind == "before":
        return None, (time.until if edge == "ending" else days_after(time.since, -1))
    if kind == "until":
        return None, (time.since if edge == "starting" else time.until)
    return time.since, time.until


def _edge_of(question: str, time: CalendarTime, relation: re.Match[str] | None) -> str | None:
    """Whether the start or the end of a time is named: "the end of 2023"."""
    named = relation["edge"] if relation and relation["edge"] else time.span.of(question)
    return next((edge for edge in ("starting", "ending") if _edge_pattern(edge).match(named)), None)


@lru_cache(maxsize=2)
def _edge_pattern(edge: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(word_lists('time_words')[edge])})(?!\w)", re.IGNORECASE)


def _is_number(named: str) -> bool:
    """Whether a time is named by figures alone: "2024", "2019-2021"."""
    return named.replace("-", "").isdigit()


def _is_another_word(question: str, time: CalendarTime, relation: re.Match[str]) -> bool:
    """Whether a month or season after a preposition is none.

    "Before the march" a crowd walked; "before the fall of Assad" he ruled, but in "the fall of
    2024" it was autumn; "by August Wilson" and "after Jan Berg" are people.
    """
    named, after = time.span.of(question), question[time.span.end :]
    if _is_number(named):
        return False
    if named in _COMMON_NOUNS and len(relation.group().split()) > 1:
        return True
    if _OF_SOMETHING.match(after) and not named[0].isupper():
        return True
    return not relation["within"] and bool(_SURNAME.match(after)) and named[0].isupper()


_COMMON_NOUNS = frozenset({"march", "may", "august"})
_OF_SOMETHING = re.compile(r"\s+of\s+(?!\d)", re.IGNORECASE)
_SURNAME = re.compile(r"\s+(?!Day\b)[^\W\d_a-zа-яіїєґ][^\W\d_]*[a-z]")


def _bare(question: str, time: CalendarTime) -> TimeReference | None:
    """A time without a preposition: "летом", or a year as a hint: "the 2022 World Cup"."""
    named = time.span.of(question).casefold()
    if named in word_lists("time_words")["adverbs"]:
        return TimeReference(time.since, time.until, True, False, time.span)
    if not _is_number(named):
        return None
    rest = question[time.span.end : time.span.end + 20]
    if _CAPITALISED.match(rest) or _CLOSES.match(rest):
        return TimeReference(time.since, time.until, False, False, time.span)
    return None
