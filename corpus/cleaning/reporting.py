"""What tells news from the words of a site: somebody is said to have said something."""

from __future__ import annotations

import re

from corpus.cleaning.lines import folded

_REPORTS = re.compile(
    r"\b(?:said|says|told|according to|announced|reported|added|sagte|sagt|teilte|laut|zufolge"
    r"|erklärte|a (?:déclaré|annoncé|indiqué)|selon|dijo|anunció|afirmó|según|сказал\w*|заявил\w*"
    r"|сообщил\w*|сообщает|словам|сказав|заявив|заявила|повідомив|повідомила|повідомляє|словами)\b"
)


def reports(line: str) -> bool:
    """Whether a line tells what somebody said or announced."""
    return _REPORTS.search(folded(line)) is not None
