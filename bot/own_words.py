"""Whose words a quote is: the speaker's own, or the article's about what a speaker said."""

from __future__ import annotations

from corpus.article import Span
from retrieval.answer import Quote
from retrieval.proof.told_speakers import IN_OWN_WORDS
from retrieval.words.quotations import share_in_marks

OPENING = ("“", "„", "«", '"', "‘")


def in_own_words(quote: Quote) -> bool:
    """Whether a quote that has a speaker is mostly what the article itself puts in marks.

    The marks may stand around several sentences, so they are looked for in the whole article.
    Where a quote was kept without that, what was seen then holds; of one kept by an earlier
    version its own marks tell.
    """
    if quote.speaker is None:
        return False
    if quote.direct is not None:
        return quote.direct
    if quote.article.text:
        share = share_in_marks(quote.article.text, Span(quote.start, quote.end))
    else:
        share = share_in_marks(quote.text, Span(0, len(quote.text)))
    return share >= IN_OWN_WORDS


def told_by(quote: Quote) -> str:
    """Who tells a quote, to stand before it: the speaker, or the outlet that reports the speaker.

    Empty where the article just says it.
    """
    if quote.speaker is None or in_own_words(quote):
        return quote.speaker or ""
    outlet = quote.article.source
    return f"{outlet}, reporting {quote.speaker}" if outlet else f"Reporting {quote.speaker}"


def in_marks(words: str) -> str:
    """Words in quotation marks. Those that begin with a mark have their own."""
    return words if words.startswith(OPENING) else f"“{words}”"
