"""Who speaks in a quote, read again in the stored article, however the answer came to its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from corpus.article import Article, Span
from index.store import StoreReader
from retrieval.attribution.speakers import Attribution, attribute
from retrieval.words.quotations import share_in_marks

IN_OWN_WORDS = 0.5
"""From this share of its characters on, words in quotation marks are the speaker's."""


def spoken_in(article: Article, start: int, end: int, store: StoreReader) -> list[Attribution]:
    """Who speaks in the sentences that a span touches, the last sentence first."""
    sentences = [
        Span(*span) for stored in store.neighbours(article.id) for span in stored.passage.sentences
    ]
    spoken = [
        who
        for sentence, who in zip(sentences, attribute(article.text, sentences), strict=True)
        if who is not None and sentence.start < end and start < sentence.end
    ]
    return spoken[::-1]


def misattributed(
    quote: Mapping[str, Any], start: int, end: int, article: Article, store: StoreReader
) -> Iterator[str]:
    """What is told otherwise of who speaks, and whether in quotation marks.

    Where nobody is named, nothing is told.
    """
    speaker = quote.get("speaker")
    if not speaker:
        if quote.get("direct"):
            yield "has words that are somebody's own, and nobody who speaks"
        return
    spoken = list(dict.fromkeys(who.speaker for who in spoken_in(article, start, end, store)))
    if speaker not in spoken:
        others = ", ".join(spoken) or "nobody"
        yield f"has the speaker {str(speaker)[:60]!r}, where the article has {others[:60]!r}"
        return
    direct = share_in_marks(article.text, Span(start, end)) >= IN_OWN_WORDS
    if quote.get("direct") not in (None, direct):
        marks = "stand" if direct else "do not stand"
        yield f"has direct otherwise: its words {marks} in quotation marks"
