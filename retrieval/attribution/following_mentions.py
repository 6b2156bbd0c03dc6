"""Noun phrases that can speak and stand after a verb or "according to"."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.attribution.mentions import (
    DETERMINERS,
    LONGEST_PHRASE,
    Mention,
    as_paper,
    calls,
    mention_of,
    modifies,
)
from retrieval.words.sentence_tokens import Token, is_name_word, is_possessive, words

MOST_CALLING = 3
"""Words of a calling between two names: "Georgetown law professor Sheila Foster"."""


def mention_after(text: str, tokens: Sequence[Token], start: int) -> tuple[Mention, int] | None:
    """The noun phrase that starts at token `start`, and the token just past it."""
    end = last_head = start
    named = False
    while end < len(tokens) and end - start < LONGEST_PHRASE:
        token = tokens[end]
        lower = token.lower
        if token.is_word and is_name_word(token):
            named = not is_possessive(token)
            last_head = end + 1
        elif end > start and end + 1 < len(tokens) and _may_join(tokens, end):
            if lower in {"of", "for"} and _is_person_name(tokens[start:end]):
                break
            following = tokens[end + 1]
            if lower != "the" and not is_name_word(following) and following.lower != "the":
                break
        elif not (end == start and lower in DETERMINERS):
            if not token.is_word or not modifies(token):
                break
            if named and not _is_calling_between(tokens, end):
                break
            if any(lower in words(kind) for kind in ("speakers", "documents", "titles")):
                last_head = end + 1
        end += 1
    if last_head == start or is_possessive(tokens[last_head - 1]):
        return None
    head = tokens[last_head - 1].lower
    if head in words("documents") and not any(map(is_name_word, tokens[start:last_head])):
        return None
    mention = mention_of(text, tokens[start:last_head])
    return None if mention is None else (as_paper(text, tokens, start, mention), last_head)


def _may_join(tokens: Sequence[Token], place: int) -> bool:
    """ "of", "and"; and "on" in the name of a body: "Council on Foreign Relations"."""
    if tokens[place].lower == "on":
        body = tokens[place - 1].lower in words("organisations")
        return body and is_name_word(tokens[place + 1])
    return tokens[place].lower in words("joining")


def _is_calling_between(tokens: Sequence[Token], place: int) -> bool:
    """ "Iowa farmer Dave Walton": a word for whom the name after it belongs to, if any."""
    at = place
    while at < len(tokens) and at - place < MOST_CALLING and not is_name_word(tokens[at]):
        if not (tokens[at].is_word and modifies(tokens[at])):
            return False
        at += 1
    return place < at < len(tokens) and is_name_word(tokens[at]) and calls(tokens[at - 1])


def _is_person_name(phrase: Sequence[Token]) -> bool:
    """Two capitalised words at the end, none of a body: "Carnita Brown", not "Ministry"."""
    return (
        all(map(is_name_word, phrase[-2:]))
        and len(phrase) > 1
        and not any(
            token.lower in words("organisations") or token.lower in words("titles")
            for token in phrase
        )
    )
