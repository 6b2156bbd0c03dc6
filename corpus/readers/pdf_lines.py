"""The lines of a PDF's page with where they stand, as PDFium sees them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line in the unit of the page (a 72nd of an inch), counted from its lower left corner.

    Heights are those of the font at the beginning and end; `first_word` is the width of the first
    word. `hyphenated` lines end within a word or after the hyphen of one, which is left out.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    first_height: float
    last_height: float
    first_word: float
    hyphenated: bool = False
