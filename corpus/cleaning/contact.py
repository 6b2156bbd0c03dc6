"""A site's postal address with its labels, left over at the top or the bottom of scraped text."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST_FACT = 160
_STREET = re.compile(
    r"\d+\s+(?:\S+\s+){0,4}(?:st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|lane|ln|way|plaza"
    r"|square|sq|court|ct|suite|floor)\b\.?(?:[,\s]+(?:suite|floor|ste|#)\s*\w+)?", re.I,
)  # fmt: skip
_TOWN = re.compile(r"[^\d,]{2,40},\s*[A-Z]{2}\s+\d{5}(?:-\d{4})?(?:,?\s+\w[\w ]{2,20})?")
_CONTACT = re.compile(
    r"(?:physical|mailing|postal|street|our|office|head office)?\s*address:?"
    r"|(?:phone|tel|telephone|fax|e-?mail|contact(?: us)?)\b.{0,60}"
    r"|\S+@\S+\.\S+|\+?[\d\s().-]{7,20}",
    re.I,
)  # fmt: skip


def contact_lines(lines: Sequence[str]) -> dict[int, str]:
    """A postal address with its labels, at the top or the bottom of a text."""
    full = [number for number, line in enumerate(lines) if line.strip()]
    found: dict[int, str] = {}
    for run in (full, full[::-1]):
        edge = _leading_contact(lines, run)
        if len(edge) > 1 and any(_is_address(lines[number]) for number in edge):
            found.update(dict.fromkeys(edge, "the site's address"))
    return found


def _leading_contact(lines: Sequence[str], run: Sequence[int]) -> list[int]:
    edge: list[int] = []
    for number in run:
        line = lines[number].strip()
        if len(line) > _LONGEST_FACT or not (_is_address(line) or _CONTACT.fullmatch(line)):
            break
        edge.append(number)
    return edge


def _is_address(line: str) -> bool:
    return bool(_STREET.fullmatch(line.strip()) or _TOWN.fullmatch(line.strip()))
