"""Small made-up articles, cut into sentences line by line."""

from __future__ import annotations

from corpus.article import Span
from retrieval.attribution.speakers import Attribution, attribute

PARAGRAPH = "¶"


def article(*sentences: str) -> tuple[str, list[Span]]:
    """A text with its sentences; a sentence that starts with ¶ opens a paragraph."""
    text = ""
    spans: list[Span] = []
    for sentence in sentences:
        opens = sentence.startswith(PARAGRAPH)
        plain = sentence.removeprefix(PARAGRAPH)
        if text:
            text += "\n\n" if opens else " "
        spans.append(Span(len(text), len(text) + len(plain)))
        text += plain
    return text, spans


def spoken(*sentences: str) -> list[Attribution | None]:
    """Who speaks in each sentence of an article."""
    text, spans = article(*sentences)
    return attribute(text, spans)


def speaker_of(sentence: str) -> str | None:
    """Who speaks in a sentence that stands alone."""
    (found,) = spoken(sentence)
    return found.speaker if found else None
