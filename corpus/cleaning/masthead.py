"""The block above a scraped article: title, byline, dates, counters.

Only for text that came without metadata. Its facts are moved out, its lines are dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.cleaning.header_lines import (
    bare_day,
    bare_label,
    byline,
    dated,
    is_address,
    is_counter,
    is_section,
    named_field,
    names,
    pieces,
)
from corpus.cleaning.lines import ends_like_sentence, line_key

_HEAD = 25
_WIDEST_GAP = 6
"""So many lines (title, standfirst, caption) may stand between two facts of one block."""
_MOST_TOLD = 2
"""A standfirst and a caption."""
_LONGEST_TITLE = 220
_LONGEST_MENU_LINE = 40
_FIELDS: Mapping[str, str] = {
    "title": "title", "headline": "title", "author": "author", "authors": "author",
    "byline": "author", "date": "published", "published": "published", "updated": "updated",
    "source": "source", "outlet": "source", "publisher": "source", "publication": "source",
    "url": "url", "link": "url", "language": "language",
}  # fmt: skip


@dataclass(slots=True)
class Masthead:
    """What stood above the article. Dates are as written; line numbers count from 0."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    source: str | None = None
    url: str | None = None
    dropped: dict[int, str] = field(default_factory=dict)


def read_masthead(lines: Sequence[str], title: str | None = None) -> Masthead:
    """Title, byline and dates from the lines above the first paragraph."""
    found = Masthead(title=title)
    full = [number for number, line in enumerate(lines) if line.strip()][:_HEAD]
    full = full[_take_fields(lines, full, found) :]
    dates = not _heads_sections(lines, full)
    head = _head(lines, full, dates)
    of_update = False
    for number in head:
        line = lines[number].strip()
        if dates or bare_day(line) is None:
            of_update = _take_fact(line, number, of_update, found)
    if found.title is None:
        _take_title(lines, full, head, found)
    _take_bare_name(lines, head, found)
    return found


def _take_fields(lines: Sequence[str], full: Sequence[int], found: Masthead) -> int:
    """Lines like "Author: A B" at the very top, if there are two or more; how many."""
    fields: list[tuple[int, str, str]] = []
    for number in full:
        pair = named_field(lines[number].strip())
        if pair is None or pair[0] not in _FIELDS:
            break
        fields.append((number, _FIELDS[pair[0]], pair[1]))
    if len(fields) < 2:
        return 0
    for number, name, value in fields:
        found.dropped[number] = f"the {name}, kept as such"
        if name == "author":
            found.authors = found.authors or names(value) or (value,)
        elif name != "language" and getattr(found, name) is None:
            setattr(found, name, value)
    return len(fields)


def _head(lines: Sequence[str], full: Sequence[int], dates: bool) -> list[int]:
    """Numbers of the lines up to the last fact of the block; `dates` alone may be facts of it.

    Above the first fact a standfirst and a caption may stand. Where sentences come after facts,
    the article has begun, unless a byline or a date follows that the block has not had yet.
    """
    last, told, has_day = -1, 0, False
    for place, number in enumerate(full):
        line = lines[number].strip()
        if place - last > _WIDEST_GAP or told > _MOST_TOLD:
            break
        if _is_fact(line, dates=dates):
            is_day = _day(lines, full, place) is not None
            # Below two sentences a day alone is as well the heading of a section.
            if is_day and told and (has_day or (told > 1 and _is_alone(lines, full, place))):
                break
            last, has_day = place, has_day or is_day
        elif _tells(line) and not (place == 0 and _asks_or_cries(line)):
            told += 1
            if last >= 0 and not _is_fact(_line(lines, full, place + 1), dates=dates):
                break
    return list(full[: last + 1])


def _tells(line: str) -> bool:
    return len(line) > _LONGEST_MENU_LINE and ends_like_sentence(line)


def _asks_or_cries(line: str) -> bool:
    """Whether a line ends as headlines do besides sentences, and is as short as one."""
    return (
        line.rstrip("\"'”’»").endswith(("?", "!", "？", "！", "؟")) and len(line) <= _LONGEST_TITLE
    )


def _is_alone(lines: Sequence[str], full: Sequence[int], place: int) -> bool:
    """Whether neither a fact nor a name stands beside a line."""
    beside = (_line(lines, full, place - 1), _line(lines, full, place + 1))
    return not any(_is_fact(line) or names(line) for line in beside if line)


def _heads_sections(lines: Sequence[str], full: Sequence[int]) -> bool:
    """Whether different days stand above what happened on them: a timeline, and no date of it."""
    days = {
        line_key(day)
        for place in range(len(full))
        if (day := _day(lines, full, place)) and _tells(_line(lines, full, place + 1))
    }
    return len(days) > 1


