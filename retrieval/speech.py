"""Who speaks in one sentence, and how: the verbs and phrases of attribution."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from retrieval.appositions import is_apposition, with_apposition
from retrieval.mentions import Mention, mention_after, mention_before, mention_of
from retrieval.opening_subjects import (
    LONGEST_NAME,
    is_bare_plural,
    named_apposition,
    opening_subject,
)
from retrieval.sentence_tokens import Token, is_name_word, words
from retrieval.shared_subjects import shared_subject
from retrieval.slavic_speech import slavic_speech
from retrieval.word_lists import by_word, word_lists

Polarity = Literal["says", "denies", "accuses", "confirms", "urges", "refuses", "doubts"]

_SUBJECTS = frozenset({"i", "we", "he", "she", "they", "there"})
_REQUESTS = frozenset(
    {"request", "requests", "appeal", "bail", "motion", "offer", "deal", "bid", "lawsuit", "case"}
    | {"suit", "petition", "application", "plan", "proposal", "entry", "access", "bill", "treaty"}
    | {"invitation", "resignation", "charges"}
)
_CALLING = frozenset({"called", "calls", "branded", "labelled", "labeled"})
_URGING = frozenset({"called", "calls"})
_PLAIN = frozenset({"say", "claim", "argue", "reject", "dispute", "blame"})
CALLED_REACH = 12
"""Words after "called" among which "a lie" may stand."""


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
    if not _cues().isdisjoint(token.lower for token in tokens):
        found = [*_by_verbs(text, tokens), *_by_source(text, tokens)]
    if any("\u0400" <= token.text[0] <= "\u04ff" for token in tokens):
        found.extend(
            Speech(mention, polarity, 0) for mention, polarity in slavic_speech(text, tokens)
        )
    return found


@cache
def _cues() -> frozenset[str]:
    """Words without which nobody is said to speak in English."""
    return frozenset({*_polarities(), *_CALLING, "according", "verify"})


@cache
def _polarities() -> dict[str, Polarity]:
    table = by_word(word_lists("speech_words")["verbs"])
    return {verb: "says" if key == "claims" else key for verb, key in table.items()}  # type: ignore[misc]


def _by_verbs(text: str, tokens: Sequence[Token]) -> Iterator[Speech]:
    quoted = any(token.is_quotation for token in tokens)
    for place, token in enumerate(tokens):
        polarity = _polarities().get(token.lower)
        if token.lower == "verify":
            polarity = "doubts" if _could_not(tokens, place) else None
        elif token.lower in _CALLING:
            polarity = _of_calling(tokens, place)
        if polarity is None or not token.text[0].islower():
            continue
        if _is_passive(tokens, place) or (not quoted and not _needs_no_quotation(tokens, place)):
            continue
        found = _subject(text, tokens, place)
        if found is not None:
            mention, start = found
            rank = _rank(tokens, start, place)
            yield Speech(mention, _of_object(polarity, tokens, place), rank)


def _of_calling(tokens: Sequence[Token], place: int) -> Polarity | None:
    """ "called the report a lie" denies, "called on him to go" and "called for peace" urge."""
    if _as_false(tokens, place):
        return "denies"
    following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    return "urges" if tokens[place].lower in _URGING and following in {"on", "for"} else None


def _as_false(tokens: Sequence[Token], place: int) -> bool:
    """ "called the report a lie": what follows is said not to be so."""
    following = {token.lower for token in tokens[place + 1 : place + 1 + CALLED_REACH]}
    return not following.isdisjoint(words("false"))


def _could_not(tokens: Sequence[Token], place: int) -> bool:
    before = " ".join(token.lower for token in tokens[max(0, place - 4) : place])
    return bool(re.search(r"(?:not|n[’']t|cannot|unable to)(?: \w+)?$", before))


def _is_passive(tokens: Sequence[Token], place: int) -> bool:
    following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    return following == "by" or (following == "of" and tokens[place].lower.endswith("ed"))


def _needs_no_quotation(tokens: Sequence[Token], place: int) -> bool:
    if tokens[place].lower not in words("needs_quotation"):
        return True
    if tokens[place].lower in _PLAIN and is_bare_plural(tokens[:place]):
        return True
    following = [token.lower for token in tokens[place + 1 : place + 5]]
    # "He added they would go": only the subject of a clause has that form.
    return "that" in following or following[:1] == [":"] or bool(_SUBJECTS & {*following[:1]})


def _of_object(polarity: Polarity, tokens: Sequence[Token], place: int) -> Polarity:
    """To reject an appeal is not to deny a claim."""
    if polarity != "denies":
        return polarity
    following = {token.lower for token in tokens[place + 1 : place + 6]}
    return "refuses" if following & _REQUESTS else "denies"


def _last_before(tokens: Sequence[Token], verb: int) -> int:
    """The token before a verb and the words that may stand between it and its subject."""
    end = verb
    while end > 0 and tokens[end - 1].lower in words("between"):
        end -= 1
    return end - 1


def _subject(text: str, tokens: Sequence[Token], verb: int) -> tuple[Mention, int] | None:
    end = _last_before(tokens, verb) + 1
    passed = [token.lower for token in tokens[end:verb]]
    if "to" in passed and " ".join(passed).find("on to") < 0:
        return None
    if tokens[verb].lower == "verify":
        while end > 0 and tokens[end - 1].lower in {
            "independently", "immediately", "could", "couldn’t", "couldn't", "not", "t", "’", "'",
            "cannot", "can", "can’t", "can't", "was", "unable", "to", "has", "been", "n’t", "n't",
        }:  # fmt: skip
            end -= 1
    if end == 0:
        return _after_verb(text, tokens, verb)
    before = tokens[end - 1]
    if before.is_word and before.lower in words("blocking"):
        return None
    if before.text == ",":
        return (
            _before_apposition(text, tokens, end - 1)
            or named_apposition(text, tokens, end - 1)
            or _after_verb(text, tokens, verb)
        )
    if before.is_quotation or before.text in {"—", "–"}:
        return _after_verb(text, tokens, verb)
    found = mention_before(text, tokens, end)
    if found is not None:
        return found
    opening = opening_subject(text, tokens, end)
    return shared_subject(text, tokens, end - 1) if opening is None else (opening, 0)


def _before_apposition(
    text: str, tokens: Sequence[Token], comma: int
) -> tuple[Mention, int] | None:
    """ "Andriy Demchenko, a spokesman for the Border Guard, said": what stands between commas."""
    commas = 0
    place = comma - 1
    while place > 0 and commas < 3 and not tokens[place].is_quotation:
        if tokens[place].text == ",":
            commas += 1
            found = mention_before(text, tokens, place)
            if found is not None and found[0].kind != "pronoun":
                apposition = tokens[place + 1 : comma]
                described = found[0].kind == "description"
                relative = apposition[0].lower in {"who", "which", "whose", "while"}
                if not (relative if described else is_apposition(apposition)):
                    return None
                role = text[apposition[0].start : tokens[comma].start].strip()
                mention = found[0]
                return replace(mention, role=f"{mention.role} {role}".strip()), found[1]
        place -= 1
    return None


def _after_verb(text: str, tokens: Sequence[Token], verb: int) -> tuple[Mention, int] | None:
    """“…,” said Dmitry Krutoy, a top aide: verb first, only after a quotation or a clause."""
    if tokens[verb].lower in {"told", "tells"} or verb + 1 >= len(tokens):
        return None
    found = mention_after(text, tokens, verb + 1)
    if found is None:
        return None
    mention, end = found
    quoted_before = verb > 0 and any(token.is_quotation for token in tokens[:verb])
    if not quoted_before and verb > 0 and mention.kind == "description":
        return None
    following = tokens[end] if end < len(tokens) else None
    if following is not None and following.is_word and not _closes_inversion(following):
        return None
    named = _described_name(text, tokens, mention, end)
    return named or with_apposition(text, tokens, mention, end), verb


def _described_name(
    text: str, tokens: Sequence[Token], mention: Mention, end: int
) -> Mention | None:
    """ "said the mayor, Bela Marsh.": the name that a description leads to."""
    if mention.kind != "description" or end >= len(tokens) or tokens[end].text != ",":
        return None
    stop = end + 1
    while stop < len(tokens) and is_name_word(tokens[stop]):
        stop += 1
    if not 1 < stop - end <= LONGEST_NAME + 1:
        return None
    if stop < len(tokens) and tokens[stop].text not in {",", ".", ";"}:
        return None
    name = mention_of(text, tokens[end + 1 : stop])
    return None if name is None else replace(name, role=f"{mention.name} {name.role}".strip())


def _closes_inversion(token: Token) -> bool:
    return (
        token.lower in words("prepositions")
        or token.lower in words("calendar")
        or token.lower in words("subordinators")
        or token.lower in {"who", "last", "this", "late", "early", "earlier", "later"}
    )


def _by_source(text: str, tokens: Sequence[Token]) -> Iterator[Speech]:
    for place in range(len(tokens) - 2):
        if tokens[place].lower == "according" and tokens[place + 1].lower == "to":
            found = mention_after(text, tokens, place + 2)
            if found is not None:
                mention, end = found
                leads = place == 0
                told = mention if leads else with_apposition(text, tokens, mention, end)
                yield Speech(told, "says", 0 if leads else 1)


def _rank(tokens: Sequence[Token], start: int, verb: int) -> int:
    """0 beside a quotation, 1 in the main clause, 2 after "and", 3 under "that" or "while"."""
    before = _last_before(tokens, verb)
    if start < before and tokens[before].lower in {"and", "but"}:
        return 2
    clause = start
    while clause > 0 and tokens[clause - 1].text not in {",", ";", ":"}:
        if tokens[clause - 1].is_quotation:
            return 0
        clause -= 1
    leading = {token.lower for token in tokens[clause:start]}
    if leading & words("subordinators") or (start > 0 and tokens[start - 1].lower == "that"):
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
