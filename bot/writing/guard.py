"""What of a model's text may be shown: sentences that are whole quotes, connected and cited."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.answer import Quote

CONNECTING = frozenset(
    {"a", "according", "added", "adds", "also", "and", "article", "articles", "as", "further"}
    | {"furthermore", "he", "in", "it", "its", "meanwhile", "moreover", "outlet", "reported"}
    | {"reports", "said", "say", "says", "she", "source", "that", "the", "they", "this", "to"}
    | {"writes", "wrote"}
)
"""Words that connect quotes and assert nothing themselves. No negation, cause, hedge or order in
time is among them, and nothing that turns round who speaks ("was told"): it has to be quoted."""

_QUOTATION_MARKS = '“”„«»"'
_MARKS = f"{_QUOTATION_MARKS}‘’'"
_CITATION = re.compile(r"\[(\d{1,3})\]")
_PLACED = re.compile("\x00(\\d+)\x00")
_SENTENCE_END = re.compile(r"(?<=\])(?=[\s,;])|(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"\w+(?:[-’']\w+)*")


@dataclass(frozen=True, slots=True)
class Guarded:
    """What is left of a text, and how many sentences were kept and removed."""

    text: str
    citations: tuple[int, ...]
    kept: int
    removed: int


def guard(text: str, quotes: Sequence[Quote]) -> Guarded:
    """Keep the sentences of `text` that hold against the quotes.

    A sentence holds where it contains one quote, whole and verbatim in quotation marks, cites that
    quote and no other, and where every other word connects (see CONNECTING) or names the quote's
    speaker or outlet. Half a quote could leave out its "not", so quotes stay whole; two in one
    sentence could change speakers, so each has its own.
    """
    by_number = {quote.number: quote for quote in quotes}
    kept: list[str] = []
    cited: list[int] = []
    removed = 0
    for sentence in _SENTENCE_END.split(_with_places(text, quotes)):
        if not _WORD.search(sentence):
            continue
        quote = _quote_of(sentence, by_number)
        if quote is None:
            removed += 1
            continue
        kept.append(_PLACED.sub(lambda _, words=quote.text: _quoted(words), sentence.strip(" ,;")))
        if quote.number not in cited:
            cited.append(quote.number)
    return Guarded(" ".join(kept), tuple(cited), len(kept), removed)


def _with_places(text: str, quotes: Sequence[Quote]) -> str:
    """The text with every whole quote, and its quotation marks, replaced by its number."""
    placed = text.replace("\x00", " ")
    for quote in sorted(quotes, key=lambda quote: -len(quote.text)):
        words = re.escape(quote.text.rstrip(" .")) + "[.]?"
        # What is not in quotation marks is not a quotation, unless it brings its own.
        marks = f"[{_MARKS}]" + ("?" if any(mark in quote.text for mark in _MARKS) else "")
        placed = re.sub(f"{marks}{words}[,.]?{marks}", f"\x00{quote.number}\x00", placed)
    return placed


def _quote_of(sentence: str, quotes: Mapping[int, Quote]) -> Quote | None:
    """The quote that a sentence rightly gives; None where the sentence does not hold."""
    inside = _PLACED.findall(sentence)
    cited = set(_CITATION.findall(sentence))
    if len(inside) != 1 or cited != set(inside):
        return None
    rest = _CITATION.sub(" ", _PLACED.sub(" ", sentence))
    if any(mark in rest for mark in _QUOTATION_MARKS):
        return None
    quote = quotes[int(inside[0])]
    words = {word.casefold() for word in _WORD.findall(rest)}
    return quote if words <= CONNECTING | _names(quote) else None


def _quoted(words: str) -> str:
    return f"“{words}”"


def _names(quote: Quote) -> set[str]:
    """Words that say who speaks and where. Not when: an article's date is not the words' date."""
    names = f"{quote.speaker or ''} {quote.article.source or ''}"
    return {word.casefold() for word in _WORD.findall(names)}
