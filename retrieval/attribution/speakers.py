"""Who speaks in each sentence of an article, traced to a name where the text allows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from corpus.article import Span
from retrieval.attribution.asked_questions import asks_somebody
from retrieval.attribution.known_speakers import KnownSpeakers, Named
from retrieval.attribution.pronoun_places import stands_aside, subject_before
from retrieval.attribution.speech import Polarity, Speech, speech_of
from retrieval.attribution.standing_alone import mentions_unresolved, self_contained_start
from retrieval.words.quotations import left_open, masked, quotations
from retrieval.words.sentence_tokens import Token, tokens_of

__all__ = [
    "Attribution",
    "Polarity",
    "attribute",
    "mentions_unresolved",
    "self_contained_start",
]

MOSTLY_QUOTED = 0.5
"""From this share of its characters on, a sentence counts as quotation, not paraphrase."""

ALL_QUOTED = 0.95
"""From this share on, a sentence is nothing but quotation."""

PRONOUN_REACH = 3
"""How many sentences back a pronoun may look for its name, those that are all quotation apart."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks in a sentence.

    `speaker` is the name as the text has it, the fullest for this person or body. `span` is
    where this attribution mentions the speaker, in code points of the article (for a quotation
    that goes on, in an earlier or later sentence). `role` is what the text says the speaker is
    ("Belarusian President", "a spokesman for the Border Guard"), or empty. `direct` tells a
    quotation from a paraphrase. `body` is whom the speaker speaks for ("its chairman", "Oslo's
    mayor"), as the article names it, or empty.
    """

    speaker: str
    verb_polarity: Polarity
    span: Span
    direct: bool
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
                shares[index] >= MOSTLY_QUOTED,
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
    _carry(text, sentences, quoted, shares, found)
    return tuple(found)


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
    if subject is not None and not aside:
        if known.leaves_unknown(tokens, subject):
            return None
        if named is not None and known.fits(named, mention.name):
            between = Span(subject.span.end, mention.span.start)
            return None if known.names_another(named, mention.name, between) else named
    until = tokens[0].start if aside else mention.span.start
    heard = known.behind_pronoun(mention.name, place, PRONOUN_REACH, until)
    if heard is not None and named is not None and known.is_somebody(named, mention.name):
        # "Lund was at home, he said": Lund himself, or whoever spoke before
        return heard if heard.name == named.name else None
    return heard


_BREAK = re.compile(r"\n")


def _carry(
    text: str,
    sentences: Sequence[Span],
    quoted: list[Span],
    shares: Sequence[float],
    found: list[Attribution | None],
) -> None:
    """Give sentences that are all quotation the speaker of the quotation that they belong to."""
    own = list(found)
    for index in range(len(sentences)):
        if own[index] is not None or shares[index] < ALL_QUOTED:
            continue
        before = found[index - 1] if index else None
        if (
            before is not None
            and shares[index - 1] > 0
            and _goes_on(text, sentences, quoted, index)
        ):
            found[index] = _continued(before)
    for index in range(len(sentences) - 2, -1, -1):
        if found[index] is not None or shares[index] < ALL_QUOTED:
            continue
        after = found[index + 1]
        if after is not None and _same_quotation(quoted, sentences[index], sentences[index + 1]):
            found[index] = _continued(after)


def _continued(attribution: Attribution) -> Attribution:
    polarity: Polarity = "says"
    return replace(attribution, verb_polarity=polarity, direct=True)


def _same_quotation(quoted: list[Span], first: Span, second: Span) -> bool:
    place = bisect_right(quoted, (second.start, second.start + 1_000_000_000)) - 1
    return place >= 0 and quoted[place].start < first.end and quoted[place].end > second.start


def _goes_on(text: str, sentences: Sequence[Span], quoted: list[Span], index: int) -> bool:
    """Whether the quotation of the sentence before goes on in this one.

    In the same quotation or paragraph, or where the paragraph before was left open, or where
    this paragraph is nothing but the quotation.
    """
    before, sentence = sentences[index - 1], sentences[index]
    gap = text[before.end : sentence.start]
    if not _BREAK.search(gap):
        return True
    place = bisect_right(quoted, (before.end, before.end)) - 1
    if place >= 0 and quoted[place].end >= before.end and left_open(text, quoted[place]):
        return True
    return _fills_paragraph(text, sentence, quoted)


def _fills_paragraph(text: str, sentence: Span, quoted: list[Span]) -> bool:
    end = text.find("\n", sentence.start)
    end = len(text) if end < 0 else end
    place = bisect_right(quoted, (sentence.start, len(text))) - 1
    return (
        place >= 0
        and quoted[place].start <= sentence.start
        and not text[quoted[place].end : end].strip()
    )
