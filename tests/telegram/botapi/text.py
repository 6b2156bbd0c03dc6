"""Texts and their entities, taken or refused as Telegram does."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from tests.telegram.botapi.markup import check_link
from tests.telegram.botapi.refusal import Refusal

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ENTITIES = 100
LARGEST_OFFSET = 1_000_000

KINDS = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold",
    "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
    "code", "pre", "text_link", "text_mention", "custom_emoji",
}  # fmt: skip
COMPUTED = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
SPACES = "\x00\t\n\v\f\r \u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
SPACES += "\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u202f\u205f\u2800\u3000\ufeff"
TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link",
    "tg-spoiler": "spoiler",
}  # fmt: skip

Entity = dict[str, Any]


def utf16(text: str) -> list[int]:
    """The UTF-16 code units of a text."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(raw[i : i + 2], "little") for i in range(0, len(raw), 2)]


def read_text(
    text: str, entities: list[Entity] | None, parse_mode: str | None, limit: int = MAX_TEXT
) -> tuple[str, list[Entity]]:
    """A text with its entities as Telegram keeps them."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Refusal(400, "strings must be encoded in UTF-8") from None
    if parse_mode:
        if parse_mode.lower() != "html":
            raise Refusal(400, "unsupported parse_mode")
        text, entities = _read_html(text)
    checked = [_check(entity, text) for entity in entities or []][:MAX_ENTITIES]
    text, checked = _cleaned(text, checked)
    if len(utf16(text)) > limit:
        raise Refusal(
            400, "message is too long" if limit == MAX_TEXT else "message caption is too long"
        )
    return text, checked


def require_text(text: str) -> None:
    """A message must say something that can be seen."""
    if not text.strip(SPACES):
        raise Refusal(400, "message text is empty")


def _check(entity: Entity, text: str) -> Entity:
    """One entity against its text: known, inside, and not through the middle of a character."""
    if not isinstance(entity, dict) or entity.get("type") not in KINDS:
        raise Refusal(400, "can't parse MessageEntity: unknown type")
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not 0 <= offset <= LARGEST_OFFSET:
        raise Refusal(400, f"receive an entity with incorrect offset {offset}")
    if not isinstance(length, int) or not 0 < length <= LARGEST_OFFSET:
        raise Refusal(400, f"receive an entity with incorrect length {length}")
    code_units = utf16(text)
    if offset >= len(code_units):
        raise Refusal(400, f"entity begins after the end of the text at UTF-16 offset {offset}")
    end = offset + length
    if end > len(code_units):
        raise Refusal(
            400,
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text"
            f" at UTF-16 offset {end}",
        )
    if _is_low(code_units[offset]):
        raise Refusal(400, "entity begins in a middle of a UTF-16 symbol at byte offset ?")
    if end < len(code_units) and _is_low(code_units[end]):
        raise Refusal(
            400, f"entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol"
        )
    if entity["type"] == "text_link":
        check_link(entity.get("url"))
    return entity


def _is_low(unit: int) -> bool:
    return 0xDC00 <= unit < 0xE000


def _cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without carriage returns and white space at the ends, control characters as spaces."""
    kept: list[str] = []
    place = 0
    moved_to = [0]  # where each UTF-16 offset of the original goes
    for character in text:
        width = len(utf16(character))
        dropped = character == "\r" or "\u2028" <= character <= "\u202e"
        if not dropped:
            kept.append(" " if character != "\n" and ord(character) < 32 else character)
            place += width
        moved_to += [place] * width
    whole = "".join(kept)
    trimmed = whole.rstrip("\n ")
    lead = len(trimmed) - len(trimmed.lstrip("\n "))
    result = trimmed[lead:]
    length = len(utf16(result))
    shifted = []
    for entity in entities:
        start = moved_to[entity["offset"]] - lead
        end = moved_to[entity["offset"] + entity["length"]] - lead
        start, end = max(0, start), min(length, end)
        if start < end and entity["type"] not in COMPUTED:
            shifted.append({**entity, "offset": start, "length": end - start})
    return result, shifted


class _Html(HTMLParser):
    """Telegram's small subset of HTML; anything else is refused."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[Entity] = []
        self._open: list[tuple[str, int, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise Refusal(400, f'can\'t parse entities: Unsupported start tag "{tag}"')
        self._open.append((tag, len(utf16(self.text)), dict(attrs).get("href")))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            raise Refusal(400, f'can\'t parse entities: Unexpected end tag "{tag}"')
        _, start, link = self._open.pop()
        length = len(utf16(self.text)) - start
        if length:
            entity: Entity = {"type": TAGS[tag], "offset": start, "length": length}
            if tag == "a":
                entity["url"] = link
            self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise Refusal(400, "can't parse entities: Unclosed start tag")
        self.text += data

    def finish(self) -> tuple[str, list[Entity]]:
        self.close()
        if self._open:
            raise Refusal(
                400, f"can't parse entities: Can't find end tag of \"{self._open[-1][0]}\""
            )
        return self.text, self.entities


def _read_html(text: str) -> tuple[str, list[Entity]]:
    parser = _Html()
    parser.feed(text)
    return parser.finish()
