"""The days that a text is about, in its own words."""

from __future__ import annotations

import re

from retrieval.disputes.asked_matter import WORD
from retrieval.words.sentence_tokens import words as speech_words

SAID_WITHIN = 3
"""Words between a verb of saying and the day on which it was said: "told reporters on Monday"."""

_YEAR = re.compile(r"(?:19|20)\d\d")


def days_told(text: str) -> frozenset[str]:
    """Weekdays, months and years that a text names, but for those on which somebody spoke."""
    found = set()
    words = [match.group() for match in WORD.finditer(text)]
    for place, word in enumerate(words):
        named = word[0].isupper() and word.casefold() in speech_words("calendar")
        if not named and not _YEAR.fullmatch(word):
            continue
        before = words[max(0, place - SAID_WITHIN) : place]
        if "that" in before or not any(
            one.casefold() in speech_words("speech_forms") for one in before
        ):
            found.add(word.casefold())
    return frozenset(found)
