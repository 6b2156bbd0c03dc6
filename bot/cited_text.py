"""An answer as plain text: the quotes with their numbers, then where each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.own_words import in_marks, told_by
from corpus.article import Article, Span
from retrieval.answer import Answer, Quote

if TYPE_CHECKING:
    from bot.writing.writer import Written

NOT_SAID = "The articles don’t say."
NOT_SAID_IN_THESE = "These articles don’t say."
CONTRADICT = "They contradict each other"
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


def cited_text(
    answer: Answer,
    written: Written | None = None,
    *,
    narrowed: bool = False,
    remarks: Sequence[str] = (),
) -> CitedText:
    """The answer for readers who get one text: chat clients and language models.

    With `written` its sentences stand in place of the bare quotes, as far as they held. `narrowed`
    says that only some articles were asked; `remarks` stand beside the answer's own notes.
    """
    if not answer.answered:
        return _not_said(answer, NOT_SAID_IN_THESE if narrowed else NOT_SAID, remarks)
    pieces: list[str] = [f"{_sides(answer)}\n\n"] if answer.sides else []
    marks: list[tuple[Quote, Span]] = []
    length = sum(map(len, pieces))
    for quote, sentence in _sentences(answer, written):
        piece = f"{sentence}\n\n"
        marks.append((quote, Span(length, length + len(sentence))))
        pieces.append(piece)
        length += len(piece)
    cited = {quote.number: quote for quote, _ in marks}
    sources = [f"[{number}] {origin_line(quote.article)}" for number, quote in cited.items()]
    notes = [*map(str, answer.notes), *remarks, *([written.note] if written else [])]
    return CitedText((*pieces, "\n".join([*sources, *notes])), tuple(marks))


def _not_said(answer: Answer, verdict: str, remarks: Sequence[str]) -> CitedText:
    notes = [f"\n\n{note}" for note in (*answer.notes, *remarks)]
    lines = [f"{in_marks(quote.text)} ({origin_line(quote.article)})" for quote in answer.nearest]
    nearest = [f"\n\n{NEAREST}\n\n" + "\n\n".join(lines)] if lines else []
    return CitedText((verdict, *notes, *nearest), ())


def _sides(answer: Answer) -> str:
    """That speakers contradict each other, and which quotes are whose."""
    sides = [
        f"{side.speaker} {''.join(f'[{number}]' for number in side.quotes)}"
        for side in answer.sides
    ]
    return f"{CONTRADICT}: {', '.join(sides)}."


def _sentences(answer: Answer, written: Written | None) -> list[tuple[Quote, str]]:
    """What is said, sentence by sentence, each with the quote that it holds."""
    if written is not None and written.guarded is not None:
        by_number = {quote.number: quote for quote in answer.quotes}
        return [(by_number[one.citation], one.text) for one in written.guarded.sentences]
    return [
        (quote, f"{teller}: {quoted}" if (teller := told_by(quote)) else quoted)
        for quote in answer.quotes
        for quoted in [f"{in_marks(quote.text)} [{quote.number}]"]
    ]


def origin_line(article: Article) -> str:
    """Title, outlet, date and address, as far as they are known."""
    published = article.published.isoformat() if article.published else None
    return ", ".join(
        part for part in (article.title, article.source, published, article.url) if part
    )
