"""Money as it is written: signs, names of currencies, and their codes beside a figure.

A name that is another word as well ("won", "real") and a code ("TRY") are money beside a figure
only.
"""

from __future__ import annotations

import re
from typing import Any

from retrieval.words.word_lists import alternatives, word_lists

_KNOWN: dict[str, Any] = word_lists("currencies")

SIGNS = re.escape("".join(_KNOWN["signs"]))
"""For a class of characters in a regular expression."""

CURRENCY_WORDS = alternatives(_KNOWN["words"])
"""Names of currencies that are money wherever they stand."""

_FIGURE = r"(?<![\d.,])\d[\d.,]{0,20}(?:[\u00a0\u202f]\d{3}){0,5}"
_LARGE = r"(?:hundred|thousand|million|billion|trillion|crore|lakh|bn|mn|тыс\.?|тис\.?|млн|млрд)"

BEFORE_A_FIGURE = f"(?-i:{alternatives([*_KNOWN['codes'], *_KNOWN['before_figures']])})"
AFTER_A_FIGURE = f"(?-i:{alternatives([*_KNOWN['codes'], *_KNOWN['after_figures']])})"
"""Codes and short forms, as they are written: "UAH", "zł"."""

AMOUNT = (
    rf"{BEFORE_A_FIGURE}\s?{_FIGURE}\w*"
    rf"|{_FIGURE}p(?!\w)|{_FIGURE}(?:\s?{_LARGE})?\s?"
    rf"(?:{AFTER_A_FIGURE}|{alternatives(_KNOWN['beside_figures_only'])})"
)
"""A figure with what makes it money: "UAH 2.3bn", "Rs 500", "30 zł", "20 million won"."""

LARGE_AMOUNT = (
    rf"{_FIGURE}\s?(?:{_LARGE}|k|m)(?=\s*(?:[.,;:!?)”\"]|$|(?:a|an|per|for|to|in|on|from|by|and|over"
    r"|each|last|this|or|at|with|after|before|since|which|that|when|but)(?!\w)))"
)
"""A large figure of nothing that is named: "It cost 2.3 million."."""
