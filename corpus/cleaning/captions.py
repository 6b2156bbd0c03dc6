"""Captions of pictures: lines that end with the credit of a photographer or an agency."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CREDIT = re.compile(
    r"(?:\(|\[)[^()\[\]]{0,80}(?:Reuters|Getty|AFP|AP\b|AP Photo|EPA|Shutterstock|Handout|Courtesy"
    r"|Photo|Image|Imago|dpa|TASS|Sputnik|Anadolu|Xinhua|Alamy|Pool"
    r"|Fotolia|picture alliance)[^()\[\]]{0,80}"
    r"(?:\)|\])\s*\Z",
    re.I,
)
_LONGEST = 500


def captions(lines: Sequence[str]) -> dict[int, str]:
    """Lines that are captions with a credit in brackets at their end."""
    return {
        number: "a picture's caption"
        for number, line in enumerate(lines)
        if len(line) <= _LONGEST and _CREDIT.search(line)
    }
