"""A chat as a page, to look at what a person sees."""

from __future__ import annotations

from html import escape

from tests.telegram.botapi.text import utf16
from tests.telegram.botapi.world import Chat, Json

TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "code": ("<code>", "</code>"),
    "expandable_blockquote": ("<blockquote>", "</blockquote>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "text_link": ('<a href="#">', "</a>"),
}
STYLE = """
body{background:#8fb3c9;font:15px/1.4 system-ui,sans-serif;width:460px;margin:12px}
.m{background:#fff;border-radius:12px;padding:8px 12px;margin:6px 40px 2px 0;white-space:pre-wrap}
.m.me{background:#e3fdd0;margin:6px 0 2px 90px}
blockquote{margin:0;border-left:3px solid #3a8ccc;background:#eef5fb;padding:3px 8px;
border-radius:4px;display:block}
.k{display:flex;gap:4px;margin:3px 40px 3px 0}
.k span{flex:1;text-align:center;background:#6d95ad;color:#fff;border-radius:8px;padding:5px}
"""


def page(chat: Chat, bot_id: int) -> str:
    """Every message of a chat, oldest first, as HTML."""
    parts = [_message(message, bot_id) for _, message in sorted(chat.messages.items())]
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{''.join(parts)}"


def _message(message: Json, bot_id: int) -> str:
    mine = "" if message["from"]["id"] == bot_id else " me"
    text = message.get("text") or message.get("caption") or "📄"
    body = _formatted(text, message.get("entities") or []) if not mine else escape(text)
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    keyboard = "".join(
        '<div class="k">'
        + "".join(
            f"<span>{escape(button['text'])}{' ↗' * ('url' in button)}</span>" for button in row
        )
        + "</div>"
        for row in rows
    )
    return f'<div class="m{mine}">{body}</div>{keyboard}'


def _formatted(text: str, entities: list[Json]) -> str:
    units = utf16(text)
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for entity in entities:
        start, end = TAGS.get(entity["type"], ("", ""))
        opening.setdefault(entity["offset"], []).append(start)
        closing.setdefault(entity["offset"] + entity["length"], []).insert(0, end)
    raw = b"".join(unit.to_bytes(2, "little") for unit in units)
    places = sorted({0, len(units), *opening, *closing})
    result = []
    for place, following in zip(places, [*places[1:], len(units)], strict=True):
        result += closing.get(place, [])
        result += opening.get(place, [])
        result.append(escape(raw[2 * place : 2 * following].decode("utf-16-le")))
    return "".join(result).replace("</blockquote>\n", "</blockquote>")
