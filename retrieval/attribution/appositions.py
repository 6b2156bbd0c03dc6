"""What a text says between commas that a speaker is: "Bela Marsh, a councillor"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.attribution.mentions import Mention
from retrieval.words.sentence_tokens import Token, words

_APPOSITION = re.compile(
    r"(?:an?|the|who|whose|which|while|his|her|its|one|chief|head|however|too|meanwhile|[0-9]+"
    r"|[A-Z][a-z]*\.?-\w+|[RD])$"
)


def is_apposition(phrase: Sequence[Token]) -> bool:
    """Words that say who somebody is, and not the next item of a list."""
    opening = phrase[0]
    if _APPOSITION.match(opening.text) or opening.lower in words("speakers"):
        return True
    if opening.lower.endswith(("’s", "'s")):
        return True
    if opening.text[0].islower():
        bound = words("prepositions") | words("verb_forms") | words("subordinators")
        return opening.lower not in bound
    return any(token.lower in words("speakers") for token in phrase)


def with_apposition(text: str, tokens: Sequence[Token], mention: Mention, end: int) -> Mention:
    """A mention with what the words after it, between commas, say that it is."""
    if end + 1 >= len(tokens) or tokens[end].text != ",":
        return mention
    if tokens[end + 1].lower in {"which", "while", "however", "too", "meanwhile"}:
        return mention
    stop = end + 1
    while stop < len(tokens) and tokens[stop].is_word and stop - end < 12:
        stop += 1
    if not is_apposition(tokens[end + 1 : stop] or tokens[end + 1 : end + 2]):
        return mention
    role = text[tokens[end + 1].start : tokens[stop - 1].end]
    return replace(mention, role=f"{mention.role} {role}".strip())
