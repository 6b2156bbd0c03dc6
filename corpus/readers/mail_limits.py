"""Mails that are small and take the parser long: refused before it sees them.

The parser takes a time of the square of the encoded words in one header and of the parts, and
holds each line against the border of every part that it is in.
"""

from __future__ import annotations

import re

from corpus.errors import ImportRefused

MOST_PARTS = 200
LONGEST_HEADER = 16_000
LONGEST_HEADERS = 256_000
"""Bytes of headers that are read here, and of all of them. Recipients are not read."""
MOST_BORDERS = 2_000
MOST_COMPARED = 50_000_000
"""Lines times the parts that they may be in: ten seconds on a slow machine."""

_READ = re.compile(
    rb"(?:^|(?<=[\r\n]))(?:from|subject|date|content-[a-z-]{1,40}|snapshot-content-location):"
    rb"[^\r\n]*(?:(?:\r\n?|\n)[ \t][^\r\n]*)*",
    re.I,
)
_BORDER = re.compile(rb"(?:^|(?<=[\r\n]))--")
_HOLDS_PARTS = re.compile(rb"multipart", re.I)
_LINE_END = re.compile(rb"\r\n?|\n")


def refuse_mail_bombs(content: bytes) -> None:
    """Raises ImportRefused for a mail that only an attack is made like. Linear in its length."""
    lengths = [len(header[0]) for header in _READ.finditer(content)]
    if max(lengths, default=0) > LONGEST_HEADER or sum(lengths) > LONGEST_HEADERS:
        raise ImportRefused("a header of the mail is too long (a bomb?); save its text alone")
    nested = _count(_HOLDS_PARTS, content)
    if nested > MOST_PARTS or _count(_BORDER, content) > MOST_BORDERS:
        raise ImportRefused("the mail has far too many parts (a bomb?); save them as files")
    if nested * _count(_LINE_END, content) > MOST_COMPARED:
        raise ImportRefused("the mail is too large for so many parts; save them as files")


def _count(pattern: re.Pattern[bytes], content: bytes) -> int:
    return sum(1 for _ in pattern.finditer(content))
