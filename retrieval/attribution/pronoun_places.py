"""Where a pronoun stands in its sentence: behind its subject, or aside from what is told."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.attribution.mentions import Mention
from retrieval.attribution.opening_subjects import plain_subject
from retrieval.words.sentence_tokens import Token, words

ASIDE_REACH = 5
"""Words after a pronoun within which ", he said on Monday," ends."""


def subject_before(text: str, tokens: Sequence[Token], pronoun: Mention) -> Mention | None:
    """Whom the sentence is about before a pronoun in it: "Anna Berg left, for she said".

    "As Anna Berg opened the bridge, she said": whom the clause before the pronoun is about.
    """
    place = _place_of(tokens, pronoun)
    if tokens[0].lower in words("subordinators"):
        comma = next((at for at in range(place) if tokens[at].text == ","), 0)
        return plain_subject(text, tokens[1:comma]) if comma else None
    return plain_subject(text, tokens[:place]) if place else None


def stands_aside(tokens: Sequence[Token], pronoun: Mention) -> bool:
    """ "The plan of Berg is late, he said": Berg, named in what is told, is not who tells it."""
    place = _place_of(tokens, pronoun)
    opening = tokens[0].lower
    if not place or opening.endswith(("ing", "ed")):
        return False
    if tokens[place - 1].text != "," and not tokens[place - 1].is_quotation:
        return False
    if opening in words("subordinators") | words("prepositions") | {"asked"}:
        return False
    following = tokens[place + 1 : place + 1 + ASIDE_REACH]
    ends = next((at for at, token in enumerate(following) if not token.is_word), len(following))
    closes = ends < len(following) and following[ends].text in {",", ".", ";"}
    return closes or place + 1 + ends == len(tokens)


def _place_of(tokens: Sequence[Token], pronoun: Mention) -> int:
    return next(
        (at for at, token in enumerate(tokens) if token.end > pronoun.span.start), len(tokens)
    )
