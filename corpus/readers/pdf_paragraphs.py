"""Lines of a PDF's layout joined to the paragraphs that they were.

A line goes on in the next one where the next word would not have fitted onto it; where a gap, an
indent or room for that word says otherwise, a paragraph ends. Where no measure tells, a line
without a stop before a small letter goes on: over columns and pages, and in short paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.cleaning.header_lines import byline, dated
from corpus.cleaning.lines import ends_like_sentence
from corpus.readers.pdf_hyphens import AT_LINE_END, resolved
from corpus.readers.pdf_lines import Line

_ALIKE = 1.15
"""So much may heights of one font differ."""
_FARTHEST = 2.5
"""Heights from one line to the next, within one run of lines."""
_WIDER = 1.25
_INDENT = 0.6
_SPACE = 0.25
_NEAR = 8
_LEAST_LINES = 5
_STEADY = 0.6
_ITEM = re.compile(r"(?:[*•▪‣◦●■]|\d{1,3}[.)]|\([^\W_]\))\s")
_DASHED = re.compile(r"[-–—]\s")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_OPENERS = "\"'“”„‘«([¿¡"


def joined(pages: Sequence[Sequence[Line]]) -> str:
    """The text of the pages in paragraphs."""
    lines = [line for page in pages for line in page]
    if not lines:
        return ""
    layout = _Layout(lines)
    parts = [lines[0].text]
    for number, (line, following) in enumerate(pairwise(lines)):
        parts += [layout.between(number, line, following), following.text]
    return resolved("".join(parts), len(lines))


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines of one font below each other, and the usual distance between two."""

    start: int
    end: int
    gap: float


class _Layout:
    """The runs of lines of a document and what stands between two of its lines."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._runs: dict[int, _Run] = {}
        start = 0
        for number in range(1, len(lines) + 1):
            if number == len(lines) or not _follows(lines[number - 1], lines[number]):
                run = _Run(start, number, _usual_gap(lines[start:number]))
                self._runs.update(dict.fromkeys(range(start, number), run))
                start = number
        self._facts = {number for number, line in enumerate(lines) if _is_fact(line)}
        self._body = median(line.first_height for line in lines)
        runs = dict.fromkeys(self._runs.values())
        self._steady = {run for run in runs if self._is_steady([run])}
        if self._is_steady([run for run in runs if run.end - run.start < _LEAST_LINES]):
            self._steady |= {run for run in runs if run.end - run.start < _LEAST_LINES}

    def between(self, number: int, line: Line, following: Line) -> str:
        """A space or hyphen where the next line belongs to the paragraph, else line breaks."""
        together = self._runs[number] is self._runs[number + 1]
        wide = together and self._is_gap(number)
        if self._goes_on(number, line, following, together, wide):
            if line.hyphenated and following.text[:1].isalnum():
                return AT_LINE_END
            tight = _WIDE.match(line.text[-1:]) or _WIDE.match(following.text[:1])
            return _after(line) + ("" if tight else " ")
        return _after(line) + ("\n" if together and not wide else "\n\n")

    def _goes_on(
        self, number: int, line: Line, following: Line, together: bool, wide: bool
    ) -> bool:
        if not _alike(line.last_height, following.first_height) or self._stands_alone(number):
            return False
        if line.hyphenated and following.text[:1].isalpha():
            return True
        if not together:
            steady = self._runs[number] in self._steady and self._runs[number + 1] in self._steady
            return _is_open(line) and (
                _is_small(following) or (steady and self._is_full(number, following))
            )
        full = self._is_full(number, following)
        if _DASHED.match(following.text) and not full:
            return False
        if _is_open(line) and _is_small(following) and self._reaches_half(number):
            return True
        run = self._runs[number]
        heading = line.first_height > _ALIKE * self._body
        paragraph = wide or self._is_indented(number, line, following)
        return full and not paragraph and (heading or run in self._steady)

    def _stands_alone(self, number: int) -> bool:
        """Points of a list, bylines and dates have a line of their own."""
        following = self._lines[number + 1]
        return bool(_ITEM.match(following.text)) or not self._facts.isdisjoint((number, number + 1))

    def _is_steady(self, runs: Sequence[_Run]) -> bool:
        """Whether lines that end early are the ends of paragraphs here, nearly always."""
        full = ended = early = 0
        for run in runs:
            for number in range(run.start, run.end - 1):
                if self._is_full(number, self._lines[number + 1]):
                    full += 1
                elif ends_like_sentence(self._lines[number].text) or self._is_gap(number):
                    ended += 1
                else:
                    early += 1
        return full >= 2 and full + ended >= _STEADY * (full + ended + early)

    def _is_full(self, number: int, following: Line) -> bool:
        """Whether the next line's first word would not have fitted onto the line."""
        line = self._lines[number]
        word = min(following.first_word, line.first_height) if _WIDE.match(following.text) else (
            following.first_word + _SPACE * line.last_height
        )  # fmt: skip
        return line.right + word > self._right_edge(number)

    def _right_edge(self, number: int) -> float:
        return max(line.right for line in self._around(number))

    def _reaches_half(self, number: int) -> bool:
        left = min(line.left for line in self._around(number))
        return self._lines[number].right - left >= (self._right_edge(number) - left) / 2

    def _around(self, number: int) -> Sequence[Line]:
        run = self._runs[number]
        start, end = max(run.start, number - _NEAR), min(run.end, number + _NEAR + 1)
        return self._lines[start:end]

    def _is_gap(self, number: int) -> bool:
        gap = self._lines[number].bottom - self._lines[number + 1].bottom
        return gap > _WIDER * self._runs[number].gap

    def _is_indented(self, number: int, line: Line, following: Line) -> bool:
        step = _INDENT * following.first_height
        centred = abs(line.left + line.right - following.left - following.right) < step
        after = number + 2 if self._runs.get(number + 2) is self._runs[number] else number
        return (
            following.left > min(line.left, self._lines[after].left) + step
            and not centred
            and not _ITEM.match(line.text)
        )


def _follows(line: Line, following: Line) -> bool:
    height = max(line.first_height, line.last_height)
    return (
        line.page == following.page
        and 0 < line.bottom - following.bottom < _FARTHEST * height
        and following.left < line.right
        and line.left < following.right
        and _alike(line.last_height, following.first_height)
    )


def _usual_gap(lines: Sequence[Line]) -> float:
    gaps = sorted(one.bottom - other.bottom for one, other in pairwise(lines))
    return gaps[len(gaps) // 4] if gaps else 0.0


def _alike(one: float, other: float) -> bool:
    return one <= _ALIKE * other and other <= _ALIKE * one


def _is_fact(line: Line) -> bool:
    return bool(byline(line.text) or dated(line.text))


def _is_open(line: Line) -> bool:
    return not ends_like_sentence(line.text) and not line.text.endswith(":")


def _is_small(line: Line) -> bool:
    return line.text.lstrip(_OPENERS)[:1].islower()


def _after(line: Line) -> str:
    return "-" if line.hyphenated else ""
