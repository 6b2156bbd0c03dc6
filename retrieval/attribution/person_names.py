"""Which capitalised words are the name of a person, and which only open the sentence before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.attribution.western_speech import opens_a_clause
from retrieval.words.sentence_tokens import Token, is_name_word, words

_OPENERS = frozenset({"courtesy", "unless", "besides", "rather", "perhaps", "maybe"})
_GIVEN_NAMES = frozenset({"beverly", "kimberly", "waverly", "everly", "sterling", "fleming"})
SHORTEST_OPENER = 6
"""Letters of the shortest adverb or participle that is taken for one: "Emily" is a name."""

_SENTENCE_BEFORE = re.compile(r"(?:[.!?:;…—–\n\0]\W*|^\W*)$")
BEFORE_REACH = 4
"""Characters before a word that tell whether it begins a sentence."""


def name_of_a_person(blanked: str, name: Sequence[Token]) -> Sequence[Token]:
    """The words of a name that are a person's; none where it is that of a place or a title."""
    name = past_openers(blanked, name)
    if not 2 <= len(name) <= 4 or not all(is_name_word(one) for one in name):
        return []
    last = name[-1].lower
    titled = blanked[name[-1].end : name[-1].end + 1] == "." and f"{last}." in words("titles")
    return [] if titled or last in words("places") else name


def past_openers(blanked: str, name: Sequence[Token]) -> Sequence[Token]:
    """A name without what stands before it: "of", "Following", "Clearly"."""
    if name and name[0].lower in {"of", "for"}:
        name = name[-2:] if len(name) > 3 else []
    while name and (
        not is_name_word(name[0]) or opens_a_clause(name) or opens_sentence(blanked, name[0])
    ):
        name = name[1:]
    return name


def opens_sentence(blanked: str, token: Token) -> bool:
    """Whether a capitalised word only leads to what follows: "Following Berg", "Clearly Berg"."""
    lower = token.lower
    if lower in words("prepositions") or lower in _OPENERS:
        return True
    if len(lower) < SHORTEST_OPENER or lower in _GIVEN_NAMES:
        return False
    before = blanked[max(0, token.start - BEFORE_REACH) : token.start]
    return lower.endswith(("ly", "ing")) and bool(_SENTENCE_BEFORE.search(before))
