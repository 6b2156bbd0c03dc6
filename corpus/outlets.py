"""The outlet of an article that names none, where its text gives it away.

Only words that an outlet uses of itself count: that it could not verify a claim, its dateline,
its copyright. Whom somebody "told" proves nothing: articles quote what was said to others.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# A stop within a name stands in an abbreviation ("U.S.", "St.") or an address; else it ends there.
_WORD = r"(?:(?:[A-Z]\.){1,4}(?=\s)|St\.(?=\s)|[A-Z][\w&’'-]*(?:\.[\w&’'-]+){0,3})"
_NAME = rf"((?:The\s+)?{_WORD}(?:\s+(?:of\s+|the\s+|and\s+|&\s+)*{_WORD}){{0,4}})"
_COULD_NOT = r"(?:could\s+not|couldn['’]t|was\s+(?:not\s+able|unable)\s+to|has\s+not|cannot)"
# Whoever a story is about may not confirm a claim; only an outlet verifies it independently.
_UNVERIFIED = re.compile(
    rf"(?:^|[.”\"]\s+){_NAME}\s+{_COULD_NOT}\s+(?:immediately\s+)?(?:be\s+able\s+to\s+)?"
    r"(?:been\s+able\s+to\s+)?(?:independently\s+(?:verify|verified)"
    r"|(?:verify|verified)\s+[^.\n]{1,80}\bindependently)",
    re.M,
)
_ASKED = re.compile(
    rf"(?:^|[.”\"]\s+){_NAME}\s+has\s+(?:contacted|approached|reached\s+out\s+to|asked)\s+\S.{{0,120}}"
    r"\bfor\s+(?:a\s+)?comment",
    re.M,
)
_DATELINE = re.compile(r"\A\s*(?:[^\n()]{0,60}\s)?\(([A-Z][\w. ]{1,30})\)\s*(?:[-–—]|\s)\s*\S")
_WIRE = re.compile(r"\A\s*(CNN|AP|AFP|BBC|Reuters|dpa|TASS|UPI)\s*[-–—]")
_GAP = r"[^\w\n]{0,5}"
_YEARS = r"\d{4}(?:\s{0,3}[-–]\s{0,3}\d{4})?"
_SIGN = rf"(?:(?i:copyright){_GAP})?©{_GAP}(?:(?i:copyright){_GAP})?(?:{_YEARS})?"
# News tells of copyright, and the third item of a list is (c): without the sign it takes a year.
_LABEL = rf"(?i:copyright|\(c\)){_GAP}(?:(?i:c\)){_GAP})?{_YEARS}"
_OWNER_WORD = rf"(?!(?i:all rights|alle rechte|tous droits|todos los derechos)){_WORD}"
_OWNER = rf"(?:The )?{_OWNER_WORD}(?: (?:of |the |and |& ){{0,3}}{_OWNER_WORD}){{0,4}}"
# Counts are bounded: three open runs of the same characters would backtrack without end.
_COPYRIGHT = re.compile(
    rf"^[^\w\n]{{0,9}}(?:{_SIGN}|{_LABEL}){_GAP}(?:(?i:by) )?(dpa\b|{_OWNER})", re.M
)
_AGENCIES = frozenset({"CNN", "CNN Business", "AP", "AFP", "BBC", "Reuters", "dpa", "TASS", "UPI"})
_NOT_NAMES = frozenset({"It", "He", "She", "They", "We", "I", "This", "That", "The", "Police"})
_TAIL = 600


def outlet_of_text(text: str) -> str | None:
    """The outlet that a text shows itself to come from, or None."""
    for pattern in (_UNVERIFIED, _ASKED):
        names = {_clean(match[1]) for match in pattern.finditer(text)} - _NOT_NAMES
        if len(names) == 1:
            return names.pop()
    dateline = _WIRE.match(text) or _DATELINE.match(text[:200])
    if dateline and dateline[1] in _AGENCIES:
        return dateline[1]
    marks = {_clean(match[1]) for match in _COPYRIGHT.finditer(text[-_TAIL:])} - _NOT_NAMES
    return marks.pop() if len(marks) == 1 else None


def outlet_of_url(url: str | None) -> str | None:
    """The host of an address without `www.`, the name of an outlet that is never wrong."""
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def _clean(name: str) -> str:
    return " ".join(name.split()).rstrip(".,’'")
