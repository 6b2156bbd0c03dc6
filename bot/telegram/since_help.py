"""What is amiss with a /since, and how to write one."""

from __future__ import annotations

from datetime import date

from bot.telegram.question_words import FilteredQuestion, time_ahead
from bot.telegram.rich_text import RichText, plain
from bot.telegram.texts import Texts


def since_refusal(
    text: str, question: FilteredQuestion | None, texts: Texts, today: date
) -> RichText:
    """Repeats only what was read as a time, or else the first word: the rest is the question."""
    own = texts.guide
    if question is not None and question.limits.since:
        first = texts.date(question.limits.since)
        return plain(own.since_without_question.format(first=first, written=text))
    if not text:
        return plain(own.since_usage)
    ahead = time_ahead(text, today)
    template = own.since_not_understood if ahead is None else own.since_ahead
    repeated = ahead or text.split(maxsplit=1)[0]
    return plain(template.format(written=repeated) + "\n\n" + own.since_usage)
