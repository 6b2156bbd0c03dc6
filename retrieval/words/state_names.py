"""The states by their names in other languages, as the Unicode consortium's CLDR has them."""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.words.parties import country_called, longest_name

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LONGEST_NAME = 4
"""Words of a name; "Emiratos Árabes Unidos" has three."""


def states_in(text: str, language: str) -> list[tuple[str, str]]:
    """The states named in a text of that language: as it names them, and in English."""
    names = _names(language)
    words = list(_WORD.finditer(text))
    found = []
    place = 0
    while place < len(words):
        length, state = 1, None
        if words[place].group()[0].isupper():
            length, state = longest_name(text, words[place : place + LONGEST_NAME], names)
        if state is not None:
            found.append((text[words[place].start() : words[place + length - 1].end()], state))
        place += length
    return found


@lru_cache(maxsize=16)
def _names(language: str) -> dict[str, str]:
    # Only a question in one of these languages needs it: no other waits for its import.
    from babel import Locale

    english = Locale("en").territories
    own = Locale(language).territories
    return {
        name.casefold(): state
        for code, name in own.items()
        if len(code) == 2 and (state := country_called(english[code])) is not None
    }
