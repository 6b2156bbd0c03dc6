"""Where a text quotes: the stretches between quotation marks, straight and curly."""

from __future__ import annotations

import re

from corpus.article import Span

_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"[“”„«»\"]|(?<!\w)‘(?=\w)|(?<=[,.?!…])’(?!\w)")
_CLOSING = {"“": "”", "„": "“”", "«": "»", '"': '"”', "‘": "’"}
_ENDS_SENTENCE = frozenset(",.?!…")


def quotations(text: str) -> list[Span]:
    """Quoted stretches with their marks, in order, without overlap, each inside one paragraph.

    A quotation that a paragraph leaves open ends with the paragraph (news style: the next one
    opens again). Marks inside a quotation of another kind belong to it.
    """
    found: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found.extend(_quotations_of(paragraph.group(), paragraph.start()))
    return found


def share_in_marks(text: str, words: Span) -> float:
    """Share (0 to 1) of a span's characters that stand in quotation marks, at their place."""
    inside = sum(
        max(0, min(marked.end, words.end) - max(marked.start, words.start))
        for marked in quotations(text)
    )
    return inside / max(1, words.end - words.start)


def _quotations_of(paragraph: str, offset: int) -> list[Span]:
    found: list[Span] = []
    opened: tuple[int, str] | None = None
    for match in _MARK.finditer(paragraph):
        mark = match.group()
        if opened is None:
            if mark in _CLOSING:
                opened = (match.start(), mark)
        elif mark in _CLOSING[opened[1]] or _closes_mixed(paragraph, match.start(), opened[1]):
            found.append(Span(offset + opened[0], offset + match.end()))
            opened = None
    if opened is not None and opened[1] != "‘":
        found.append(Span(offset + opened[0], offset + len(paragraph.rstrip())))
    return found


def _closes_mixed(paragraph: str, place: int, opening: str) -> bool:
    """A curly quotation that a straight mark closes, as in “…,\" he said."""
    return (
        opening == "“"
        and paragraph[place] == '"'
        and place > 0
        and paragraph[place - 1] in _ENDS_SENTENCE
    )


def left_open(text: str, quotation: Span) -> bool:
    """Whether a quotation ends without its closing mark: the next paragraph may go on with it."""
    closing = _CLOSING.get(text[quotation.start], "") + '"'
    return quotation.end - quotation.start < 2 or text[quotation.end - 1] not in closing


def masked(text: str, quoted: list[Span]) -> str:
    """The text with each quotation blanked out by NUL characters, so that places stay the same."""
    parts: list[str] = []
    position = 0
    for span in quoted:
        parts.append(text[position : span.start])
        parts.append("\0" * (span.end - span.start))
        position = span.end
    parts.append(text[position:])
    return "".join(parts)
