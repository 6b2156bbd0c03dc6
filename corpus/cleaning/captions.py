"""Captions of pictures: lines that end with the credit of a photographer or an agency."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Names of agencies as they are written, so that "(Ap)" or "(a photo reprint)" is none.
_CREDIT = re.compile(
    r"[(\[][^()\[\]]{0,80}(?:Reuters|REUTERS|Getty|AFP|\bAP\b|\bEPA\b|Shutterstock|Imago|IMAGO|\bdpa\b"
    r"|TASS|Sputnik|SPUTNIK|Anadolu|Xinhua|Alamy|Fotolia|picture alliance|[Pp]icture-[Aa]lliance"
    r"|(?i:photo(?:graph)? by|photo credit|image credit|photo:|image:|foto:|фото:|handout"
    r"|courtesy (?:of|photo)))[^()\[\]]{0,120}[)\]]\s*\Z"
)
_LONGEST = 500


def captions(lines: Sequence[str]) -> dict[int, str]:
    """Lines that are captions with a credit in brackets at their end."""
    return {
        number: "a picture's caption"
        for number, line in enumerate(lines)
        if line.rstrip().endswith((")", "]")) and len(line) <= _LONGEST and _CREDIT.search(line)
    }
