"""Who speaks in each sentence of an article, traced to a name where the text allows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from corpus.article import Span
from retrieval.attribution.asked_questions import asks_in_quotation, asks_somebody
from retrieval.attribution.carried_quotations import ALL_QUOTED, carried_from
from retrieval.attribution.heard_speakers import Named
from retrieval.attribution.known_speakers import KnownSpeakers
from retrieval.attribution.pronoun_places import stands_aside, subject_before
from retrieval.attribution.signed_quotations import signed_quotations
from retrieval.attribution.speech import Polarity, Speech, speech_of
from retrieval.attribution.standing_alone import mentions_unresolved, self_contained_start
from retrieval.words.quotations import masked, quotations
from retrieval.words.sentence_tokens import Token, tokens_of

__all__ = [
    "Attribution",
    "Polarity",
    "attribute",
    "mentions_unresolved",
    "self_contained_start",
]

PRONOUN_REACH = 3
"""How many sentences back a pronoun may look for its name, those that are all quotation apart."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks in a sentence.

    `speaker` is the name as the text has it, the fullest for this person or body. `span` is
    where this attribution mentions the speaker, in code points of the article (for a quotation
    that goes on, in an earlier or later sentence). `role` is what the text says the speaker is
    ("Belarusian President", "a spokesman for the Border Guard"), or empty. `body` is whom the
    speaker speaks for ("its chairman", "Oslo's mayor"), as the article names it, or empty.
    """

    speaker: str
    verb_polarity: Polarity
    span: Span
    role: str = ""
    body: str = ""


def attribute(text: str, sentences: Sequence[Span]) -> list[Attribution | None]:
    """For each sentence of an article, in order, who speaks in it; None where unknown."""
    return list(_attribute(text, tuple(Span(*sentence) for sentence in sentences)))


@lru_cache(maxsize=256)
def _attribute(text: str, sentences: tuple[Span, ...]) -> tuple[Attribution | None, ...]:
    quoted = quotations(text)
    blanked = masked(text, quoted)
    shares = [_share(quoted, sentence) for sentence in sentences]
    known = KnownSpeakers(blanked)
    found: list[Attribution | None] = []
    asking: set[int] = set()
    # A quotation of many sentences does not take a pronoun further from its name.
    unquoted = list(accumulate(int(share < ALL_QUOTED) for share in shares))
    for index, sentence in enumerate(sentences):
        tokens = tokens_of(blanked, sentence)
        speech = speech_of(text, tokens)
        place = unquoted[index]
        named = _resolve(text, tokens, place, speech, known) if speech else None
        found.append(
            Attribution(
                named.name,
                speech.polarity,
                speech.mention.span,
                named.role,
                known.body_of(named, place, PRONOUN_REACH, speech.mention.span.start),
            )
            if speech and named
            else None
        )
        if speech and named:
            known.spoke(named, place, sentence)
        elif speech is None:
            known.opened(blanked, sentence, place)
        if asks_somebody(text, tokens):
            known.in_doubt(place, sentence)
        if asks_in_quotation(text, tokens):
            asking.add(index)
    signed = _signed(text, blanked, quoted, sentences, known)
    for index, signer in signed.items():
        found[index] = found[index] or signer
        shares[index] = 0
    spoken = [one is not None for one in found]
    origins = carried_from(text, sentences, quoted, shares, spoken, asking)
    return tuple(
        _continued(found[origins[index]]) if index in origins else one
        for index, one in enumerate(found)
    )


def _signed(
    text: str, blanked: str, quoted: list[Span], sentences: Sequence[Span], known: KnownSpeakers
) -> dict[int, Attribution | None]:
    """The sentences of quotations that a line signs, and who signs them where that is certain."""
    signed: dict[int, Attribution | None] = {}
    for quotation, mention in signed_quotations(text, blanked, quoted):
        named = None if mention is None else known.named(mention)
        signer = (
            Attribution(named.name, "says", mention.span, named.role)
            if mention is not None and named is not None
            else None
        )
        for index, sentence in enumerate(sentences):
            if sentence.start < quotation.end and sentence.end > quotation.start:
                signed[index] = signer
    return signed


def _continued(attribution: Attribution | None) -> Attribution | None:
    polarity: Polarity = "says"
    return attribution and replace(attribution, verb_polarity=polarity)


def _share(quoted: list[Span], sentence: Span) -> float:
    """Share of a sentence's characters that stand in quotation marks."""
    first = max(0, bisect_right(quoted, (sentence.start, sentence.start)) - 1)
    inside = 0
    for span in quoted[first:]:
        if span.start >= sentence.end:
            break
        inside += max(0, min(span.end, sentence.end) - max(span.start, sentence.start))
    return inside / max(1, sentence.end - sentence.start)


def _resolve(
    text: str, tokens: Sequence[Token], place: int, speech: Speech, known: KnownSpeakers
) -> Named | None:
    mention = speech.mention
    if mention.kind != "pronoun":
        return known.named(mention)
    aside = stands_aside(tokens, mention)
    subject = subject_before(text, tokens, mention)
    named = None if subject is None else known.named(subject)
    if subject is not None and named is not None and not aside:
        if known.leaves_unknown(tokens, subject, named):
            return None
        if known.fits(named, mention.name):
            between = Span(subject.span.end, mention.span.start)
            return None if known.names_another(named, mention.name, between) else named
    until = tokens[0].start if aside else mention.span.start
    heard = known.behind_pronoun(mention.name, place, PRONOUN_REACH, until)
    if heard is not None and named is not None and known.is_somebody(named, mention.name):
        # "Lund was at home, he said": Lund himself, or whoever spoke before
        return heard if heard.name == named.name else None
    return heard
