"""What an article is, and the places in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points of `Article.text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters that the span covers in `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """One document as it was cleaned at import. `text` is final: nothing changes it afterwards.

    What is unknown is None, never guessed.
    """

    id: str
    title: str
    text: str
    content_hash: str
    author: str | None = None
    source: str | None = None
    published: date | None = None
    updated: date | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one article. The passages of an article tile its text.

    `sentences` are trimmed of surrounding white space, in order, inside the passage, and in
    code points of the article (not of the passage). A passage of white space has none.
    """

    start: int
    end: int
    sentences: tuple[Span, ...]


def content_hash(title: str, text: str) -> str:
    """SHA-256 (hex) of title and text: the version of an article that a quote belongs to."""
    digest = hashlib.sha256()
    for part in (title, "\x00", text):
        digest.update(part.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
