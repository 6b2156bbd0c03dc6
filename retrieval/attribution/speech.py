"""Who speaks in one sentence, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.attribution.appositions import with_apposition
from retrieval.attribution.mentions import Mention
from retrieval.attribution.slavic_speech import slavic_speech
from retrieval.attribution.sources import source_after
from retrieval.attribution.speech_subjects import last_before, subject_of
from retrieval.attribution.speech_verbs import (
    Polarity,
    cues,
    may_say,
    polarity_of,
    says_without_quotation,
)
from retrieval.attribution.western_speech import western_cues, western_speech
from retrieval.words.sentence_tokens import Token, ends_said, is_name_word, words

__all__ = ["Polarity", "Speech", "speech_of", "speeches_in"]

_OPEN_RELATIVES = frozenset({"that", "which", "what", "whom"})


@dataclass(frozen=True, slots=True)
class Speech:
    """One attribution in a sentence; `rank` orders those of one sentence, the lowest counts."""

    mention: Mention
    polarity: Polarity
    rank: int


def speech_of(text: str, tokens: Sequence[Token]) -> Speech | None:
    """The attribution that governs a sentence, or None where nobody is said to speak."""
    return min(speeches_in(text, tokens), key=lambda speech: speech.rank, default=None)


def speeches_in(text: str, tokens: Sequence[Token]) -> list[Speech]:
    """Every attribution in a sentence: "Berg denied it, the union said" has two."""
    found: list[Speech] = []
    lowers = [token.lower for token in tokens]
    if not cues().isdisjoint(lowers):
        found = [*_by_verbs(text, tokens), *_by_source(text, tokens)]
    if not western_cues().isdisjoint(lower.partition("-")[0] for lower in lowers):
        found.extend(
            Speech(mention, polarity, 1) for mention, polarity in western_speech(text, tokens)
        )
    if any("\u0400" <= token.text[0] <= "\u04ff" for token in tokens):
        found.extend(
            Speech(mention, polarity, 0) for mention, polarity in slavic_speech(text, tokens)
        )
    return found


def _by_verbs(text: str, tokens: Sequence[Token]) -> Iterator[Speech]:
    quoted = any(token.is_quotation for token in tokens)
    for place, token in enumerate(tokens):
        polarity = polarity_of(tokens, place)
        if polarity is None or not (quoted or says_without_quotation(tokens, place)):
            continue
        found = subject_of(text, tokens, place)
        asserting = place + 1 < len(tokens) and tokens[place + 1].lower == "that"
        if found is not None and may_say(found[0], token, asserting=asserting):
            mention, start = found
            yield Speech(mention, polarity, _rank(text, tokens, start, place))


def _by_source(text: str, tokens: Sequence[Token]) -> Iterator[Speech]:
    for place in range(len(tokens) - 2):
        if tokens[place].lower == "according" and tokens[place + 1].lower == "to":
            found = source_after(text, tokens, place + 2)
            if found is not None:
                mention, end = found
                leads = place == 0
                told = mention if leads else with_apposition(text, tokens, mention, end)
                yield Speech(told, "says", 0 if leads else 1)


def _rank(text: str, tokens: Sequence[Token], start: int, verb: int) -> int:
    """0 beside a quotation, 1 in the main clause, 2 after "and", 3 under "that" or "while"."""
    before = last_before(tokens, verb)
    if start < before and tokens[before].lower in {"and", "but"}:
        return 2
    if start < before and tokens[before].text in {"who", "which"}:
        return 3
    if _is_relative(text, tokens, start):
        return 3
    clause = start
    while clause > 0 and tokens[clause - 1].text not in {",", ";", ":"}:
        if tokens[clause - 1].is_quotation:
            return 0 if ends_said(text, tokens[clause - 1]) else 1
        clause -= 1
    leading = {token.lower for token in tokens[clause:start]}
    if leading & (words("subordinators") | {"where"}):
        return 3
    if (
        clause > 0
        and tokens[clause - 1].text == ","
        and clause > 1
        and tokens[clause - 2].is_quotation
    ):
        return 0
    if any(token.is_quotation for token in tokens[verb + 1 : verb + 4]):
        return 0
    if start > 0 and is_name_word(tokens[start]) and tokens[start - 1].lower in {"and", "or"}:
        return 2
    return 1


def _is_relative(text: str, tokens: Sequence[Token], start: int) -> bool:
    """ "A kind of “power politics” that Oslo rejected": a clause about what stands before it.

    "That" may also belong to the subject itself: "“…,” that man said".
    """
    if not start:
        return False
    before = tokens[start - 1]
    if before.lower in _OPEN_RELATIVES:
        return True
    if before.is_quotation and ends_said(text, before):
        return False
    return tokens[start].lower == "that" and is_name_word(tokens[start + 1])
