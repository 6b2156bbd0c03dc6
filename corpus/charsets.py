"""Names of encodings as they are meant: as browsers read them, by the WHATWG Encoding Standard.

What calls itself ISO-8859-1 or ASCII is Windows-1252 on the web and in mail, with its quotation
marks and dashes; the East Asian names stand for the larger sets that came after them.
"""

from __future__ import annotations

import codecs
import re

SEVEN_BIT = frozenset(
    {"hz", "iso2022_kr", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_ext"}
)
"""Codecs whose bytes are all ASCII, by the names that Python gives them."""
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
"""By the names that Python gives its codecs."""
_UNKNOWN_TO_PYTHON = {
    "x-sjis": "cp932", "windows-31j": "cp932", "x-gbk": "gb18030", "x-euc-jp": "euc_jp",
    "x-x-big5": "big5hkscs",
    "x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-cp1252": "cp1252", "dos-874": "cp874",
    "iso-8859-8-i": "iso8859-8", "logical": "iso8859-8", "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-roman": "mac_roman", "unicode-1-1-utf-8": "utf-8",
    "csiso2022kr": "iso2022_kr", "cn-big5": "big5hkscs", "chinese": "gb18030",
}  # fmt: skip
_OF_NO_PAGE = frozenset({"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape"})
"""Codecs of Python that would make other text out of any text."""
_NAMED_INSIDE = re.compile(
    rb"""<(?:\?xml\b[^>]{0,100}?\bencoding|meta\b[^>]{0,300}?\bcharset)\s*=\s*["']?\s*"""
    rb"""([\w.:-]{2,40})""",
    re.I,
)
_BEGINNING = 4_096


def meant_by(label: str | None) -> str | None:
    """The codec that a label means; None where it names none that text is written in."""
    plain = (label or "").strip().strip("\"'").lower()
    if not plain:
        return None
    try:
        name = codecs.lookup(_UNKNOWN_TO_PYTHON.get(plain, plain)).name
    except (LookupError, ValueError):
        return None
    return None if name in _OF_NO_PAGE else _MEANT.get(name, name)


def named_inside(content: bytes) -> str | None:
    """The label that a page or XML document gives itself; None for other text.

    A label that is read in single bytes cannot be one of UTF-16.
    """
    beginning = content[:_BEGINNING]
    if not beginning.lstrip().startswith(b"<"):
        return None
    found = _NAMED_INSIDE.search(beginning)
    label = found[1].decode("ascii", "replace") if found else None
    return None if label and label.lower().startswith(("utf-16", "utf-32", "ucs")) else label
