"""Hyphens at the ends of lines: those of the layout go, those of the word stay.

The document itself tells them apart: by how it writes the word elsewhere, and by whether its
layout breaks words at all. Where it does not show, the hyphen stays, for it stands on the page.
"""

from __future__ import annotations

import re

AT_LINE_END = "\x02"
"""Stands in a text where a line ended with a hyphen."""

_PARTS = re.compile(rf"([\w'’-]*\w){AT_LINE_END}(\w[\w'’]*)")
_WORD = re.compile(rf"(?<![\w{AT_LINE_END}'’-])\w[\w'’]*(?:-[\w'’]+)*(?![\w{AT_LINE_END}-])")
_FEWEST = 3
_LINES_FOR_EACH = 25
"""A layout that breaks words has such a hyphen in fewer lines than this."""


def resolved(text: str, lines: int) -> str:
    """`text` with each mark of a line end as a hyphen or as nothing; `lines` is how many it had."""
    if AT_LINE_END not in text:
        return text
    words = {word.casefold() for word in _WORD.findall(text)}
    sites = [(one[1], one[2]) for one in _PARTS.finditer(text)]
    together = sum((first + second).casefold() in words for first, second in sites)
    apart = sum(f"{first}-{second}".casefold() in words for first, second in sites)
    frequent = len(sites) >= _FEWEST and len(sites) * _LINES_FOR_EACH >= lines
    breaks_words = together > apart or (together == apart and frequent)

    def chosen(site: re.Match[str]) -> str:
        first, second = site[1], site[2]
        return first + ("-" if _is_own(first, second, words, breaks_words) else "") + second

    return _PARTS.sub(chosen, text).replace(AT_LINE_END, "-")


def _is_own(first: str, second: str, words: set[str], breaks_words: bool) -> bool:
    """Whether the hyphen between two parts is the word's own."""
    if f"{first}-{second}".casefold() in words:
        return True
    if (first + second).casefold() in words:
        return False
    if not second[0].islower() or not first[-1].isalpha():
        return True
    return not breaks_words or {first.casefold(), second.casefold()} <= words
