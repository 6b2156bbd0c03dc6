"""Captions of pictures: lines that end with the credit of a photographer or an agency."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.cleaning.lines import ends_like_sentence, line_key
from corpus.cleaning.reporting import reports
from corpus.cleaning.told_sources import names_who_told

# Names of agencies as they are written, so that "(Ap)" or "(a photo reprint)" is none.
_AGENCIES = (
    r"Reuters|REUTERS|Getty|AFP|\bAP\b|\bEPA\b|Shutterstock|Imago|IMAGO|\bdpa\b"
    r"|TASS|Sputnik|SPUTNIK|Anadolu|Xinhua|Alamy|Fotolia|picture alliance|[Pp]icture-[Aa]lliance"
)
_CREDIT = re.compile(
    rf"[(\[][^()\[\]]{{0,80}}(?:{_AGENCIES}"
    r"|(?i:photo(?:graph)? by|photo credit|image credit|photo:|image:|foto:|фото:|handout"
    r"|courtesy (?:of|photo)))[^()\[\]]{0,120}[)\]]\s*\Z"
)
_SIGNED = re.compile(
    r"[^\W_][^\n/]{1,60}/(?:[^\n/]{2,40}/){0,3}(?:[A-Z]{2,8} via )?"
    rf"(?:{_AGENCIES}|ZUMA|Zuma|Sipa|SIPA|Bloomberg|NurPhoto)"
    r"(?: (?:Images|News|Agency|Press|Wire|Sports|North America|Europe|Pool)){0,3}\s*\Z"
)
"""A credit without brackets: "Anna Berg/Pool/Getty Images"."""
_OF_WORDS = (
    r"(?:Reuters|REUTERS|AFP|AP|dpa(?:/[a-z]{2,4})?|TASS|Sputnik|SPUTNIK|Anadolu|Xinhua)"
    r"(?: News)?(?: Agency)?"
)
_EDITOR = r"(?:[a-zäöü]{2,3}|KNA|SID|AFX|APA)\b"
"""The initials of who edited a report of an agency, or the service that it came through."""
_BARE = re.compile(
    rf"[(\[](?:(?:{_EDITOR}\s*[,;/]\s*){{0,2}}{_OF_WORDS}"
    rf"(?:\s*(?:[,;/&+-]|and|und|et)\s*)?(?:{_EDITOR}\s*(?:[,;/]\s*)?)?){{1,4}}[)\]]\s*\Z"
)
"""Agencies of words and nothing else: as well the source of a paragraph as of a picture."""
_MADE_WITH = re.compile(
    rf"[(\[](?i:mit|with|avec|con)\s(?:[^\W\d_]{{2,20}}\s){{0,3}}{_OF_WORDS}"
    rf"(?:\s*(?:,|/|and|und|et|y|e)\s*(?:{_OF_WORDS}|{_EDITOR})){{0,3}}[)\]]\s*\Z"
)
"""What a report was made with: "(mit Material von Reuters)"."""
_INITIALED = re.compile(rf"(?:^|[\s(])(?:[a-zäöü]{{2,3}}/){{1,2}}{_OF_WORDS}\s*\Z")
"""The sign of a report without brackets: "jw/dpa"; who took a picture is named in full."""
_PICTURED = re.compile(r"/|photo|image|foto|фото|handout|courtesy", re.I)
_PICTURE = re.compile(r"photo|picture|image|foto|bild", re.I)
_LABELLED = re.compile(r"image (?:source|caption)\s*[,:].{0,300}", re.I)
"""How some sites label what stands below a picture, for those who do not see it."""
_GALLERY = re.compile(
    r"(?:photos?|pictures?|gallery|in pictures|фото|bilder)\s*:.*"
    r"(?:(?:hide|show) caption \d+ of \d+|prev(?:ious)? next)\s*",
    re.IGNORECASE,
)
"""All pictures of a gallery in one line, with its buttons."""
_LONGEST = 700
_LONGEST_CREDIT = 200


def captions(lines: Sequence[str]) -> dict[int, str]:
    """Lines that are captions with a credit at their end, and galleries of captions."""
    times = Counter(map(line_key, lines))
    return {
        number: "a picture's caption"
        for number, line in enumerate(lines)
        if _is_caption(line, doubled=times[line_key(line)] > 1)
    }


def _is_caption(line: str, *, doubled: bool) -> bool:
    stripped = line.strip()
    if len(line) <= _LONGEST and (_has_credit(stripped, doubled) or _LABELLED.fullmatch(stripped)):
        return True
    return _GALLERY.fullmatch(stripped) is not None


def _has_credit(line: str, doubled: bool) -> bool:
    """Whether a line ends with a credit, and not with the source of what it reports."""
    end = line[-_LONGEST_CREDIT:]
    if _SIGNED.search(end):
        return _INITIALED.search(end) is None
    credit = _CREDIT.search(end) if end.endswith((")", "]")) else None
    if credit is None or names_who_told(line.removesuffix(credit[0]), credit[0]):
        return False
    if doubled:
        return True
    if _BARE.search(end) or (_MADE_WITH.search(end) and not _PICTURE.search(credit[0])):
        return False
    before = line.removesuffix(credit[0])
    is_prose = ends_like_sentence(before) and reports(before)
    return _PICTURED.search(credit[0]) is not None or not is_prose
