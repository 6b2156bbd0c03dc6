"""What of a model's text may be shown: sentences that are whole quotes, connected and cited."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.own_words import in_marks
from bot.writing.connecting import Names, connects
from retrieval.answer import Quote

_QUOTATION_MARKS = '“”„«»"'
_MARKS = f"{_QUOTATION_MARKS}‘’'"
_CITATION = re.compile(r"\[(\d{1,3})\]")
_PLACED = re.compile("\x00(\\d+)\x00")
_NUMBERS = re.compile("(\x00\\d+\x00|\\[\\d{1,3}\\])")
_SENTENCE_END = re.compile(r"(?<=\])(?=[\s,;])|(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"\w+(?:[-’']\w+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that holds, and the number of the one quote in it."""

    text: str
    citation: int


@dataclass(frozen=True, slots=True)
class Guarded:
    """The sentences that are left of a text, and how many were removed."""

    sentences: tuple[Sentence, ...]
    removed: int

    @property
    def text(self) -> str:
        """What is left, as one text."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def citations(self) -> tuple[int, ...]:
        """The quotes in it, in the order in which they come first."""
        return tuple(dict.fromkeys(sentence.citation for sentence in self.sentences))

    @property
    def kept(self) -> int:
        """How many sentences are left."""
        return len(self.sentences)


def guard(text: str, quotes: Sequence[Quote]) -> Guarded:
    """Keep the sentences of `text` that hold against the quotes.

    A sentence holds where it contains one quote, whole and verbatim in quotation marks, cites that
    quote and no other, and where all else only connects, or names the quote's speaker or outlet
    (`connects`). Half a quote could leave out its "not", so quotes stay whole; two in one sentence
    could change speakers, so each has its own; and one that was given is not given again.
    """
    by_number = {quote.number: quote for quote in quotes}
    names = Names.of(quotes)
    kept: dict[int, Sentence] = {}
    removed = 0
    for sentence in _SENTENCE_END.split(_with_places(text, quotes, names)):
        if not _WORD.search(sentence):
            continue
        quote = _quote_of(sentence, by_number, names)
        if quote is None or quote.number in kept:
            removed += 1
            continue
        told = _written_out(sentence.strip(" ,;"), quote, names)
        kept[quote.number] = Sentence(told, quote.number)
    return Guarded(tuple(kept.values()), removed)


def _with_places(text: str, quotes: Sequence[Quote], names: Names) -> str:
    """The text with its whole quotes, their marks with them, and its names as their places."""
    placed = text.replace("\x00", " ").replace("\x01", " ")
    for quote in sorted(quotes, key=lambda quote: -len(quote.text)):
        words = re.escape(quote.text.rstrip(" .")) + "[.]?"
        # What is not in quotation marks is not a quotation, unless it brings its own.
        marks = f"[{_MARKS}]" + ("?" if any(mark in quote.text for mark in _MARKS) else "")
        placed = re.sub(f"{marks}{words}[,.]?{marks}", f"\x00{quote.number}\x00", placed)
    parts = _NUMBERS.split(placed)
    # Numbers of quotes are no names, even where somebody is called "1".
    return "".join(part if place % 2 else names.placed(part) for place, part in enumerate(parts))


def _quote_of(sentence: str, quotes: Mapping[int, Quote], names: Names) -> Quote | None:
    """The quote that a sentence rightly gives; None where the sentence does not hold."""
    inside = _PLACED.findall(sentence)
    cited = _CITATION.findall(sentence)
    if len(inside) != 1 or cited != inside:
        return None
    quote = quotes[int(inside[0])]
    around = _NUMBERS.split(sentence)[::2]
    return quote if connects(" ".join(around), quote, names) else None


def _written_out(sentence: str, quote: Quote, names: Names) -> str:
    """A sentence with its names and its quote again in their places."""
    return _PLACED.sub(lambda _: in_marks(quote.text), names.written_out(sentence))
