"""Sentences that are all quotation, and whose speaker they share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence

from corpus.article import Span
from retrieval.words.quotations import left_open

ALL_QUOTED = 0.95
"""From this share of its characters on, a sentence is nothing but quotation."""


def carried_from(
    text: str,
    sentences: Sequence[Span],
    quoted: Sequence[Span],
    shares: Sequence[float],
    spoken: Sequence[bool],
    asking: Collection[int],
) -> dict[int, int]:
    """For sentences that are all quotation and name nobody, the sentence that has their speaker.

    `spoken` tells the sentences that have one. The paragraph after one of the `asking`, in which
    somebody asks a question, is hardly by who asked.
    """
    origins: dict[int, int] = {}
    questions = set(asking)
    waiting = [
        index
        for index, share in enumerate(shares)
        if index and share >= ALL_QUOTED and not spoken[index]
    ]
    for index in waiting:
        before = index - 1
        if shares[before] <= 0 or not (spoken[before] or before in origins):
            continue
        if _goes_on(text, sentences, quoted, index, asked=before in questions):
            origins[index] = origins.get(before, before)
            if before in questions and sentences[index].of(text).rstrip("”\"’' ").endswith("?"):
                questions.add(index)
    for index in range(len(sentences) - 2, -1, -1):
        if spoken[index] or index in origins or shares[index] < ALL_QUOTED:
            continue
        after = index + 1
        if not (spoken[after] or after in origins):
            continue
        if _same_quotation(quoted, sentences[index], sentences[after]):
            origins[index] = origins.get(after, after)
    return origins


def _same_quotation(quoted: Sequence[Span], first: Span, second: Span) -> bool:
    place = bisect_right(quoted, (second.start, second.start + 1_000_000_000)) - 1
    return place >= 0 and quoted[place].start < first.end and quoted[place].end > second.start


def _goes_on(
    text: str, sentences: Sequence[Span], quoted: Sequence[Span], index: int, *, asked: bool
) -> bool:
    """Whether the quotation of the sentence before goes on in this one.

    In the same quotation or paragraph, or where the paragraph before was left open, or where
    this paragraph is nothing but the quotation and answers none that was `asked`.
    """
    before, sentence = sentences[index - 1], sentences[index]
    if "\n" not in text[before.end : sentence.start]:
        return True
    place = bisect_right(quoted, (before.end, before.end)) - 1
    if place >= 0 and quoted[place].end >= before.end and left_open(text, quoted[place]):
        return True
    return not asked and _fills_paragraph(text, sentence, quoted)


def _fills_paragraph(text: str, sentence: Span, quoted: Sequence[Span]) -> bool:
    end = text.find("\n", sentence.start)
    end = len(text) if end < 0 else end
    place = bisect_right(quoted, (sentence.start, len(text))) - 1
    return (
        place >= 0
        and quoted[place].start <= sentence.start
        and not text[quoted[place].end : end].strip()
    )
