"""What was done to those whom a figure counts: "killed" of "killed 12 people"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.disputes.asked_matter import stems_of
from retrieval.disputes.distinctions import fate_named
from retrieval.words.sentence_tokens import words as speech_words
from retrieval.words.turn_names import is_stop_word
from retrieval.words.word_lists import irregular_verbs

READ_BEFORE = 80
"""Characters before a figure in which its verb is looked for."""

_VERB_BEFORE = re.compile(
    r"(?<!\w)(?P<verb>[^\W\d_]+)\s+(?:(?:at|least|most|about|some|around|nearly|almost|more|than"
    r"|over|up|to|only|another|an?|the|additional|estimated|roughly|approximately|fewer|less|just"
    r"|as|many|all)\s+){0,4}$",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"(?:\s?(?:%|per\s?cent))?(?P<words>(?:\s+[^\W\d_]+(?:['’\-][^\W\d_]+)*){0,6})"
)
_BREAKS_OFF = frozenset(
    {"and", "or", "but", "while", "who", "which", "that", "after", "before", "when", "as", "и"}
    | {"а", "і", "та", "und", "et", "y"}
)
_NO_DEED = frozenset(
    {"rise", "grow", "climb", "reach", "total", "hit", "stand", "exceed", "number", "record"}
    | {"count", "find", "see", "increas", "jump", "fall", "drop", "revis", "updat", "correct"}
    | {"includ", "involv", "estim", "give", "show", "get", "do", "make", "hundr", "need"}
)
"""Stems of verbs that say only how many there are or were, and of what only looks like a verb."""


def are_of_other_deeds(first: str, figure: str, second: str, other: str) -> bool:
    """Whether two figures, each written so in its text, count what different things were done to.

    Where a text does not say what was done, nothing tells them apart.
    """
    one, another = deed_of(first, figure), deed_of(second, other)
    return bool(one and another) and one.isdisjoint(another)


def are_of_other_fates(first: str, figure: str, second: str, other: str) -> bool:
    """The same of what befell people alone: who was sent may be who was deployed."""
    one, another = _fate_of(first, figure), _fate_of(second, other)
    return bool(one and another) and one != another


def deed_of(text: str, figure: str) -> frozenset[str]:
    """The stems of a figure's verb, or the fate that it tells; empty where it has none.

    What the figure is the object of comes first: "killed 12 people and injured 30".
    """
    deeds = (_deed(word) for word in _words_beside(text, figure))
    return next((deed for deed in deeds if deed), frozenset())


def _fate_of(text: str, figure: str) -> str:
    fates = (fate_named(word) for word in _words_beside(text, figure))
    return next((fate for fate in fates if fate), "")


def _words_beside(text: str, figure: str) -> Iterator[str]:
    """The word before each place of a figure, then those after it, up to another part."""
    for found in re.finditer(rf"(?<![\w.,]){re.escape(figure)}(?!\w|[.,]\d)", text):
        before = _VERB_BEFORE.search(text, max(0, found.start() - READ_BEFORE), found.start())
        if before:
            yield before["verb"]
        following = _FOLLOWING.match(text, found.end())
        for word in following["words"].split() if following else ():
            if word.casefold() in _BREAKS_OFF:
                break
            yield word


def _deed(word: str) -> frozenset[str]:
    fate = fate_named(word)
    if fate:
        return frozenset({fate})
    done = word in irregular_verbs() or word.endswith("ed")
    if not (done and word.islower()) or is_stop_word(word) or word in speech_words("speech_forms"):
        return frozenset()
    return stems_of(word) - _NO_DEED
