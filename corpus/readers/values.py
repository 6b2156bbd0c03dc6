"""Values as exports write them: texts and names in lists and objects, and words for nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from corpus.cleaning.header_lines import byline

LONGEST_ID = 200
_NOTHING = frozenset({"nan", "none", "null", "nat", "n/a", "undefined"})
"""What programs write for a value that is missing."""
_INNER = ("name", "rendered", "text", "content", "html", "value", "title", "paragraphs")
_OF_LINKS = ("@id", "url", "href")
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]|\n]{1,200}))?\]\]")
_BY = re.compile(r"by:?\s+(?=[^\W\d_])", re.I)
_DEEPEST = 4


def as_text(value: object, depth: int = 0) -> str | None:
    """A string as it is, a number in digits, the text of an object, the texts of a list; else None.

    What stands for a missing value is none.
    """
    if isinstance(value, str):
        return value if value.strip() and value.strip().lower() not in _NOTHING else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value) if math.isfinite(value) else None
    if depth == _DEEPEST:
        return None
    if isinstance(value, Mapping):
        texts = (as_text(value.get(name), depth + 1) for name in _INNER)
        return next((text for text in texts if text), None) or _full_name(value)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        parts = [as_text(part, depth + 1) for part in value]
        return "\n\n".join(part for part in parts if part) or None
    return None


def as_address(value: object) -> str | None:
    """A web address, also that of a link or page that is an object; else None."""
    if isinstance(value, Mapping):
        return next((text for name in _OF_LINKS if (text := as_text(value.get(name)))), None)
    return value if isinstance(value, str) and as_text(value) else None


def as_names(value: object) -> tuple[str, ...]:
    """Names out of one string, one `{name: ...}`, or a list of either; a number names nobody."""
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
        return tuple(name for part in value for name in as_names(as_text(part)))
    name = without_wiki_links(as_text(value) or "").strip()
    if not any(map(str.isalpha, name)):
        return ()
    if name.startswith("[") and name.endswith("]"):
        # A list that was written as text.
        listed = (one or other for one, other in _QUOTED.findall(name))
        return tuple(one.strip() for one in listed if one.strip())
    if by := _BY.match(name):
        return byline(name) or (name[by.end() :],)
    return (name,)


def without_wiki_links(text: str) -> str:
    """`text` with what note-takers link ("[[people/Ann Ek|Ann]]") as it is shown ("Ann")."""
    return _WIKI_LINK.sub(lambda link: link[2] or link[1].rpartition("/")[2], text)


def sane_id(value: object) -> str | None:
    """An identifier that can be kept verbatim: one line, no control characters, not too long."""
    text = as_text(value)
    if text is None or len(text) > LONGEST_ID or not text.isprintable() or text != text.strip():
        return None
    return text


def _full_name(value: Mapping[str, object]) -> str | None:
    fields = {str(key).replace("_", "").lower(): one for key, one in value.items()}
    given = (fields.get(name) for name in ("firstname", "givenname"))
    family = (fields.get(name) for name in ("lastname", "familyname"))
    parts = (next((one for one in found if isinstance(one, str)), "") for found in (given, family))
    return " ".join(" ".join(parts).split()) or None
