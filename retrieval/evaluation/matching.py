"""When a quote holds an accepted answer, and where a gold sentence stands in an article.

Two texts match when their words do, after the normalisation of the SQuAD evaluation script
(Rajpurkar et al., 2016): case, punctuation and the English articles a, an, the do not count.
Beyond it:

- Unicode is brought to NFKC first, so that ligatures, full-width digits and the like do not count.
- Spacing does not count, so that tokenised text ("Canada 's", "one - year", "`` season ''") is
  found in running text and the other way round. A match still begins and ends at the edge of a
  word: "10" is not found in "10th", nor "art" in "Martha".
- A number keeps its inner points and commas together ("3.12" holds no "12"; "1,000" is "1000"),
  and two numbers are never run together. A decimal point stays: "1.5" is not "15".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.article import Span

_WORD = re.compile(r"\d+(?:[.,:]\d+)*[^\W\d_]*|[^\W_]+")
_NOT_WORD = re.compile(r"[\W_]+")
_POINT = re.compile(r"(?<=\d)[.:](?=\d)(?!\d{3}(?!\d))")
_POINT_KEPT = "point"
_ARTICLES = frozenset({"a", "an", "the"})
_BETWEEN_NUMBERS = "\x00"


@dataclass(frozen=True, slots=True)
class Words:
    """A text as its normalised words, run together.

    `starts` and `ends` map offsets in `joined` at which a word begins or ends to the offset in
    the text that the word came from.
    """

    joined: str
    starts: dict[int, int]
    ends: dict[int, int]


def words_of(text: str, *, keep_articles: bool = False) -> Words:
    """Normalise a text; offsets are kept in code points of the text itself."""
    parts: list[str] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    length = 0
    for match in _WORD.finditer(text):
        word = _normalised(match.group())
        if not word or (word in _ARTICLES and not keep_articles):
            continue
        if parts and word[0].isdigit() and parts[-1][-1].isdigit():
            parts.append(_BETWEEN_NUMBERS)
            length += 1
        starts[length] = match.start()
        parts.append(word)
        length += len(word)
        ends[length] = match.end()
    return Words("".join(parts), starts, ends)


def _normalised(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word).casefold()
    whole = _POINT.sub(_POINT_KEPT, unicodedata.normalize("NFKC", folded))
    return _NOT_WORD.sub("", whole)


def places(needle: str, text: str) -> list[Span]:
    """Where the words of `needle` stand in `text`, in code points of `text`, in order.

    A needle without any word (punctuation alone) is nowhere.
    """
    wanted, held = words_of(needle), words_of(text)
    if not wanted.joined:
        wanted, held = words_of(needle, keep_articles=True), words_of(text, keep_articles=True)
    return list(_occurrences(wanted.joined, held)) if wanted.joined else []


def holds_answer(text: str, answers: Iterable[str]) -> bool:
    """Whether the words of any accepted answer stand in the text."""
    return any(places(answer, text) for answer in answers)


def _occurrences(joined: str, held: Words) -> Iterator[Span]:
    at = held.joined.find(joined)
    while at >= 0:
        start, end = held.starts.get(at), held.ends.get(at + len(joined))
        if start is not None and end is not None:
            yield Span(start, end)
        at = held.joined.find(joined, at + 1)


def same_sentence(first: Span, second: Span) -> bool:
    """Whether two spans of one article share at least half of the shorter one.

    Sentence boundaries are drawn differently by different hands; a shared quotation mark is no
    hit, a sentence inside a longer quote is.
    """
    shared = min(first.end, second.end) - max(first.start, second.start)
    shorter = min(first.end - first.start, second.end - second.start)
    return shared > 0 and 2 * shared >= shorter
