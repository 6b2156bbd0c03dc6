"""Filters that a person writes into a question: times and outlets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.telegram.holdings import Holdings
from bot.telegram.limits import NO_LIMITS, Limits
from bot.telegram.outlet_words import take_outlet
from corpus.article import Span
from retrieval.time.calendar_times import calendar_times
from retrieval.time.time_expressions import TimeReference, read_time
from retrieval.words.word_lists import alternatives, word_lists

_IN_DIGITS = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}")
_YEAR = re.compile(r"\d{4}")
_JOINTS = " \t\n,;:—–-"
_ENDS = ".?!"
_AHEAD = (
    "tomorrow", "the day after tomorrow", "next week", "next month",
    "завтра", "послезавтра", "следующей недели", "на следующей неделе", "следующего месяца",
    "в следующем месяце", "післязавтра", "наступного тижня", "наступного місяця",
)  # fmt: skip
_SINCE = "since "
_BETWEEN = "between "


@dataclass(frozen=True, slots=True)
class FilteredQuestion:
    """A question and the filters that were written with it.

    `whole` is the question with what was taken for an outlet and may be something else.
    """

    text: str
    limits: Limits = NO_LIMITS
    whole: str | None = None


def read_question(text: str, holdings: Holdings, asked: date) -> FilteredQuestion:
    """The question with the filters that it states, as seen on the day of asking.

    Dates in digits at the beginning or end ("since 2024-06-01", "from 1.6.2024 to 1.7.2024") and
    outlets ("from Reuters", "Reuters: …") are filters and are taken out. So is "since June" at an
    end, where there are articles from before: "president since 1994" is no filter where all are
    later. "Last week" stays in the question, but what was published before tells nothing of it.
    Any other time ("in 1999") filters nothing: an article of any date may speak of it.
    """
    taken = take_outlet(text, holdings.outlets)
    whole = None
    if not taken.certain:
        whole = read_question(text, replace(holdings, outlets=()), asked).text
    sources = frozenset({taken.outlet} if taken.outlet else ())
    text, since, until = _take_dates(taken.text, asked)
    if since is None and until is None:
        text, since = _take_beginning(text, holdings, asked)
    return FilteredQuestion(text, Limits(since, until, sources), whole)


def read_since(text: str, holdings: Holdings, asked: date) -> FilteredQuestion | None:
    """What follows /since: a time, perhaps an end ("until July"), and the question.

    None where it begins with no time that is past.
    """
    named = take_outlet(text.strip(_JOINTS), holdings.outlets)
    own, sources = named.text, frozenset({named.outlet} if named.outlet else ())
    whole = None
    if not named.certain and (read := read_since(text, replace(holdings, outlets=()), asked)):
        whole = read.text
    since = _leading(_SINCE, own, asked)
    stretch = _leading(_BETWEEN, own, asked)
    first = read_time(own, asked)
    if since and stretch and stretch.span.end > since.span.end:
        taken: TimeReference | None = stretch
    elif since:
        taken = since
    else:
        taken = first if first and first.since and first.span.start == 0 else None
    if taken is None:
        question = read_question(text, holdings, asked)
        return question if question.limits.since else None
    is_stretch = len(calendar_times(taken.span.of(own), asked)) > 1
    rest, until = own[taken.span.end :].strip(_JOINTS), taken.until if is_stretch else None
    end = read_time(rest, asked)
    if until is None and end and end.since is None and end.until and end.span.start == 0:
        rest, until = rest[end.span.end :].strip(_JOINTS), end.until
    return FilteredQuestion(rest, Limits(taken.since, until, sources), whole)


def time_ahead(text: str, asked: date) -> str | None:
    """The time after the day of asking that a text begins with, in its own words."""
    own = text.strip(_JOINTS)
    if found := _ahead_pattern().match(own):
        return found.group()
    times = calendar_times(own, asked)
    ahead = bool(times) and times[0].span.start == 0 and times[0].since > asked
    return times[0].span.of(own) if ahead else None


@cache
def _ahead_pattern() -> re.Pattern[str]:
    """Times yet to come that name no date."""
    words = (*_AHEAD, *word_lists("time_words")["next_year"])
    return re.compile(rf"(?:{alternatives(words)})(?!\w)", re.IGNORECASE)


def _leading(word: str, text: str, asked: date) -> TimeReference | None:
    """The time that a text begins with, read as if `word` stood before it; spans are the text's."""
    read = read_time(word + text, asked)
    if read is None or read.since is None or read.span.start > len(word):
        return None
    return replace(read, span=Span(0, read.span.end - len(word)))


def _references(text: str, asked: date) -> Iterator[TimeReference]:
    """Every time that a text names, in order."""
    passed = 0
    while (read := read_time(text[passed:], asked)) and (read.since or read.until):
        span = Span(read.span.start + passed, read.span.end + passed)
        yield replace(read, span=span)
        passed = span.end


def _take_dates(text: str, asked: date) -> tuple[str, date | None, date | None]:
    """The text without dates in digits that stand apart before or after it, and these dates."""
    since: date | None = None
    until: date | None = None
    found = True
    while found:
        found = False
        for read in _references(text, asked):
            before, after = text[: read.span.start], text[read.span.end :]
            one_day = read.since == read.until
            if one_day or not (_is_apart(before, after) and _IN_DIGITS.search(read.span.of(text))):
                continue
            since, until = since or read.since, until or read.until
            text, found = _without(before, after), True
            break
    return text.strip(_JOINTS) if since or until else text, since, until


def _without(before: str, after: str) -> str:
    """What is left around a filter that was taken out."""
    before, after = before.strip(_JOINTS), after.strip(_JOINTS)
    joint = "" if after[:1] in _ENDS else " "
    return f"{before}{joint}{after}".strip()


def _take_beginning(text: str, holdings: Holdings, asked: date) -> tuple[str, date | None]:
    """The day before which nothing can tell what is asked, and what is left to ask."""
    for read in _references(text, asked):
        if read.since is None or not holdings.first or holdings.first >= read.since:
            continue
        before, after = text[: read.span.start], text[read.span.end :]
        if read.until is None:
            left = _without(before, after)
            return (left if _is_apart(before, after) and left.strip(_ENDS) else text), read.since
        if _is_counted_from_today(read.span.of(text), asked):
            return text, read.since
    return text, None


def _is_apart(before: str, after: str) -> bool:
    """Whether what stands between is at the beginning or the end of the text."""
    return not before.strip(_JOINTS) or not after.strip(_JOINTS + _ENDS)


def _is_counted_from_today(words: str, asked: date) -> bool:
    """Whether a time is "last week" or "two days ago": complete without naming a year."""
    times = calendar_times(words, asked)
    return bool(times) and times[0].complete and not _YEAR.search(words)
