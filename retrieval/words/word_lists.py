"""The word lists that come with the package: open classes of words, names of states, months."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_lists(name: str) -> dict[str, Any]:
    """`retrieval/data/NAME.json`, read once, at first use."""
    content = files("retrieval").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    lists: dict[str, Any] = json.loads(content)
    return lists


def alternatives(words: Iterable[str]) -> str:
    """A regular expression that matches any of `words` whole, the longest first."""
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)


@cache
def irregular_verbs() -> dict[str, str]:
    """From irregular forms to the plain verb: a stemmer does not know that "sent" is "send"."""
    return by_word(word_lists("irregular_verbs"))


def by_word(table: dict[str, list[str]]) -> dict[str, str]:
    """From each word of a table of lists back to the key that it stands under."""
    return {word: key for key, words in table.items() for word in words}
