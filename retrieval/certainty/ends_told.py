"""Evidence from after the end that a question sets: "What did Kyiv say before March?"

What was written later tells of that time only where it names a time before the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from retrieval.evidence.ranked import RankedSentence
from retrieval.time.days import days_after
from retrieval.time.time_expressions import named_times

_YEAR = re.compile(r"\d{4}|year", re.IGNORECASE)

HALF_A_YEAR = 183
"""Days."""

LOOKING_BACK = 730
"""Days. An article this much later than the end is no news of that time but a look back: it speaks
of it in the past tense, without a date."""


def asked_end(question: str, asked: date) -> date | None:
    """The last day that a question asks about, where it names only an end; None where not.

    Ends that are yet to come on the day of asking exclude nothing.
    """
    for time in named_times(question, asked):
        if time.since is None and time.until is not None and time.until < asked:
            return time.until
    return None


def told_by(end: date, sentences: Sequence[RankedSentence]) -> list[RankedSentence]:
    """The sentences that may tell of the time up to that day, in order."""
    return [one for one in sentences if _may_tell(end, one)]


def _may_tell(end: date, sentence: RankedSentence) -> bool:
    passage = sentence.candidate.passage
    written = passage.article.published
    # News of a day is published on the next.
    if written is None or not days_after(end, 1) < written <= days_after(end, LOOKING_BACK):
        return True
    first = max(0, sentence.index - 1)
    said = " ".join(passage.sentence_texts()[first : sentence.index + 1])
    return names_time_before(end, said, written)


def names_time_before(end: date, text: str, written: date) -> bool:
    """Whether a text of that day names a time begun by the end, or on the day after it.

    "He left in March" tells who was there before March. A day without a year may be one yet to
    come: "on December 1", written in September, is no day of the year before.
    """
    for time in named_times(text, written):
        if time.since is None:
            return True
        dated = _YEAR.search(time.span.of(text))
        far = (written - time.since).days > HALF_A_YEAR and not dated
        if time.since <= days_after(end, 1) and not far:
            return True
    return False
