"""Letters as they are compared: spellings of one word that only look different become one.

Case is folded. What nobody types is dropped: soft hyphens, characters without width, and marks
that are no part of a letter (stress over Cyrillic, vowel points of Hebrew and Arabic). A mark that
makes a letter stays one: й is no и. Latin and Greek letters lose their accents all the same.
"""

from __future__ import annotations

import re
import unicodedata


def _marks_among(*blocks: tuple[int, int]) -> str:
    """All combining marks of some blocks, as part of a class of a pattern."""
    return "".join(
        chr(code)
        for first, last in blocks
        for code in range(first, last + 1)
        if unicodedata.category(chr(code)).startswith("M")
    )


MARKS_IN_WORDS = _marks_among(
    (0x0780, 0x07FF),  # Thaana, N'Ko
    (0x0900, 0x0DFF),  # Devanagari to Sinhala
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1900, 0x194F),  # Limbu
    (0x1C00, 0x1C4F),  # Lepcha
    (0x1CD0, 0x1CFF),  # Vedic
    (0xA800, 0xA8FF),  # Syloti Nagri, Saurashtra, Devanagari
    (0xABC0, 0xABFF),  # Meetei Mayek
)
"""Marks without which a word is another: vowels, and what joins consonants."""

_OPTIONAL_MARKS = re.compile(
    "["
    + _marks_among(
        (0x0300, 0x074F),  # of any letter; Cyrillic, Hebrew, Arabic, Syriac
        (0x0800, 0x08FF),  # Samaritan, Mandaic, Arabic
        (0x135D, 0x135F),  # Ethiopic
        (0x1AB0, 0x1AFF),
        (0x1DC0, 0x1DFF),
        (0x20D0, 0x20FF),
        (0x2DE0, 0x2DFF),  # Cyrillic
        (0xA66F, 0xA69F),  # Cyrillic
        (0xFB1E, 0xFB1E),  # Hebrew
        (0xFE20, 0xFE2F),
    )
    + "\u0640]+"  # tatweel, which only makes an Arabic word longer
)
_INVISIBLE = re.compile(
    "["
    "\u00ad\u034f\u061c\u180b-\u180f\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef]+"
    # Between words of Thai, Lao, Burmese or Khmer it stands for the space that they do without.
    "|\u200b(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])"
)
_ACCENTED = re.compile("[\u00c0-\u024f\u0370-\u03ff\u1e00-\u1fff]")
_APOSTROPHES = re.compile("[\u02bb\u02bc]")  # letters to Unicode: Hawaiʻi, Ukrainian пʼять

_PLAIN: dict[str, str] = {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i"}


def fold(text: str) -> str:
    """A text as its words are compared. ASCII only has its case folded."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    folded = folded.replace("’", "'")
    return folded if folded.isascii() else _fold_letters(folded)


def _fold_letters(text: str) -> str:
    """What is invisible goes first: it would keep marks from their letters."""
    composed = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    # Compatibility letters (𝐀, ™) have a case only now.
    plain = _OPTIONAL_MARKS.sub("", composed.casefold())
    plain = _APOSTROPHES.sub("'", plain).replace("ё", "е")
    return _ACCENTED.sub(_without_accent, plain)


def _without_accent(letter: re.Match[str]) -> str:
    """Of Latin and Greek letters only: Cyrillic й is a letter, not an и with a breve."""
    accented = letter[0]
    plain = _PLAIN.get(accented)
    if plain is None:
        plain = _PLAIN[accented] = unicodedata.normalize("NFD", accented)[0]
    return plain
