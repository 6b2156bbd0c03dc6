"""Days that are yet to come: "Will it be finished by December?" means the next December.

A time without a year is mostly the last one, for articles tell what happened. Where a question
speaks of what is to come, or sets an end that is close ahead, it is the next.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from retrieval.time.calendar_time import CalendarTime
from retrieval.time.days import days_after
from retrieval.words.question_language import language_of
from retrieval.words.word_lists import alternatives, word_lists

NEAR = 31
"""Days. What is so close ahead may be meant even of what was said: "ahead of Friday's summit"."""

_SLAVIC = frozenset({"ru", "uk"})
_SLAVIC_PAST = re.compile(r"(?<!\w)[а-яёіїєґ]{2,}(?:л|ла|ло|ли|лся|лась|лось|лись|в|вся)(?!\w)")
"""Verbs; some nouns end so too, and leave the time the last one."""

_ENDS = frozenset({"before", "until"})


def as_meant(text: str, time: CalendarTime, kind: str | None, asked: date) -> CalendarTime:
    """The time that a text names after that kind of preposition: the last one, or the next."""
    if time.repeats is None:
        return time
    last = days_after(time.since, -1) if kind == "before" else time.until
    if last >= asked or kind == "since":
        return time
    coming = time.next_one()
    if kind in _ENDS:
        is_near = kind == "before" and (coming.since - asked).days <= NEAR
        return coming if is_near or _looks_ahead(text) else time
    if _is_past(text):
        return time
    is_this = _this().match(time.span.of(text)) is not None
    ahead = _speaks(text, "coming") or _speaks(text, "planned") or (is_this and _is_present(text))
    return coming if ahead else time


def _looks_ahead(text: str) -> bool:
    if _speaks(text, "coming"):
        return True
    return not _is_past(text) and (_is_present(text) or _speaks(text, "planned"))


def _is_past(text: str) -> bool:
    if language_of(text) in _SLAVIC:
        return _SLAVIC_PAST.search(text) is not None
    return _speaks(text, "passed")


def _is_present(text: str) -> bool:
    if language_of(text) in _SLAVIC:
        # A verb in the present may be missing: «Закрыт ли мост?»
        return not _is_past(text)
    return _speaks(text, "present") and not _is_past(text)


def _speaks(text: str, tense: str) -> bool:
    """Whether a text has a verb of that tense, in its own language."""
    return _verbs(tense, language_of(text) or "en").search(text) is not None


@lru_cache(maxsize=64)
def _verbs(tense: str, language: str) -> re.Pattern[str]:
    by_language = word_lists("time_words")[tense]
    words = alternatives(by_language.get(language, ()))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)", re.IGNORECASE)


@cache
def _this() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(word_lists('time_words')['current'])})\s", re.IGNORECASE)
