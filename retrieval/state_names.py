"""The states by their names in other languages, as the Unicode consortium's CLDR has them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from babel import Locale

from retrieval.parties import country_called

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LONGEST_NAME = 4
"""Words of a name; "Emiratos Árabes Unidos" has three."""


def states_in(text: str, language: str) -> list[tuple[str, str]]:
    """The states named in a text of that language: as it names them, and in English."""
    words = list(_WORD.finditer(text))
    found = []
    place = 0
    while place < len(words):
        length, state = _state_at(text, words[place : place + LONGEST_NAME], _names(language))
        if state is not None:
            found.append((text[words[place].start() : words[place + length - 1].end()], state))
        place += length
    return found


def _state_at(
    text: str, words: Sequence[re.Match[str]], names: Mapping[str, str]
) -> tuple[int, str | None]:
    """The longest name that starts with the first of `words`: its words, and its state."""
    start = words[0].start()
    if text[start].isupper():
        for length in range(len(words), 0, -1):
            state = names.get(text[start : words[length - 1].end()].casefold())
            if state is not None:
                return length, state
    return 1, None


@lru_cache(maxsize=16)
def _names(language: str) -> dict[str, str]:
    english = Locale("en").territories
    own = Locale(language).territories
    return {
        name.casefold(): state
        for code, name in own.items()
        if len(code) == 2 and (state := country_called(english[code])) is not None
    }
