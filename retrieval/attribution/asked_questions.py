"""Sentences in which somebody is asked: who answers is told by neither name in them."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.words.parties import country_named
from retrieval.words.sentence_tokens import Token, is_name_word, words

_ASKS = frozenset({"asked", "asks", "questioned", "pressed", "interviewed", "quizzed", "grilled"})
_NOT_ASKING = frozenset(
    {"was", "were", "is", "are", "be", "been", "being", "when", "if", "as", "once", "often", "not"}
)
"""What stands before "asked" where its subject is asked: "was asked", "when asked"."""

_INQUIRIES = frozenset({"whether", "if", "about", "why", "how", "what", "when", "where"})
_ANSWERERS = frozenset({"him", "her", "them"})
INQUIRY_REACH = 8
"""Words after "asked" within which what is asked begins."""


def asks_somebody(text: str, tokens: Sequence[Token]) -> bool:
    """Whether a sentence tells that somebody asks a person, or asks a question."""
    return any(_asks(text, tokens, place) for place in range(1, len(tokens)))


def asks_in_quotation(text: str, tokens: Sequence[Token]) -> bool:
    """ "“Will you resign?” Anna Berg asked": what is quoted next is hardly hers."""
    quotation = [token for token in tokens if token.is_quotation]
    return bool(quotation) and _is_question(text, quotation[-1]) and asks_somebody(text, tokens)


def _asks(text: str, tokens: Sequence[Token], place: int) -> bool:
    if tokens[place].text not in _ASKS:
        return False
    before = tokens[place - 1]
    if before.text == "," or before.lower in _NOT_ASKING:
        return False
    after = tokens[place + 1 : place + 1 + INQUIRY_REACH]
    if any(token.is_quotation and _is_question(text, token) for token in [*tokens[:place], *after]):
        return True
    return any(token.lower in _INQUIRIES for token in after) or _is_person(text, after)


def _is_question(text: str, quotation: Token) -> bool:
    return "?" in text[max(quotation.start, quotation.end - 2) : quotation.end]


def _is_person(text: str, after: Sequence[Token]) -> bool:
    """Whether a name follows that is neither a state's nor a body's, or "him"."""
    if after and after[0].lower in _ANSWERERS:
        return True
    end = 0
    while end < len(after) and is_name_word(after[end]):
        end += 1
    if not end or any(token.lower in words("organisations") for token in after[:end]):
        return False
    return country_named(text[after[0].start : after[end - 1].end]) is None
