"""Inline keyboards and links, taken or refused as Telegram does."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from tests.telegram.botapi.refusal import Refusal

MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100
MAX_ROW = 8
LONGEST_URL = 2048


def check_link(url: object) -> None:
    """Only what Telegram takes for a web address."""
    if not isinstance(url, str) or not url:
        raise Refusal(400, "can't parse MessageEntity: url is missing")
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise Refusal(400, "Wrong HTTP URL") from None
    if parts.scheme == "tg":
        return
    wrong = (
        parts.scheme not in {"http", "https"}
        or "." not in host
        or host.startswith(".")
        or ".." in host
        or len(url) > LONGEST_URL
        or any(ord(character) <= 32 or character in '<>"' for character in url)
    )
    if wrong:
        raise Refusal(400, f"Wrong HTTP URL {url[:40]!r}")


def check_keyboard(markup: Any) -> dict[str, Any] | None:
    """An inline keyboard as Telegram keeps it; None where it has no buttons."""
    if not markup:
        return None
    if not isinstance(markup, dict) or not isinstance(markup.get("inline_keyboard"), list):
        raise Refusal(400, "object expected as reply markup")
    rows = [row for row in markup["inline_keyboard"] if row]
    for row in rows:
        if not isinstance(row, list) or len(row) > MAX_ROW:
            raise Refusal(400, "can't parse inline keyboard button: too many buttons in a row")
        for button in row:
            _check_button(button)
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise Refusal(400, "REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not str(button.get("text") or "").strip():
        raise Refusal(400, "can't parse inline keyboard button: text buttons are unallowed")
    kinds = [kind for kind in ("url", "callback_data", "switch_inline_query") if kind in button]
    if len(kinds) != 1:
        raise Refusal(400, "text buttons are unallowed in the inline keyboard")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= MAX_CALLBACK_BYTES:
            raise Refusal(400, "BUTTON_DATA_INVALID")
    if "url" in button:
        try:
            check_link(button["url"])
        except Refusal:
            raise Refusal(
                400, f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
            ) from None
