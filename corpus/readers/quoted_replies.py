"""The mail that a mail answers, quoted in it: another's words, which came before."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST_OPENING = 3
"""Lines of "On Tuesday, 2 July 2024, Ann Ek wrote:"."""
_DATED_OR_ADDRESSED = re.compile(r"\d{1,2}:\d{2}|\b\d{4}\b|\S@\S")


def without_quoted_replies(text: str) -> tuple[str, list[str]]:
    """The text without lines that begin with ">" below an opening, and the blocks that went."""
    lines = text.split("\n")
    kept: list[str] = []
    quoted: list[str] = []
    number = 0
    while number < len(lines):
        end = _end_of_quotation(lines, number)
        opening = _opening(kept) if end > number else 0
        if not opening:
            kept.append(lines[number])
            number += 1
            continue
        quoted.append("\n".join([*kept[-opening:], *lines[number:end]]).strip())
        del kept[-opening:]
        number = end
    return "\n".join(kept), quoted


def _end_of_quotation(lines: Sequence[str], start: int) -> int:
    """The number after the last line of a run of quoted ones; blank lines may be among them."""
    end = start
    for number in range(start, len(lines)):
        if lines[number].startswith(">"):
            end = number + 1
        elif lines[number].strip():
            break
    return end if lines[start].startswith(">") else start


def _opening(before: Sequence[str]) -> int:
    """How many of the last lines say when and who wrote what follows, with blank ones after."""
    blank = 0
    while blank < len(before) and not before[len(before) - 1 - blank].strip():
        blank += 1
    words = before[: len(before) - blank]
    if not words or not words[-1].rstrip().endswith(":"):
        return 0
    length = 0
    while length < len(words) and words[len(words) - 1 - length].strip():
        length += 1
    if length > _LONGEST_OPENING:
        return 0
    written = " ".join(words[len(words) - length :])
    return length + blank if _DATED_OR_ADDRESSED.search(written) else 0
