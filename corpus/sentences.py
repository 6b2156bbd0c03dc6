"""Sentences of a text, as spans.

Boundaries are found by sentencex (rules per language, linear time); what news needs beyond
that is added here: a line break ends a sentence, and no sentence is longer than a cap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import sentencex

from corpus.article import Span
from corpus.sentence_cuts import missed_boundaries
from corpus.sentence_joins import boundary_between_quotes, goes_on

LONGEST_SENTENCE = 2_000
"""Code points. A longer run without a boundary (a table, a text without stops) is cut."""

_SEEN = 80
_LINE = re.compile(r"[^\n]+")
_REMARK = re.compile(r"\([^()]{2,400}[.!?…][\"”’»]?\)\s+(?=[\"“„«‘]?[^\W\d_a-z])")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def split_sentences(text: str, language: str | None = None) -> list[Span]:
    """Sentences of `text`: trimmed, in order, apart, covering every character but white space.

    `language` is an ISO 639-1 code; unknown ones are treated like English. Linear in the length.
    """
    sentences: list[Span] = []
    for line in _LINE.finditer(text):
        for start, end in _sentences_of_line(line.group(), language or "en"):
            sentences.extend(_capped(text, line.start() + start, line.start() + end))
    return sentences


def _sentences_of_line(line: str, language: str) -> Iterator[tuple[int, int]]:
    # The library takes UTF-8; a lone surrogate is shown to it as another single character.
    readable = _SURROGATE.sub("\ufffd", line)
    boundaries = sentencex.get_sentence_boundaries(language, readable)
    edges = [0, *(boundary["end_index"] for boundary in boundaries)]
    start = 0
    for proposed, end in pairwise(edges[1:]):
        # Windows, so that a line of a million characters is not copied for each boundary.
        place = boundary_between_quotes(line, proposed, max(start, proposed - _SEEN), end)
        before = line[max(start, place - _SEEN) : place]
        after = line[place : min(end, place + _SEEN)]
        if not start < place < end or goes_on(before, after, language):
            continue
        yield from _cut_further(line, start, place)
        start = place
    yield from _cut_further(line, start, len(line))


def _cut_further(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for place in missed_boundaries(line, start, end):
        yield from _remark_apart(line, start, place)
        start = place
    yield from _remark_apart(line, start, end)


def _remark_apart(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence that stands in brackets is one of its own."""
    remark = _REMARK.match(line, start, end)
    if remark and remark.end() < end:
        yield start, remark.end()
        start = remark.end()
    yield start, end


def _capped(text: str, start: int, end: int) -> Iterator[Span]:
    """The trimmed span, cut at white space (or anywhere, failing that) where it is too long."""
    start, end = _trimmed(text, start, end)
    while end - start > LONGEST_SENTENCE:
        cut = _cut_place(text, start, start + LONGEST_SENTENCE)
        yield Span(*_trimmed(text, start, cut))
        start, end = _trimmed(text, cut, end)
    if start < end:
        yield Span(start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _cut_place(text: str, start: int, limit: int) -> int:
    """The last white space in the second half of the range, or its end."""
    for place in range(limit, start + (limit - start) // 2, -1):
        if text[place - 1].isspace():
            return place
    return limit
