"""Text with formatting, counted in code points here and in UTF-16 units for Telegram.

Formatting is carried beside the text, never written into it, so nothing in an article can be
taken for markup.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from telegram import MessageEntity

BOLD = MessageEntity.BOLD
ITALIC = MessageEntity.ITALIC
QUOTE = MessageEntity.BLOCKQUOTE
FOLDED_QUOTE = MessageEntity.EXPANDABLE_BLOCKQUOTE
LINK = MessageEntity.TEXT_LINK
CODE = MessageEntity.CODE

REPLACEMENT = "\ufffd"
_CONTROLS = (*range(10), *range(11, 32), 127)
_SURROGATES = range(0xD800, 0xE000)
_UNSENDABLE = {
    **dict.fromkeys(_CONTROLS, " "),
    **dict.fromkeys(_SURROGATES, REPLACEMENT),
    0x2028: "\n",
    0x2029: "\n",
}


def units(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


@dataclass(frozen=True, slots=True)
class Mark:
    """Formatting of the half-open range `start` to `end`, in code points."""

    start: int
    end: int
    kind: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RichText:
    """A text and its marks. Marks nest or lie apart; they never overlap in part."""

    text: str
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: RichText) -> RichText:
        shift = len(self.text)
        moved = tuple(
            replace(mark, start=mark.start + shift, end=mark.end + shift) for mark in other.marks
        )
        return RichText(self.text + other.text, self.marks + moved)

    @property
    def units(self) -> int:
        """Length in UTF-16 code units."""
        return units(self.text)

    def styled(self, kind: str, url: str | None = None) -> RichText:
        """The same, with one more mark over all of it but the white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        end = len(self.text.rstrip())
        if start >= end:
            return self
        return RichText(self.text, (Mark(start, end, kind, url), *self.marks))

    def cut(self, start: int, end: int) -> RichText:
        """The part from `start` to `end`, trimmed of white space, marks shortened to fit."""
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        end = max(start, end - (len(part) - len(part.rstrip())))
        kept = tuple(
            replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
            for mark in self.marks
            if max(mark.start, start) < min(mark.end, end)
        )
        return RichText(self.text[start:end], kept)

    def entities(self) -> tuple[MessageEntity, ...]:
        """The marks as Telegram wants them: UTF-16 offsets, outer before inner."""
        offsets = _utf16_offsets(self.text)
        ordered = sorted(self.marks, key=lambda mark: (mark.start, -mark.end))
        return tuple(
            MessageEntity(
                type=mark.kind,
                offset=offsets[mark.start],
                length=offsets[mark.end] - offsets[mark.start],
                url=mark.url,
            )
            for mark in ordered
        )


def plain(text: str) -> RichText:
    """A text without marks. What Telegram cannot carry is replaced one for one.

    Control characters become spaces and lone surrogates U+FFFD, so code points keep their places.
    """
    return RichText(text.translate(_UNSENDABLE))


def joined(parts: list[RichText], separator: str) -> RichText:
    """The parts with a separator between them."""
    result = RichText("")
    for number, part in enumerate(parts):
        result = result + RichText(separator) + part if number else part
    return result


def _utf16_offsets(text: str) -> list[int]:
    """For each code point of `text`, and for its end, the offset in UTF-16 units."""
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + (2 if character > "\uffff" else 1))
    return offsets
