"""Text that was broken into lines of fixed width: mail, old archives, text out of PDF.

Only line breaks become spaces, one character for one, so that no offset moves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_WIDEST = 110
_NARROWEST = 40
_LEAST_BREAKS = 4
_SURE_SHARE = 0.75
_LIST_ITEM = re.compile(r"\s*(?:[-*•–—>|]|\d{1,3}[.)])\s|\s{2,}\S|\t")


def unwrapped(text: str) -> str:
    """`text` with the breaks inside its paragraphs as spaces, if it is of fixed width."""
    lines = text.split("\n")
    width = _width(lines)
    if width is None:
        return text
    full = [_was_full(lines, number, width) for number in range(len(lines) - 1)]
    inner = [number for number in range(len(lines) - 1) if _inside(lines, number)]
    wrapped = sum(full[number] for number in inner)
    # The last line of a paragraph that has no blank line after it is no evidence against it.
    ended = sum(lines[number].rstrip().endswith((".", "!", "?", "”", '"')) for number in inner)
    if wrapped < _LEAST_BREAKS or wrapped < _SURE_SHARE * (len(inner) - ended + wrapped * 0.25):
        return text
    return (
        "".join(
            line + (" " if full[number] and _inside(lines, number) else "\n")
            for number, line in enumerate(lines[:-1])
        )
        + lines[-1]
    )


def _width(lines: Sequence[str]) -> int | None:
    """The width that the text was broken to, or None where it was not."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(lengths) <= _LEAST_BREAKS or not _NARROWEST <= lengths[-1] <= _WIDEST:
        return None
    return lengths[-1]


def _inside(lines: Sequence[str], number: int) -> bool:
    following = lines[number + 1]
    return bool(
        lines[number].strip()
        and following.strip()
        and not _LIST_ITEM.match(following)
        and not _LIST_ITEM.match(lines[number])
    )


def _was_full(lines: Sequence[str], number: int, width: int) -> bool:
    """Whether the first word of the next line would not have gone onto this one."""
    words = lines[number + 1].split(None, 1)
    slack = max(3, width // 12)
    return bool(words) and len(lines[number].rstrip()) + 1 + len(words[0]) > width - slack
