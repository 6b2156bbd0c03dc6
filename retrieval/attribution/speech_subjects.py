"""The subject of a verb of saying: before it, after it, or behind what stands between commas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.attribution.appositions import is_apposition, with_apposition
from retrieval.attribution.clause_subjects import clause_subject
from retrieval.attribution.following_mentions import mention_after
from retrieval.attribution.mentions import Mention, mention_before, mention_of
from retrieval.attribution.opening_subjects import LONGEST_NAME, named_apposition, opening_subject
from retrieval.attribution.shared_subjects import shared_subject
from retrieval.attribution.sources import noun_after
from retrieval.attribution.speech_verbs import polarities
from retrieval.words.sentence_tokens import (
    Token,
    ends_said,
    is_acronym,
    is_adverb,
    is_name_word,
    is_possessive,
    words,
)

_TRANSITIVE = frozenset({"accuses", "urges", "denies", "refuses"})
_VERIFYING = frozenset(
    {"independently", "immediately", "could", "couldn’t", "couldn't", "not", "t", "’", "'"}
    | {"cannot", "can", "can’t", "can't", "was", "unable", "to", "has", "been", "n’t", "n't"}
)
"""What stands between a subject and "verify"."""


def subject_of(text: str, tokens: Sequence[Token], verb: int) -> tuple[Mention, int] | None:
    """Whoever says what the verb at `verb` tells, and the token that its clause starts with."""
    end = last_before(tokens, verb) + 1
    passed = [token.lower for token in tokens[end:verb]]
    if tokens[verb].lower != "verify" and "to" in passed and " ".join(passed).find("on to") < 0:
        return None
    while tokens[verb].lower == "verify" and end > 0 and tokens[end - 1].lower in _VERIFYING:
        end -= 1
    if end == 0:
        return _after_verb(text, tokens, verb)
    before = tokens[end - 1]
    if before.text in {"who", "which"}:
        return _before_relative(text, tokens, end - 1)
    bound = before.lower in words("blocking") or is_possessive(before)
    if before.is_word and bound and not is_acronym(before):
        return None
    if before.text == ",":
        return (
            _closing_name(text, tokens, verb)
            or _before_apposition(text, tokens, end - 1)
            or named_apposition(text, tokens, end - 1)
            or _after_verb(text, tokens, verb)
        )
    if before.is_quotation or before.text in {"—", "–"}:
        return _after_verb(text, tokens, verb)
    found = mention_before(text, tokens, end)
    if found is not None:
        return found
    opening = opening_subject(text, tokens, end)
    if opening is not None:
        return opening, 0
    return shared_subject(text, tokens, end - 1) or clause_subject(text, tokens, end)


def last_before(tokens: Sequence[Token], verb: int) -> int:
    """The token before a verb and the words that may stand between it and its subject."""
    end = verb
    while end > 0 and (tokens[end - 1].lower in words("between") or is_adverb(tokens[end - 1])):
        end -= 1
    return end - 1


def _before_relative(
    text: str, tokens: Sequence[Token], relative: int
) -> tuple[Mention, int] | None:
    """ "The plan is that of Anna Berg, who said that it was late": whom "who" stands for."""
    comma = relative - 1
    start = comma
    while start > 0 and is_name_word(tokens[start - 1]):
        start -= 1
    if start == comma or tokens[comma].text != ",":
        return None
    mention = mention_of(text, tokens[start:comma])
    return None if mention is None or mention.kind == "description" else (mention, start)


def _closing_name(text: str, tokens: Sequence[Token], verb: int) -> tuple[Mention, int] | None:
    """ "…, as few had hoped, says Anna Berg": a name after the verb that ends the sentence, or
    that a comma follows, is who speaks, whatever stands before."""
    if polarities().get(tokens[verb].lower) in _TRANSITIVE:
        return None
    found = _following(text, tokens, verb)
    if found is None or found[0].kind == "description":
        return None
    mention, end = found
    closes = end >= len(tokens) or tokens[end].text in {",", ".", ";"}
    return (mention, verb) if closes else None


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
                if not apposition:  # "Anna Berg,, said": nothing stands between the commas
                    return None
                described = found[0].kind == "description"
                relative = apposition[0].text in {"who", "which", "whose", "while"}
                if not (relative if described else is_apposition(apposition)):
                    return None
                role = text[apposition[0].start : tokens[comma].start].strip()
                mention = found[0]
                return replace(mention, role=f"{mention.role} {role}".strip()), found[1]
        place -= 1
    return None


def _after_verb(text: str, tokens: Sequence[Token], verb: int) -> tuple[Mention, int] | None:
    found = _following(text, tokens, verb)
    return None if found is None else (found[0], verb)


def _following(text: str, tokens: Sequence[Token], verb: int) -> tuple[Mention, int] | None:
    """Whom a verb is followed by, and the token just past the name or description.

    “…,” said Dmitry Krutoy, a top aide: verb first, only after a quotation or a clause.
    """
    if tokens[verb].lower in {"told", "tells"} or verb + 1 >= len(tokens):
        return None
    quoted_before = verb > 0 and any(token.is_quotation for token in tokens[:verb])
    found = mention_after(text, tokens, verb + 1)
    if found is None or (found[1] < len(tokens) and tokens[found[1]].is_word and quoted_before):
        said = tokens[verb - 1].is_quotation and ends_said(text, tokens[verb - 1])
        found = (noun_after(text, tokens, verb) if said else None) or found
    if found is None:
        return None
    mention, end = found
    if not quoted_before and verb > 0 and mention.kind == "description":
        return None
    following = tokens[end] if end < len(tokens) else None
    if following is not None and following.is_word and not _closes_inversion(following):
        return None
    if following is not None and following.is_quotation and not tokens[verb - 1].is_quotation:
        return None  # "Anna Berg, in 1980, said Lund “stayed away”"
    named = _described_name(text, tokens, mention, end)
    return named or with_apposition(text, tokens, mention, end), end


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
        or token.text in {"who", "last", "this", "late", "early", "earlier", "later"}
    )
