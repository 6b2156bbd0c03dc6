"""Acronyms: "the WHO" asks nothing, and is the World Health Organization."""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST = 6
"""Longer words in capitals are mostly shouted."""

_CAPITALISED = re.compile(r"(?<!\w)[^\W\d_a-zа-яіїєґ]\w+")
_BETWEEN = r"[\s-]+(?:(?:of|for|on|the|and|in|de|des|du)\s+){0,2}"


def is_acronym(word: str) -> bool:
    """Whether a word is written like an acronym: two to six capital letters."""
    return 2 <= len(word) <= LONGEST and word.isalpha() and word.isupper()


def acronym_of(name: str) -> str | None:
    """The initials of a name of three words or more; None of a shorter one."""
    words = _CAPITALISED.findall(name)
    return "".join(word[0] for word in words) if 3 <= len(words) <= LONGEST else None


def stands_in(acronym: str, text: str) -> bool:
    """Whether a text has the acronym, or a name that it may be short for."""
    return _pattern(acronym).search(text) is not None


@lru_cache(maxsize=256)
def _pattern(acronym: str) -> re.Pattern[str]:
    words = _BETWEEN.join(rf"{letter}\w+" for letter in acronym)
    return re.compile(rf"(?<!\w)(?:{acronym}|{words})(?!\w)")
