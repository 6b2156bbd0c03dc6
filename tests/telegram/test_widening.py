"""An outlet that a question may have named: asked first, and where it does not say, all are."""

from __future__ import annotations

from datetime import date

import pytest

from bot.composition import Parts
from bot.engine import Inquiry
from bot.telegram.limits import Limits, read_limits
from bot.telegram.question_words import FilteredQuestion
from bot.telegram.texts import LANGUAGES
from bot.telegram.widening import ask_narrow_then_whole

QUESTION = "How long is the border between Ukraine and Belarus?"
INQUIRY = Inquiry("", history=(), asked=date(2024, 9, 10))
SILENT, TELLING = "Port Essling Gazette", "Borderland Courier"


def narrowed(outlet: str, *, doubtful: bool) -> FilteredQuestion:
    """The question, put to one outlet that may have been named by chance."""
    limits = Limits(since=date(2020, 1, 1), sources=frozenset({outlet}))
    return FilteredQuestion(QUESTION, limits, QUESTION if doubtful else None)


@pytest.mark.asyncio
async def test_an_outlet_that_does_not_say_gives_way_to_all_and_that_is_told(
    sample_parts: Parts,
) -> None:
    question = narrowed(SILENT, doubtful=True)
    reply, limits = await ask_narrow_then_whole(sample_parts.engine, INQUIRY, question)
    assert {quote.article.source for quote in reply.answer.quotes} >= {TELLING}
    assert limits == Limits(since=date(2020, 1, 1), in_vain=SILENT)
    for texts in LANGUAGES.values():
        first, second = limits.in_words(texts).splitlines()
        assert SILENT in first
        assert SILENT not in second
    assert read_limits(limits.written()) == limits


@pytest.mark.asyncio
@pytest.mark.parametrize(("outlet", "doubtful"), [(SILENT, False), (TELLING, True)])
async def test_an_outlet_that_says_or_was_surely_named_is_the_only_one(
    sample_parts: Parts, outlet: str, *, doubtful: bool
) -> None:
    question = narrowed(outlet, doubtful=doubtful)
    reply, limits = await ask_narrow_then_whole(sample_parts.engine, INQUIRY, question)
    assert {quote.article.source for quote in reply.answer.quotes} <= {outlet}
    assert limits == question.limits
