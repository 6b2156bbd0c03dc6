"""Bytes to text, and the characters that no article needs."""

from __future__ import annotations

import codecs
import re

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

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Controls, lone surrogates and the embeddings, overrides and isolates that reorder text on a screen
# (they could make a quote look like what it does not say). White space, joiners and the harmless
# marks of direction stay as they are.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)


def decode(content: bytes, declared: str | None = None) -> str:
    """The text of `content`: by its byte order mark, as UTF-8, as declared, or as detected.

    Raises UnreadableFile where the bytes are not text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if _is_binary(content):
        raise UnreadableFile("the file is binary, not text; give text or a supported format")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared:
        try:
            return content.decode(declared)
        except (UnicodeDecodeError, LookupError):
            pass
    return _detected(content)


def clean_characters(text: str) -> str:
    """Line ends as one line feed; no control, reordering or impossible characters.

    Everything else stays as given: no normalisation, no re-spacing.
    """
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)).lstrip("\ufeff")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFile(
            f"the file begins as {encoding} but does not go on so; save it as UTF-8"
        ) from None


def _is_binary(content: bytes) -> bool:
    sample = content[:_SAMPLE]
    odd = sum(sample.count(bytes([code])) for code in (*range(9), *range(14, 27), 127))
    return odd > _BINARY_SHARE * len(sample)


def _detected(content: bytes) -> str:
    from charset_normalizer import from_bytes  # heavy, and seldom needed

    best = from_bytes(content[:_SAMPLE]).best()
    encoding = best.encoding if best else "cp1252"
    # Where the detected encoding fails further on, single damaged characters are the lesser evil.
    return content.decode(encoding, errors="replace")
