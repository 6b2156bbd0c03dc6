"""Numbers that look like a year and count things: "the 2100 employees", "jailed for 2030 days"."""

from __future__ import annotations

import re
from datetime import date

from retrieval.time.calendar_time import CalendarTime
from retrieval.words.turn_names import is_stop_word

YEARS_AHEAD = 10
"""A number further ahead of the day of asking counts what is named after it."""

_NEXT_WORD = re.compile(r"\s+([^\W\d_][\w’'-]*)")
_COUNTING = re.compile(r"(?<!\w)(?:of|for|with|by)\s+$", re.IGNORECASE)
_PLURAL = re.compile(r"[a-z]{2,}(?<!s)s|people|men|women|children|police")
_ADVERBS = frozenset(
    {"as", "always", "perhaps", "besides", "towards", "afterwards", "across", "alas"}
)


def counts_things(text: str, time: CalendarTime, kind: str | None, asked: date) -> bool:
    """Whether a bare number counts the things named after it, and is no year.

    "A fine of 2000 euros" counts, "the results in 2019 elections" and "the 2030 games" do not.
    """
    following = _NEXT_WORD.match(text, time.span.end)
    if following is None or is_stop_word(following[1]):
        return False
    if time.since.year > asked.year + YEARS_AHEAD:
        return True
    if kind not in {None, "within", "until"} or following[1] in _ADVERBS:
        return False
    before = text[max(0, time.span.start - 10) : time.span.start]
    return bool(_COUNTING.search(before)) and _PLURAL.fullmatch(following[1]) is not None
