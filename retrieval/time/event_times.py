"""Times that a question tells by an event: "before the invasion", "since the election".

The articles themselves say when it was: the day or year that stands most often in sentences that
name the event.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from corpus.article import Span
from index.store import Filter, StoreReader
from retrieval.time.calendar_times import calendar_times
from retrieval.time.days import days_after
from retrieval.time.time_expressions import TimeReference
from retrieval.words.parties import country_named
from retrieval.words.question_terms import term_set

PASSAGES_READ = 12
"""So many passages are read for the date of an event."""

_EVENT = re.compile(
    r"(?<!\w)(?P<relation>before|until|after|since|following|prior to|up to|до|перед|после|с начала"
    r"|після|від початку|vor|nach|seit|avant|après|depuis|antes de|después de|desde)\s+"
    r"(?:(?:the|a|his|her|its|their|dem|der|den|le|la|les|el|los|las)\s+|l['’])?"
    r"(?P<event>[^\W\d_][\w’'-]*(?:\s+[^\W\d_][\w’'-]*){0,3})\s*[?.!]*\s*$",
    re.IGNORECASE,
)
_BEFORE = frozenset(
    {"before", "until", "prior to", "up to", "до", "перед", "vor", "avant", "antes de"}
)


def event_time(question: str, asked: date, store: StoreReader) -> TimeReference | None:
    """The stretch of time that an event at the end of the question bounds; a hint, no filter.

    None where the question names no event there, or no article dates it.
    """
    match = _EVENT.search(question)
    if match is None:
        return None
    if country_named(match["event"]) is not None:  # "nach Polen" is no time, nor is "до Киева"
        return None
    day = _day_of(match["event"], asked, store)
    if day is None:
        return None
    span = Span(match.start(), match.end())
    if match["relation"].casefold() in _BEFORE:
        return TimeReference(None, days_after(day, -1), False, False, span)
    return TimeReference(day, None, False, False, span)


def _day_of(event: str, asked: date, store: StoreReader) -> date | None:
    """When the sentences that name an event mostly say it began."""
    wanted = term_set(event)
    if not wanted:
        return None
    hits = store.search_keywords(event, PASSAGES_READ, Filter())
    told: Counter[date] = Counter()
    for passage in store.passages([hit.passage_id for hit in hits]):
        seen = passage.article.published or asked
        for sentence in passage.sentence_texts():
            if wanted <= term_set(sentence):
                told.update(
                    time.since
                    for time in calendar_times(sentence, seen)
                    if time.since <= asked and (time.complete or passage.article.published)
                )
    best = told.most_common(1)
    return best[0][0] if best else None
