"""Text of a field that may hold markup: exports keep what their editor wrote."""

from __future__ import annotations

import html
import re

from corpus.readers.depth import refuse_depth
from corpus.readers.markup import text_of_markup

_BLOCK = r"p|br|div|h[1-6]|ul|ol|li|blockquote|table|tr|td|section|article|figure"
_INLINE = r"a|b|i|u|em|strong|span|small|sup|sub|img|iframe|script|style"
_BLOCK_TAG = re.compile(rf"<(?:{_BLOCK})(?:\s[^<>]*)?/?>", re.I)
_TAG = re.compile(rf"</(?:{_BLOCK}|{_INLINE})\s*>|<(?:br|img)(?:\s[^<>]*)?/?>", re.I)
_CHARACTER = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[lr]aquo|[mn]dash|hellip|euro|pound"
    r"|#\d{2,6}|#x[0-9a-f]{2,6});",
    re.I,
)


def without_markup(text: str) -> str:
    """The text as a browser shows it where it holds markup, as it is where it does not.

    Raises ImportRefused for markup nested as only an attack is.
    """
    if _TAG.search(text):
        refuse_depth(text)
        # Without blocks of its own it is text whose lines count, with some words set apart.
        return text_of_markup(text if _BLOCK_TAG.search(text) else text.replace("\n", "<br>"))
    return html.unescape(text) if _CHARACTER.search(text) else text