def _day(lines: Sequence[str], full: Sequence[int], place: int) -> str | None:
    """The day of a line that is only that, without a label in front of it or above it."""
    day = bare_day(_line(lines, full, place))
    return day if bare_label(_line(lines, full, place - 1)) is None else None


def _line(lines: Sequence[str], full: Sequence[int], place: int) -> str:
    return lines[full[place]].strip() if 0 <= place < len(full) else ""


def _is_fact(line: str, *, dates: bool = True) -> bool:
    if not dates and bare_day(line) is not None:
        return False
    return bool(
        is_counter(line)
        or is_address(line)
        or bare_label(line) is not None
        or _are_facts(pieces(line))
        or dated(line)
    )


def _are_facts(parts: Sequence[str]) -> bool:
    return bool(parts) and all(dated(part) or byline(part) for part in parts)


def _take_fact(line: str, number: int, of_update: bool, found: Masthead) -> bool:
    """Move a line's facts out; returns whether the next line's date is that of an update."""
    label = bare_label(line)
    if label is not None:
        found.dropped[number] = "a date, kept as such"
        return label
    if not _is_fact(line):
        return False
    if is_counter(line):
        found.dropped[number] = "a counter"
        return of_update
    if is_address(line):
        found.url = found.url or line
        found.dropped[number] = "the address, kept as such"
        return False
    for piece in [line] if dated(line) else pieces(line):
        date = dated(piece)
        if date and (date[1] or of_update):
            found.updated = found.updated or date[0]
        elif date:
            found.published = found.published or date[0]
        else:
            found.authors = found.authors or byline(piece)
    dates = any(map(dated, pieces(line))) or dated(line)
    found.dropped[number] = "a date, kept as such" if dates else "the byline, kept as the author"
    return False


def _take_title(
    lines: Sequence[str], full: Sequence[int], head: Sequence[int], found: Masthead
) -> None:
    """The headline: the line that the top says twice, else the first line if it reads as one."""
    rest = [number for number in full if number not in found.dropped]
    if not rest:
        return
    place = _doubled_place(lines, rest)
    first = rest[place]
    line = lines[first].strip()
    follows = lines[rest[place + 1]] if place + 1 < len(rest) else ""
    alone = first + 1 < len(lines) and not lines[first + 1].strip()
    before_text = ends_like_sentence(follows) and len(follows) > len(line)
    if first == full[0] and _asks_or_cries(line):
        # As well a sentence of the text: it has to stand apart, above more than itself.
        apart = alone or first + 1 in found.dropped
        reads_as_title = apart and (bool(head) or before_text)
    else:
        reads_as_title = not ends_like_sentence(line) and (bool(head) or alone or before_text)
    if len(line) > _LONGEST_TITLE or not (place or reads_as_title or _is_doubled(lines, rest)):
        return
    found.title, separator, outlet = line.partition(" | ")
    if separator and "|" not in outlet and len(outlet.split()) <= 5:
        found.source = found.source or outlet.strip()
    else:
        found.title = line
    found.dropped[first] = "the title, kept as such"
    for number in rest[:place]:
        found.dropped[number] = "the menu of the page"


def _doubled_place(lines: Sequence[str], rest: Sequence[int]) -> int:
    """Where the headline is among lines of a menu: the first line said twice, else the first."""
    for place, number in enumerate(rest[:-1]):
        line = lines[number].strip()
        if len(line) > 20 and line_key(line) in map(
            line_key, (lines[one] for one in rest[place + 1 :])
        ):
            return place
        if len(line) > _LONGEST_MENU_LINE or ends_like_sentence(line):
            return 0
    return 0


def _is_doubled(lines: Sequence[str], rest: Sequence[int]) -> bool:
    first = line_key(lines[rest[0]])
    return any(line_key(lines[number]) == first for number in rest[1:])


def _take_bare_name(lines: Sequence[str], head: Sequence[int], found: Masthead) -> None:
    """A name that stands alone next to a date is the byline."""
    if found.authors:
        return
    for place, number in enumerate(head):
        beside = (*head[max(0, place - 1) : place], *head[place + 1 : place + 2])
        by_date = any("date" in found.dropped.get(one, "") for one in beside)
        written = names(lines[number].strip())
        if not by_date or not written or number in found.dropped:
            continue
        if is_section(lines[number]):
            found.dropped[number] = "the outlet's section"
        else:
            found.authors = written
            found.dropped[number] = "the byline, kept as the author"
            return
