"""An answer as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.cited_text import CONTRADICT
from bot.own_words import OPENING, in_own_words
from corpus.article import Article
from retrieval.answer import Answer, Quote

INDENT = 4


def show_answer(
    answer: Answer, console: Console | None = None, *, remarks: Sequence[str] = ()
) -> None:
    """Print the quotes with their places, or say that the articles don't say.

    `remarks` stand beside the answer's own notes. Lines are broken for a screen only: in a file or
    a pipe what is searched for may not be torn.
    """
    console = console or Console()
    console.soft_wrap = not console.is_terminal
    if answer.is_reworded:
        console.print(Text(f"Understood as: {answer.standalone_question}", style="dim"))
    if answer.answered:
        _show_quotes(answer, console)
    else:
        console.print(Text("The articles don't say.", style="bold"))
        if answer.nearest:
            console.print(Text("Nearest passages, which may not answer:", style="dim"))
        for near in answer.nearest:
            _show_quote(near, console, "dim")
    for note in (*answer.notes, *remarks):
        console.print(Text(str(note), style="yellow"))
    console.print(
        Text(f"confidence {answer.confidence:.0%} · {answer.took_ms:.0f} ms", style="dim")
    )


def _show_quotes(answer: Answer, console: Console) -> None:
    for quote in answer.quotes:
        _show_quote(quote, console, "")
    if answer.sides:
        console.print(Text(f"{CONTRADICT}:", style="bold cyan"))
    for side in answer.sides:
        numbers = ", ".join(f"[{number}]" for number in side.quotes)
        console.print(Text(f"{side.speaker}: {numbers}", style="cyan"))


def _show_quote(quote: Quote, console: Console, style: str) -> None:
    words = _highlighted(quote, style)
    if not quote.text.startswith(OPENING):
        words = Text("“", style=style) + words + Text("”", style=style)
    console.print(Text(f"[{quote.number}] ", style="bold cyan") + words)
    place = Text(_place(quote), style="dim")
    console.print(Padding.indent(place, INDENT) if console.is_terminal else _indented(place))
    if quote.article.url:
        # Whole even where it is longer than a line, to be copied.
        console.print(_indented(Text(quote.article.url, style="dim")), soft_wrap=True)
    console.print()


def _indented(line: Text) -> Text:
    return Text(" " * INDENT) + line


def _highlighted(quote: Quote, style: str) -> Text:
    text = Text(quote.text, style=style)
    if quote.highlight is not None:
        first = quote.highlight.start - quote.start
        text.stylize("bold underline", first, first + quote.highlight.end - quote.highlight.start)
    return text


def _place(quote: Quote) -> str:
    parts = [_described(quote.article), f"characters {quote.start:,}-{quote.end:,}"]
    if quote.speaker:
        parts.insert(0, f"{'said by' if in_own_words(quote) else 'reporting'} {quote.speaker}")
    parts.append(f"article {quote.article.id}")
    if quote.copies:
        outlets = ", ".join(copy.source or copy.title for copy in quote.copies)
        parts.append(f"also in {outlets}")
    return " · ".join(parts)


def _described(article: Article) -> str:
    outlet = article.source or "outlet unknown"
    published = article.published.isoformat() if article.published else "date unknown"
    return f"{outlet}, {published}, {article.title}"
