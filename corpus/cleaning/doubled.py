"""Lines that say again what was just said: the title in the text, captions given twice."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.cleaning.lines import ends_like_sentence, folded, line_key

_HEAD = 8
_SHORTEST_BLOCK = 8
"""Code points. Less may be said twice for a reason: a figure in a table, a sign in a formula."""
_LONGEST_TITLE = 300


def doubled_title(lines: Sequence[str], title: str | None) -> dict[int, str]:
    """Lines near the top that only repeat the title."""
    if not title:
        return {}
    wanted = folded(title)
    head = [number for number, line in enumerate(lines) if line.strip()][:_HEAD]
    return {
        number: "repeats the title"
        for number in head
        if len(lines[number]) <= _LONGEST_TITLE and folded(lines[number]) == wanted
    }


def doubled_lines(lines: Sequence[str]) -> dict[int, str]:
    """A line (or block of lines) that follows its own copy: captions, boxes scraped twice.

    The first of two copies stays, unless it is a caption, of which both go: see `captions`.
    """
    full = [number for number, line in enumerate(lines) if line.strip()]
    keys = [line_key(lines[number]) for number in full]
    found: dict[int, str] = {}
    place = 0
    while place < len(full):
        size = _doubled_block(keys, place)
        for number in full[place + size : place + 2 * size]:
            found[number] = "repeats the lines before it"
        place += size or 1
    return found


def _doubled_block(keys: Sequence[str], place: int) -> int:
    """How many lines from `place` on are said again right after; 0 where none."""
    for size in range(1, 7):
        block = keys[place : place + size]
        if sum(map(len, block)) < _SHORTEST_BLOCK:
            continue
        if keys[place : place + size] == keys[place + size : place + 2 * size] and (
            size > 1 or len(keys[place]) > 20 or not ends_like_sentence(keys[place])
        ):
            return size
    return 0
