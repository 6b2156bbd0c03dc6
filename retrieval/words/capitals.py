"""Questions typed in small letters: their names get the capitals that the articles give them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from retrieval.words.turn_names import is_stop_word

NOUNS_ARE_CAPITALISED = frozenset({"de"})
"""Languages in which a capital letter tells no name."""

SHORTEST = 3
"""Letters: "us" and "un" are words in one language and names in another."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_INSIDE = re.compile(r"[\w,;’'-]\s\Z")
"""What stands before a word within a sentence: there a capital is the word's own."""


def lacks_capitals(question: str) -> bool:
    """Whether no word but the first has a capital, as many people type."""
    first = _WORD.search(question)
    return first is not None and question[first.start() + 1 :].islower()


def with_capitals(question: str, texts: Iterable[str]) -> str:
    """The question with the capitals of those words that the texts never write without.

    Only letters' case differs. A word that no text has within a sentence stays as it is.
    """
    wanted = {
        word.casefold()
        for word in _WORD.findall(question)
        if len(word) >= SHORTEST and not is_stop_word(word)
    }
    if not wanted:
        return question
    written = _written(wanted, texts)
    return _WORD.sub(lambda match: _spelt(match.group(), written), question)


def _written(wanted: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    """Of each word that is a name throughout how it is written most often."""
    any_of = "|".join(re.escape(word) for word in sorted(wanted, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)
    forms: dict[str, Counter[str]] = {}
    common = set()
    for text in texts:
        for match in pattern.finditer(text):
            form = match.group()
            if form.islower():
                common.add(form.casefold())
            elif _INSIDE.search(text, max(0, match.start() - 2), match.start()):
                forms.setdefault(form.casefold(), Counter())[form] += 1
    return {
        word: counts.most_common(1)[0][0] for word, counts in forms.items() if word not in common
    }


def _spelt(word: str, written: dict[str, str]) -> str:
    form = written.get(word.casefold(), word)
    return form if len(form) == len(word) else word
