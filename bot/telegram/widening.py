"""Questions in which an outlet may have been read that they do not name."""

from __future__ import annotations

from dataclasses import replace

from bot.engine import Engine, Inquiry, Reply
from bot.telegram.limits import Limits
from bot.telegram.question_words import FilteredQuestion
from retrieval.progress import Progress


async def ask_narrow_then_whole(
    engine: Engine, inquiry: Inquiry, question: FilteredQuestion, progress: Progress | None = None
) -> tuple[Reply, Limits]:
    """The reply to a question, and the filters that it was given under.

    Where "from the Sun" was taken for the outlet in vain, the whole question is put to all, and
    the filters tell so.
    """
    limits = question.limits
    narrow = replace(
        inquiry,
        text=question.text,
        since=limits.since,
        until=limits.until,
        sources=limits.sources,
    )
    reply = await engine.ask(narrow, progress)
    if reply.answer.answered or question.whole is None:
        return reply, limits
    whole = replace(narrow, text=question.whole, sources=frozenset())
    told = replace(limits, sources=frozenset(), in_vain=next(iter(limits.sources), ""))
    return await engine.ask(whole, progress), told
