"""The lines of a text, and dropping some of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

_STOPS = (".", "!", "?", "…", "。", "！", "？", "؟", "।")
_CLOSERS = "\"'”’»)]›“‘"


def folded(line: str) -> str:
    """A line for comparison: without regard to case, width, spacing and style of quotes."""
    if not line.isascii():
        line = unicodedata.normalize("NFKC", line.translate(_QUOTES))
    return " ".join(line.casefold().split())


def line_key(line: str) -> str:
    """A line for comparison with its copies: without regard to case and spacing. Cheap."""
    return " ".join(line.casefold().split())


def ends_like_sentence(line: str) -> bool:
    """Whether a line ends with a stop, closing quotes and brackets aside."""
    return line.rstrip().rstrip(_CLOSERS).endswith(_STOPS)


def without_lines(lines: Sequence[str], dropped: Mapping[int, str]) -> list[str]:
    """The lines without those of these numbers (from 0), nor a blank line left doubled by it.

    Every other line stays exactly as it is.
    """
    kept: list[str] = []
    gap = False
    for number, line in enumerate(lines):
        if number in dropped:
            gap = True
            continue
        if gap and not line.strip() and (not kept or not kept[-1].strip()):
            continue
        gap = gap and not line.strip()
        kept.append(line)
    return kept


_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'",
                         "–": "-", "—": "-", "…": "..."})  # fmt: skip
