"""Running heads and feet of a PDF: what stands above and below the text on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from corpus.cleaning.lines import line_key
from corpus.readers.pdf_lines import Line

_EDGE_LINES = 3
_SAME_PLACE = 2.0
"""Points by which the height of a running line may differ from page to page."""
_PAGE_NUMBER = re.compile(
    r"\W{0,20}(?:page|seite|стр\.?|página)?\W{0,20}\d{1,4}"
    r"(?:\s{0,9}(?:/|of|von|из|de)\s{0,9}\d{1,4})?\W{0,20}",
    re.I,
)
_DIGITS = re.compile(r"\d+")
_TIME = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? \d{1,2}[:.]\d{2}(?:\s?[AP]M)?"
_ADDRESS = r"(?:https?|file)://\S+"
_PRINTED_HEAD = re.compile(rf"{_TIME}\b.*|.*\s{_ADDRESS}", re.I)
_PRINTED_FOOT = re.compile(rf"{_ADDRESS}\s+\d+\s?/\s?\d+|\d+ [^\W\d]{{1,5}} \d+\s+{_TIME}", re.I)
"""What browsers print around a page: its title, address, the time of printing and the page."""


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without page numbers, what browsers print around them, and what repeats at the edge."""
    places: Counter[tuple[str, int]] = Counter(
        place
        for page in pages
        for place in {one for line in _edge_lines(page) for one in _places(line)}
    )
    found: list[list[Line]] = []
    for page in pages:
        running = _running(page, places, len(pages))
        found.append([line for line in page if line not in running])
    return found


def _running(page: Sequence[Line], places: Counter[tuple[str, int]], pages: int) -> frozenset[Line]:
    """The lines from the top down, and from the bottom up, that are none of the text."""
    from_top = sorted(page, key=lambda line: -line.bottom)
    ends = [line.text for line in (*from_top[:1], *from_top[-1:])]
    printed = len(ends) == 2 and bool(
        _PRINTED_HEAD.fullmatch(ends[0]) and _PRINTED_FOOT.fullmatch(ends[1])
    )

    def runs(line: Line) -> bool:
        count = max(places[place] for place in _places(line))
        return bool(_PAGE_NUMBER.fullmatch(line.text)) or (count >= 2 and count * 3 >= pages)

    found = {from_top[0], from_top[-1]} if printed else set()
    rest = [line for line in from_top if line not in found]
    return frozenset(found | set(_while(runs, rest)) | set(_while(runs, rest[::-1])))


def _while(runs: Callable[[Line], bool], lines: Iterable[Line]) -> list[Line]:
    found: list[Line] = []
    for line in lines:
        if len(found) == _EDGE_LINES or not runs(line):
            break
        found.append(line)
    return found


def _edge_lines(page: Sequence[Line]) -> list[Line]:
    from_top = sorted(page, key=lambda line: -line.bottom)
    return [*from_top[:_EDGE_LINES], *from_top[-_EDGE_LINES:]]


def _places(line: Line) -> tuple[tuple[str, int], tuple[str, int]]:
    """The words and the height of a line, in two steps so that neighbours share one of them."""
    words = _DIGITS.sub("0", line_key(line.text))
    step = round(line.bottom / _SAME_PLACE)
    return (words, 2 * (step // 2)), (words, 2 * ((step - 1) // 2) + 1)
