"""The block above a scraped article: title, byline, dates, counters, the site's address.

Only for text that came without metadata. Its facts are moved out, its lines are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.cleaning.lines import ends_like_sentence, folded

_HEAD = 25
_LONGEST_TITLE = 220
_LONGEST_FACT = 160
_DATE = re.compile(
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    r"|(?:\w+,?\s+)?\d{1,2}\.?\s+\w{3,12}\.?,?\s+\d{4}|(?:\w+,?\s+)?\w{3,12}\.?\s+\d{1,2},?\s+\d{4})"
    r"(?:[\s,|·–-]*(?:at\s+)?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,5}\)?)?)?"
)
_LABEL = re.compile(
    r"(published|posted|updated|last updated|modified|last modified|created|date|first published)"
    r"\s*(?:on|at)?\s*:?\s*(.*)", re.I,
)  # fmt: skip
_BYLINE = re.compile(r"(?:by|von|par|por|автор:?|written by|author:?)\s+(\S.*)", re.I)
_COUNTER = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?|\d+ min(?:ute)?s?(?: read)?|\d+ (?:comments?|shares?)", re.I
)
_NAME = re.compile(
    r"[^\W\d_a-z]\S*(?:\s+(?:de|da|di|van|von|der|den|la|le|bin|al|el|[^\W\d_]\.|[^\W\d_a-z]\S*)){1,4}"
)
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


@dataclass(slots=True)
class Masthead:
    """What stood above the article. Dates are as written; line numbers count from 0."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    dropped: dict[int, str] = field(default_factory=dict)


def contact_lines(lines: Sequence[str]) -> dict[int, str]:
    """A postal address with its labels, at the top or the bottom of a text."""
    full = [number for number, line in enumerate(lines) if line.strip()]
    found: dict[int, str] = {}
    for run in (full, full[::-1]):
        edge = _leading_contact(lines, run)
        if any(_is_address(lines[number]) for number in edge):
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


def read_masthead(lines: Sequence[str], title: str | None = None) -> Masthead:
    """Title, byline and dates from the lines above the first paragraph."""
    found = Masthead(title=title)
    head = _head(lines)
    if not head:
        return found
    if title is None:
        _take_title(lines, head, found)
    label: str | None = None
    for number in head:
        if number in found.dropped:
            continue
        line = lines[number].strip()
        if len(line) > _LONGEST_FACT:
            continue
        label = _take_fact(line, number, label, found)
    _take_bare_name(lines, head, found)
    return found


def _head(lines: Sequence[str]) -> list[int]:
    """Numbers of the lines before the article's first paragraphs begin in earnest."""
    full = [number for number, line in enumerate(lines) if line.strip()][:_HEAD]
    facts = [place for place, number in enumerate(full) if _is_fact(lines[number].strip())]
    # Facts further apart than a standfirst and a caption are no block but parts of the article.
    last = -1
    for place in facts:
        if place - last > 6:
            break
        last = place
    return full[: max(last + 1, 1)]


def _is_fact(line: str) -> bool:
    return len(line) <= _LONGEST_FACT and bool(
        _DATE.fullmatch(line) or _COUNTER.fullmatch(line) or _is_label(line) or _is_byline(line)
    )


def _is_label(line: str) -> bool:
    match = _LABEL.fullmatch(line)
    return bool(match and (not match[2] or _DATE.fullmatch(match[2].strip())))


def _is_byline(line: str) -> bool:
    match = _BYLINE.fullmatch(line)
    return bool(match and len(line) < 100 and _names(match[1]))


def _take_title(lines: Sequence[str], head: Sequence[int], found: Masthead) -> None:
    first = lines[head[0]].strip()
    if len(first) > _LONGEST_TITLE or _is_fact(first):
        return
    repeated = any(folded(lines[number]) == folded(first) for number in head[1:])
    following = lines[head[0] + 1] if head[0] + 1 < len(lines) else ""
    if repeated or (not ends_like_sentence(first) and (len(head) > 1 or not following.strip())):
        found.title = first
        found.dropped[head[0]] = "the title, kept as such"


def _take_fact(line: str, number: int, label: str | None, found: Masthead) -> str | None:
    """Move one line's fact out; returns the label that the next line's date belongs to."""
    match = _LABEL.fullmatch(line)
    if match and _is_label(line):
        label = match[1].lower()
        found.dropped[number] = "a date, kept as such"
        line = match[2].strip()
        if not line:
            return label
    if _DATE.fullmatch(line):
        found.dropped[number] = "a date, kept as such"
        if label and ("updated" in label or "modified" in label):
            found.updated = found.updated or line
        else:
            found.published = found.published or line
    elif _COUNTER.fullmatch(line):
        found.dropped[number] = "a counter"
    elif _is_byline(line):
        byline = _BYLINE.fullmatch(line)
        found.authors = found.authors or _names(byline[1] if byline else "")
        found.dropped[number] = "the byline, kept as the author"
    return None


def _take_bare_name(lines: Sequence[str], head: Sequence[int], found: Masthead) -> None:
    """A name that stands alone on the line next to a date is the byline."""
    if found.authors:
        return
    dates = {number for number, why in found.dropped.items() if "date" in why}
    for number in head:
        beside = {number - 1, number + 1} & dates
        names = _names(lines[number].strip())
        if beside and names and number not in found.dropped:
            found.authors = names
            found.dropped[number] = "the byline, kept as the author"
            return


def _names(text: str) -> tuple[str, ...]:
    """Names out of "A B, C D and E F"; nothing where any part is no name."""
    parts = [
        part.strip() for part in re.split(r",|;|&|\band\b|\bund\b|\bet\b", text) if part.strip()
    ]
    return tuple(parts) if parts and all(_NAME.fullmatch(part) for part in parts) else ()
