"""The lines of a text, and dropping some of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_SPACE = re.compile(r"\s+")
_STOPS = (".", "!", "?", "…", "。", "！", "？", "؟", "।")
_CLOSERS = "\"'”’»)]›“‘"


def folded(line: str) -> str:
    """A line for comparison: without regard to case, width, spacing and style of quotes."""
    plain = unicodedata.normalize("NFKC", line).casefold()
    plain = plain.translate(_QUOTES)
    return _SPACE.sub(" ", plain).strip()


def ends_like_sentence(line: str) -> bool:
    """Whether a line ends with a stop, closing quotes and brackets aside."""
    return line.rstrip().rstrip(_CLOSERS).endswith(_STOPS)


def without_lines(text: str, dropped: Mapping[int, str]) -> str:
    """`text` without the lines of these numbers (from 0), nor a blank line left doubled by it.

    Every other line stays exactly as it is.
    """
    if not dropped:
        return text
    kept: list[str] = []
    gap = False
    for number, line in enumerate(text.split("\n")):
        if number in dropped:
            gap = True
            continue
        if gap and not line.strip() and (not kept or not kept[-1].strip()):
            continue
        gap = gap and not line.strip()
        kept.append(line)
    return "\n".join(kept)


_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'",
                         "–": "-", "—": "-", "…": "..."})  # fmt: skip
