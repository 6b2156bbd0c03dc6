"""Which quotes of an answer come first, before anybody presses "More"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.telegram.notes import renumbered_note, revision
from retrieval.answer import Answer, Quote, Side


def first_shown(answer: Answer, wanted: int) -> tuple[Answer, int]:
    """The answer, and how many of its quotes to show at once: as many as wanted, or more.

    More where else a side were not heard, or a figure shown without the later one that revises
    it. Quotes that revise are moved up and numbered anew: they may be the last that were found.
    """
    count = _with_each_side(answer, wanted)
    newer = _revising(answer, count)
    if not newer:
        return answer, count
    others = [quote for quote in answer.quotes[count:] if quote not in newer]
    return _in_order(answer, [*answer.quotes[:count], *newer, *others]), count + len(newer)


def shown_at_once(answer: Answer, wanted: int) -> tuple[Quote, ...]:
    """The quotes that come first."""
    first, count = first_shown(answer, wanted)
    return first.quotes[:count]


def _with_each_side(answer: Answer, wanted: int) -> int:
    """As many as wanted, but something of each side."""
    return max([wanted, *(min(side.quotes) for side in answer.sides if side.quotes)])


def _revising(answer: Answer, count: int) -> list[Quote]:
    """Quotes after the first ones that revise one of these, or one that is itself moved up."""
    revisions = [pair for note in answer.notes if (pair := revision(note)) is not None]
    first = {quote.number for quote in answer.quotes[:count]}
    moved: set[int] = set()
    while found := {
        newer for newer, older in revisions if older in first | moved and newer not in first | moved
    }:
        moved |= found
    return [quote for quote in answer.quotes[count:] if quote.number in moved]


def _in_order(answer: Answer, quotes: Sequence[Quote]) -> Answer:
    """The answer with its quotes in this order, each numbered by its place."""
    numbers = {quote.number: place for place, quote in enumerate(quotes, start=1)}
    sides = [
        Side(side.speaker, tuple(sorted(numbers[number] for number in side.quotes)))
        for side in answer.sides
    ]
    return replace(
        answer,
        quotes=tuple(replace(quote, number=numbers[quote.number]) for quote in quotes),
        sides=tuple(sides),
        notes=tuple(renumbered_note(note, numbers) for note in answer.notes),
    )
