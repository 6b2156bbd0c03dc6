"""Why nothing answers, where more can be said than that the articles do not say."""

from __future__ import annotations

from dataclasses import replace

from bot.engine import Engine
from bot.telegram.limits import Limits
from bot.telegram.texts import Texts
from index.embedding.model_folder import PACKAGED
from index.store import Filter
from retrieval.answer import Answer
from retrieval.notes import NOTHING_MORE
from retrieval.words.question_language import language_of
from retrieval.words.question_terms import content_terms, term_set
from retrieval.words.turn_names import content_words

ENGLISH = "en"
CYRILLIC = frozenset({"ru", "uk", "be"})


def with_near_passages(answer: Answer) -> Answer:
    """The answer without passages that share no word with the question: they are not near."""
    asked = _said_in(answer.standalone_question)
    near = tuple(one for one in answer.nearest if asked & term_set(one.text))
    return replace(answer, nearest=near)


async def silence(answer: Answer, limits: Limits, engine: Engine, texts: Texts) -> str | None:
    """What to say instead of "the articles don't say" and the nearest passages; None: just that."""
    if answer.answered:
        return None
    if NOTHING_MORE in answer.notes:
        return texts.answer.nothing_more
    if limits and (nothing := await _nothing_within(limits, engine, texts)):
        return nothing
    if not _said_in(answer.standalone_question):
        return texts.guide.small_talk
    if await is_in_other_language(language_of(answer.standalone_question), engine):
        return texts.answer.english_only
    return None


async def is_in_other_language(language: str | None, engine: Engine) -> bool:
    """Whether articles are in English, none in this language, and the model reads only English."""
    if language is None or language == ENGLISH:
        return False
    model = ((await engine.status()).embedder_key or "").casefold()
    if not any(name in model for name in PACKAGED):
        return False
    akin = CYRILLIC if language in CYRILLIC else frozenset({language})
    _, readable = await engine.articles(Filter(languages=akin), 0, 1)
    _, english = await engine.articles(Filter(languages=frozenset({ENGLISH})), 0, 1)
    return english > 0 and readable == 0


async def _nothing_within(limits: Limits, engine: Engine, texts: Texts) -> str | None:
    """That no article passes the filters of a question, and what there is instead."""
    where = Filter(since=limits.since, until=limits.until, sources=limits.sources)
    _, passing = await engine.articles(where, 0, 1)
    if passing:
        return None
    rows = await engine.sources()
    kept = [row for row in rows if not limits.sources or row[0] in limits.sources]
    first = min((day for _, _, day, _ in kept if day), default=None)
    last = max((day for _, _, _, day in kept if day), default=None)
    own = texts.answer
    if limits.since and last and last < limits.since:
        return own.nothing_since.format(last=texts.date(last))
    if limits.until and first and first > limits.until:
        return own.nothing_until.format(first=texts.date(first))
    return own.nothing_between


def _said_in(question: str) -> frozenset[str]:
    """The terms of a question that say something."""
    return content_terms(" ".join(content_words(question)))
