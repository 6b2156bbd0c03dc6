"""Bytes to text, and the characters that no article needs."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from corpus.charsets import SEVEN_BIT, meant_by, named_inside
from corpus.errors import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64_000
_BINARY_SHARE = 0.02
_WIDE_SHARE = 0.9
_SHORTEST_WIDE = 32
_LATIN = frozenset({
    "cp1250", "cp1252", "cp1254", "cp1257", "cp1258", "latin_1", "iso8859_2", "iso8859_3",
    "iso8859_4", "iso8859_9", "iso8859_10", "iso8859_13", "iso8859_14", "iso8859_15", "iso8859_16",
})  # fmt: skip
_WESTERN = ("cp1252",)
_OTHER_LATIN = {
    **dict.fromkeys(
        ("pl", "cs", "sk", "hu", "hr", "bs", "sl", "ro", "sq"), ("cp1250", "iso8859_2")
    ),
    **dict.fromkeys(("tr", "az"), ("cp1254",)),
    **dict.fromkeys(("lt", "lv", "et"), ("cp1257", "iso8859_13")),
}
"""The encodings of languages in Latin letters that Windows-1252 cannot write."""

_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_LEAST_WHOLE = 4
"""So many characters of UTF-8 outweigh a byte that is none of it."""
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Controls, lone surrogates and the embeddings, overrides and isolates that reorder text on a screen
# (they could make a quote look like what it does not say). White space, joiners and the harmless
# marks of direction stay as they are.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)


def decode(content: bytes, declared: str | None = None) -> str:
    """The text of `content`: by its byte order mark, as UTF-8, as declared, or as detected.

    What a page says of itself counts where nothing else was `declared`.

    Raises UnreadableFile where the bytes are not text.
    """
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _strictly(content, marked)
    if _is_binary(content):
        if (wide := _wide_encoding(content)) is not None:
            return _strictly(content, wide)
        raise UnreadableFile("the file is binary, not text; give text or a supported format")
    encoding = meant_by(declared) or meant_by(named_inside(content))
    # Written in seven bits, these would pass for UTF-8.
    order = (encoding, "utf-8") if encoding in SEVEN_BIT else ("utf-8", encoding)
    if order[0] and (text := _readable(content, order[0])) is not None:
        return text
    if (damaged := _damaged_utf8(content)) is not None:
        return damaged
    if order[1] and (text := _readable(content, order[1])) is not None:
        return text
    return _detected(content)


def _readable(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def clean_characters(text: str) -> str:
    """Line ends as one line feed; no control, reordering or impossible characters.

    Everything else stays as given: no normalisation, no re-spacing.
    """
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)).lstrip("\ufeff")


def _latin_encoding(sample: bytes, detected: str) -> str:
    """Of the encodings of Latin scripts, which differ in few letters, the one of the language."""
    from corpus.language import detect_language

    language = detect_language(sample.decode("cp1252", "replace"))
    if language is None:
        return detected
    encodings = _OTHER_LATIN.get(language, _WESTERN)
    return max(encodings, key=lambda one: _letters(sample.decode(one, "replace")))


def _letters(text: str) -> int:
    """How many characters beyond ASCII are letters."""
    return sum(not mark.isascii() and mark.isalpha() for mark in text)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFile(
            f"the file begins as {encoding} but does not go on so; save it as UTF-8"
        ) from None


def _damaged_utf8(content: bytes) -> str | None:
    """UTF-8 with a few bytes that were lost or cut: each becomes U+FFFD, the rest is whole.

    In other encodings bytes follow one another as those of UTF-8 do only by rare chance.
    """
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    whole = len(_BEYOND_ASCII.findall(text)) - damaged
    return text if whole >= _LEAST_WHOLE * damaged else None


def _is_binary(content: bytes) -> bool:
    sample = content[:_SAMPLE]
    odd = sum(sample.count(bytes([code])) for code in (*range(9), *range(14, 27), 127))
    return odd > _BINARY_SHARE * len(sample)


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without its mark: every second byte is one of a few, which are control characters.

    Of a handful of bytes that is true of anything with a control character in it.
    """
    sample = content[: _SAMPLE // 2 * 2]
    if len(sample) < _SHORTEST_WIDE:
        return None
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = Counter(sample[first::2])
        common = high.most_common(2)
        if sum(count for _, count in common) > _WIDE_SHARE * high.total() and common[0][0] < 0x09:
            return encoding
    return None


def _detected(content: bytes) -> str:
    from charset_normalizer import from_bytes  # heavy, and seldom needed

    best = from_bytes(content[:_SAMPLE]).best()
    encoding = best.encoding if best else "cp1252"
    if encoding in _LATIN:
        encoding = _latin_encoding(content[:_SAMPLE], encoding)
    encoding = meant_by(encoding) or encoding
    # Where the detected encoding fails further on, single damaged characters are the lesser evil.
    return content.decode(encoding, errors="replace")
