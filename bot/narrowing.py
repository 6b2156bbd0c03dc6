"""Questions that were put to some of the articles only."""

from __future__ import annotations

from bot.engine import Engine, Inquiry
from retrieval.answer import Answer


async def missing_outlets(engine: Engine, inquiry: Inquiry, answer: Answer) -> tuple[str, ...]:
    """A remark for each outlet that an unanswered question was narrowed to in vain."""
    if answer.answered or not inquiry.sources:
        return ()
    there = {name.casefold() for name, *_ in await engine.sources() if name}
    missing = sorted(name for name in inquiry.sources if name.casefold() not in there)
    return tuple(f"there is no outlet called “{name}” here" for name in missing)


def is_narrowed(inquiry: Inquiry) -> bool:
    """Whether only some of the articles were asked."""
    return bool(
        inquiry.since
        or inquiry.until
        or inquiry.sources
        or inquiry.languages
        or inquiry.article_ids
    )
