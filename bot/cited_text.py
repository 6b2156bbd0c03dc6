"""An answer as plain text: the quotes with their numbers, then where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.article import Article, Span
from retrieval.answer import Answer, Quote

NOT_SAID = "The articles don’t say."
NEAREST = "What comes nearest, without answering:"


@dataclass(frozen=True, slots=True)
class CitedText:
    """`pieces` in order are the text. `marks` has the place of each quote with its number."""

    pieces: tuple[str, ...]
    marks: tuple[tuple[Quote, Span], ...]

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.pieces)


def cited_text(answer: Answer) -> CitedText:
    """The answer for readers who get one text: chat clients and language models."""
    if not answer.answered:
        lines = [f"“{quote.text}” ({origin_line(quote.article)})" for quote in answer.nearest]
        nearest = [f"\n\n{NEAREST}\n\n" + "\n\n".join(lines)] if lines else []
        return CitedText((NOT_SAID, *nearest), ())
    pieces: list[str] = []
    marks: list[tuple[Quote, Span]] = []
    length = 0
    for quote in answer.quotes:
        speaker = f"{quote.speaker}: " if quote.speaker else ""
        piece = f"{speaker}“{quote.text}” [{quote.number}]\n\n"
        marks.append((quote, Span(length, length + len(piece) - 2)))
        pieces.append(piece)
        length += len(piece)
    sources = [f"[{quote.number}] {origin_line(quote.article)}" for quote in answer.quotes]
    return CitedText((*pieces, "\n".join([*sources, *answer.notes])), tuple(marks))


def origin_line(article: Article) -> str:
    """Title, outlet, date and address, as far as they are known."""
    published = article.published.isoformat() if article.published else None
    return ", ".join(
        part for part in (article.title, article.source, published, article.url) if part
    )
