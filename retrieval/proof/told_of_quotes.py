"""What an answer says about a quote beside its words, held against the stored article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from corpus.article import Article
from index.store import StoreReader
from retrieval.proof.told_speakers import misattributed

_ENDING = frozenset(".!?…。！？؟।۔")
_MARKS = "”“»«’‘\"')]"


def altered(
    quote: Mapping[str, Any], start: int, end: int, article: Article, store: StoreReader
) -> str | None:
    """The first thing about a proven quote that the article does not bear out, in one line.

    What the answer does not say is not missed.
    """
    return next(_altered(quote, start, end, article, store), None)


def _altered(
    quote: Mapping[str, Any], start: int, end: int, article: Article, store: StoreReader
) -> Iterator[str]:
    yield from other_article(quote["article"], article)
    before, after = quote.get("before"), quote.get("after")
    if before and not _is_end(before, article.text[:start]):
        yield f"has other words before it: {str(before)[:60]!r}"
    if after and not _is_beginning(after, article.text[end:]):
        yield f"has other words after it: {str(after)[:60]!r}"
    yield from misattributed(quote, start, end, article, store)


def other_article(told: Mapping[str, Any], article: Article) -> Iterator[str]:
    """What is told of an article otherwise than it is stored."""
    stored = {
        "title": article.title,
        "author": article.author,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "language": article.language,
    }
    for field, value in stored.items():
        if field in told and told[field] != value:
            yield f"has article.{field} {str(told[field])[:60]!r}, the store {str(value)[:60]!r}"


def is_cut(start: int, end: int, article: Article, store: StoreReader) -> bool:
    """Whether a quote begins or ends inside a sentence: what is left out may turn its meaning.

    Sentences are those of the index, and what ends as sentences do: an index that was made anew
    may divide an article otherwise than when it was quoted.
    """
    sentences = [
        span for stored in store.neighbours(article.id) for span in stored.passage.sentences
    ]
    text = article.text
    begins = any(start == first for first, _ in sentences) or _at_an_end(text, start)
    ends = any(end == last for _, last in sentences) or _at_an_end(text, end)
    return not begins or not ends


def _at_an_end(text: str, place: int) -> bool:
    """Whether a sentence or a line is over at a place."""
    space = len(text[place:]) - len(text[place:].lstrip())
    before = text[:place].rstrip()
    if not before or not text[place:].strip():
        return True
    if "\n" in text[len(before) : place + space]:
        return True
    if len(before) == place + space:
        return False
    return before.rstrip(_MARKS)[-1:] in _ENDING


def _is_end(told: object, text: str) -> bool:
    return isinstance(told, str) and text.rstrip().endswith(told)


def _is_beginning(told: object, text: str) -> bool:
    return isinstance(told, str) and text.lstrip().startswith(told)
