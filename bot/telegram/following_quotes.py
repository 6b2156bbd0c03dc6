"""The quotes that "More" brings: an answer of their own, below the one that was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.telegram.notes import named_quotes
from bot.telegram.shown_answers import ShownAnswer, new_token
from retrieval.answer import Quote


def following_quotes(shown: ShownAnswer, quotes: Sequence[Quote], wanted: int) -> ShownAnswer:
    """Those of the quotes not shown yet that may be shown, and the notes not told yet.

    A note that speaks of a quote which may not be shown is never told.
    """
    told = shown.visible.notes
    rest = shown.answer.quotes[shown.shown :]
    withheld = {quote.number for quote in rest} - {quote.number for quote in quotes}
    notes = tuple(
        note
        for note in shown.answer.notes
        if note not in told and not named_quotes(note) & withheld
    )
    return replace(
        shown,
        token=new_token(),
        asked_in=None,
        shown_in=(),
        shown=wanted,
        answer=replace(shown.answer, quotes=tuple(quotes), sides=(), notes=notes),
        in_context=False,
        voted=None,
    )
