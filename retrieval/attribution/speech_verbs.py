"""Verbs of saying: which words are one where they stand, and how somebody says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from retrieval.attribution.mentions import Mention
from retrieval.attribution.opening_subjects import LONGEST_NAME, is_bare_plural
from retrieval.words.sentence_tokens import Token, is_name_word, is_past_form, words
from retrieval.words.word_lists import by_word, word_lists

Polarity = Literal["says", "denies", "accuses", "confirms", "urges", "refuses", "doubts"]

_SUBJECTS = frozenset({"i", "we", "he", "she", "they", "there"})
_REQUESTS = frozenset(
    {"request", "requests", "appeal", "bail", "motion", "offer", "deal", "bid", "lawsuit", "case"}
    | {"suit", "petition", "application", "plan", "proposal", "entry", "access", "bill", "treaty"}
    | {"invitation", "resignation", "charges"}
)
_CALLING = frozenset({"called", "calls", "branded", "labelled", "labeled"})
_URGING = frozenset({"called", "calls"})
_PLAIN = frozenset({"reject", "dispute", "blame"})
_ALSO_NOUNS = frozenset({"reports", "claim", "claims", "notes", "states", "calls"})
_ADJECTIVES = ("ing", "ous", "ful", "less")
_SAYING = frozenset({"say", "claim", "argue"})
_SEVERAL = frozenset({"police", "people", "staff", "media", "women", "men", "children", "crew"})
_AFTERWARDS = frozenset(
    {"last", "this", "earlier", "later", "then", "today", "yesterday", "recently", "at"}
)
_DONE_WITH = frozenset({"posted", "reported", "announced"})
SHORTEST_SAID = 4
"""Words that stand before ", Berg added" where it tells who said them."""

CALLED_REACH = 12
"""Words after "called" among which "a lie" may stand."""


@cache
def cues() -> frozenset[str]:
    """Words without which nobody is said to speak in English."""
    return frozenset({*polarities(), *_CALLING, "according", "verify"})


@cache
def polarities() -> dict[str, Polarity]:
    """How each verb of saying says it."""
    table = by_word(word_lists("speech_words")["verbs"])
    told = dict.fromkeys(words("findings"), "says")
    return told | {verb: "says" if key == "claims" else key for verb, key in table.items()}  # type: ignore[return-value]


def polarity_of(tokens: Sequence[Token], place: int) -> Polarity | None:
    """How the verb at `place` says something; None where the word there is no verb of saying."""
    token = tokens[place]
    polarity = polarities().get(token.lower)
    if token.lower == "verify":
        polarity = "doubts" if _could_not(tokens, place) else None
    elif token.lower in _CALLING:
        polarity = _of_calling(tokens, place)
    if polarity is None or not token.text[0].islower() or _is_no_verb(tokens, place):
        return None
    return _of_object(polarity, tokens, place)


def says_without_quotation(tokens: Sequence[Token], place: int) -> bool:
    """Whether the verb at `place` tells what somebody says though nothing is quoted."""
    if tokens[place].lower in words("findings") and not _closes_sentence(tokens, place):
        return place + 1 < len(tokens) and tokens[place + 1].lower == "that"
    if tokens[place].lower not in words("needs_quotation") or _closes_sentence(tokens, place):
        return True
    if tokens[place].lower in _SAYING and _is_plural_subject(tokens[place - 1 : place]):
        return True
    if tokens[place].lower in _PLAIN and is_bare_plural(tokens[:place]):
        return True
    following = [token.lower for token in tokens[place + 1 : place + 5]]
    # "He added they would go": only the subject of a clause has that form.
    return "that" in following or following[:1] == [":"] or bool(_SUBJECTS & {*following[:1]})


def may_say(mention: Mention, verb: Token, *, asserting: bool) -> bool:
    """Whether a subject can do what a verb says: reports are posted, and people find purses.

    `asserting` tells that "that" follows the verb.
    """
    if _is_placed(mention, verb, asserting=asserting):
        return False
    return verb.lower not in words("findings") or _finds(mention)


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


def _is_no_verb(tokens: Sequence[Token], place: int) -> bool:
    """Passives, and nouns that look like a verb: "intelligence reports show", "said to be"."""
    following = [token.lower for token in tokens[place + 1 : place + 3]]
    before = tokens[place - 1].lower if place else ""
    described = before.endswith(_ADJECTIVES) and before not in words("documents")
    if tokens[place].lower in _ALSO_NOUNS and (
        polarities().keys() & following[:1] or before == "member" or described
    ):
        return True  # "intelligence reports show", "member states may", "her continuing claims"
    if following in (["to", "be"], ["to", "have"]):
        return True  # "the man said to be its owner"
    return following[:1] == ["by"] or (
        following[:1] == ["of"] and tokens[place].lower.endswith("ed")
    )


def _is_placed(mention: Mention, verb: Token, *, asserting: bool) -> bool:
    """ "A statement posted to the site", "a move announced on Monday": what is done with a thing,
    and not by it."""
    head = mention.name.rsplit(maxsplit=1)[-1]
    several = mention.name.endswith("s") or mention.name in {"Data", "Research"}
    if mention.kind != "description" and several and mention.name.lower() in words("documents"):
        return True  # "Reports say": nobody in particular, and no name as "Law" or "Bill"
    if verb.lower not in _DONE_WITH or mention.kind != "description" or asserting:
        return False
    return not any(head.lower() in words(kind) for kind in ("speakers", "organisations", "titles"))


def _finds(mention: Mention) -> bool:
    """Studies and bodies find that something is so; people also find a purse."""
    head = mention.name.rsplit(maxsplit=1)[-1].lower()
    return mention.kind == "organisation" or head in words("documents") | words("speakers")


def _is_plural_subject(before: Sequence[Token]) -> bool:
    """ "Residents say", "some experts say": the verb's form leaves its subject no other number."""
    return any(token.lower.endswith("s") or token.lower in _SEVERAL for token in before)


def _closes_sentence(tokens: Sequence[Token], place: int) -> bool:
    """Whether a clause of saying comes after what is said: "…, Berg wrote last week"."""
    start = place
    while start > 0 and tokens[start - 1].text not in {",", ";"}:
        start -= 1
    if start < SHORTEST_SAID or (
        tokens[place].lower in _ALSO_NOUNS and any(map(is_past_form, tokens[start:place]))
    ):
        return False
    following = tokens[place + 1 :]
    if following and following[0].is_word:
        if following[0].lower not in words("calendar") | _AFTERWARDS:
            inverted = start == place and all(
                token.is_word and is_name_word(token) for token in following[:-1]
            )
            return inverted and len(following) <= LONGEST_NAME
        following = following[1:]
    return not any(token.text in {",", ";", ":"} for token in following)


def _of_object(polarity: Polarity, tokens: Sequence[Token], place: int) -> Polarity:
    """To reject an appeal is not to deny a claim."""
    if polarity != "denies":
        return polarity
    following = {token.lower for token in tokens[place + 1 : place + 6]}
    return "refuses" if following & _REQUESTS else "denies"
