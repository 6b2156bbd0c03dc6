"""The months and weekdays that a text names, in the languages of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from index.keywords import terms
from retrieval.words.sentence_tokens import words as speech_words
from retrieval.words.word_lists import by_word, word_lists

SHORTEST_STEM = 5
"""Letters from which on a stem tells a month or a weekday in any case: «до вторника»."""

_MONTHS, _WEEKDAYS = "months", "weekdays"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OTHER_WORDS_ELSEWHERE = {"mars": f"{_MONTHS} 3", "mayo": f"{_MONTHS} 5"}
"""Months that are other words in another language: beside another month they are no such word."""


@lru_cache(maxsize=4096)
def calendar_named(text: str) -> frozenset[str]:
    """What a text names of the calendar, alike for all words for it: "months 5", "weekdays 0"."""
    return frozenset(named for _, named in _calendar(text))


def months_besides_english(text: str) -> frozenset[str]:
    """The months that a text names otherwise than by their full English names."""
    return frozenset(
        named
        for word, named in _calendar(text)
        if named.startswith(_MONTHS) and word not in speech_words("calendar")
    )


def _calendar(text: str) -> Iterator[tuple[str, str]]:
    """Each such word in small letters, with what it names. It "may march" in no month."""
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        if word in speech_words("calendar") and match.group().islower():
            continue
        named = _names().get(word)
        if named is None and not word.isascii():
            named = next((_stems()[term] for term in terms(word) if term in _stems()), None)
        if named is not None:
            yield word, named


@cache
def _names() -> dict[str, str]:
    found = dict(_OTHER_WORDS_ELSEWHERE)
    for kind in (_MONTHS, _WEEKDAYS):
        for word, key in by_word(word_lists("time_words")[kind]).items():
            found[word] = f"{kind} {key}"
    return found


@cache
def _stems() -> dict[str, str]:
    return {
        term: named
        for word, named in _names().items()
        for term in terms(word)
        if len(term) >= SHORTEST_STEM and not term.isascii()
    }
