"""Boundaries that the splitter of the library does not see, and news has."""

from __future__ import annotations

import re
from collections.abc import Iterator

# An amount ends with its unit's abbreviation; an ellipsis or a direction of the compass ends what
# is said: where a capital follows, another sentence begins.
_ENDS = re.compile(
    r"(?:\d\s|(?:тыс|млн|млрд|тис)\.?\s)(?:руб|долл|грн|чел|коп|шт|ос|дол)\."
    r"|(?<=\w)(?:…|\.{3})[\"”»)]*"
    r"|[°º′″]\s?[NSEW]\."
    # "Number" is followed by one; where a word follows, somebody said or voted no.
    r"|(?<=\s)no\.|\bи т\. ?[дп]\."
)
_BEGINS = re.compile(r"\s+[\"“„«‘(¿¡—–-]*\s?(\w)")


def missed_boundaries(line: str, start: int, end: int) -> Iterator[int]:
    """Where a sentence from `start` to `end` should be cut: places after a run of white space."""
    for found in _ENDS.finditer(line, start, end):
        begins = _BEGINS.match(line, found.end(), end)
        if begins and begins[1].isupper():
            yield found.end() + len(begins.group()) - len(begins.group().lstrip())
