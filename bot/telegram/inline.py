"""Inline queries: `@bot question` in any chat offers single quotes to insert."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest
from telegram.ext import InlineQueryHandler

from bot.engine import Inquiry
from bot.telegram.guide import INLINE
from bot.telegram.question_words import read_question
from bot.telegram.render import inline_description, inline_title, messages, quote_block
from bot.telegram.sending import NO_PREVIEW, TOO_OLD
from bot.telegram.services import Context, Handler, Services
from bot.telegram.shown_answers import new_token
from bot.telegram.silences import is_in_other_language
from bot.telegram.small_talk import is_small_talk
from bot.telegram.texts import Texts
from bot.telegram.widening import ask_narrow_then_whole
from index.store import StoredPassage
from retrieval.answer import Answer, Quote
from retrieval.progress import Cancelled
from retrieval.words.question_language import language_of

PAUSE_SECONDS = 0.25
CACHE_SECONDS = 30
MOST_RESULTS = 10


class Typed:
    """Stops the work on a query once the same person has typed on."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._superseded = threading.Event()

    def supersede(self) -> None:
        """There is a newer query."""
        self._superseded.set()

    def retrieved(self, passages: Sequence[StoredPassage]) -> None:
        """Nothing to show before the end."""

    def quoted(self, quote: Quote) -> None:
        """Nothing to show before the end."""

    def check(self) -> None:
        """Raise Cancelled where there is a newer query."""
        if self._superseded.is_set():
            raise Cancelled


class Inline:
    """Answers inline queries, only the last one of each person."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._newest: dict[int, Typed] = {}

    def handlers(self) -> list[Handler]:
        """One."""
        return [InlineQueryHandler(self.typed)]

    async def typed(self, update: Update, context: Context) -> None:
        """A query comes with every key pressed: wait for a pause, then answer the newest."""
        query = update.inline_query
        if query is None:
            return
        user = query.from_user
        texts = await self._services.texts(user)
        if is_small_talk(query.query):
            await self._reply(query, [], texts.guide.inline_hint)
            return
        typed = Typed(update.update_id)
        if other := self._newest.get(user.id):
            # By webhook updates come over several connections, and may overtake one another.
            if other.number > typed.number:
                return
            other.supersede()
        self._newest[user.id] = typed
        try:
            await asyncio.sleep(PAUSE_SECONDS)
            typed.check()
            if self._services.inline_limit.seconds_to_wait(user.id):
                # Not kept: a moment later the same words may be answered.
                await self._reply(query, [], texts.guide.inline_slower, keep_seconds=0)
                return
            answer = await self._ask(query.query, typed)
        except Cancelled:
            return
        finally:
            if self._newest.get(user.id) is typed:
                del self._newest[user.id]
        results = [result for quote in answer.quotes if (result := inline_result(quote, texts))]
        await self._reply(query, results, None if results else await self._nothing(answer, texts))

    async def _nothing(self, answer: Answer, texts: Texts) -> str:
        """What the button says where nothing answers."""
        language = language_of(answer.standalone_question)
        other = await is_in_other_language(language, self._services.engine)
        return texts.guide.inline_english_only if other else texts.guide.inline_nothing

    async def _ask(self, text: str, typed: Typed) -> Answer:
        question = read_question(text, await self._services.holdings.now(), date.today())
        question = replace(question, text=question.text or text)
        inquiry = Inquiry(text=question.text, max_quotes=MOST_RESULTS, history=())
        reply, _ = await ask_narrow_then_whole(self._services.engine, inquiry, question, typed)
        return reply.answer

    async def _reply(
        self,
        query: InlineQuery,
        results: list[InlineQueryResultArticle],
        hint: str | None,
        keep_seconds: int = CACHE_SECONDS,
    ) -> None:
        """Hand over the results. A query that has been typed over takes no answer any more."""
        button = InlineQueryResultsButton(hint, start_parameter=INLINE) if hint else None
        try:
            await query.answer(
                results,
                cache_time=keep_seconds,
                is_personal=True,
                button=button,
            )
        except BadRequest as refusal:
            if not any(sign in refusal.message.lower() for sign in TOO_OLD):
                raise


def inline_result(quote: Quote, texts: Texts) -> InlineQueryResultArticle | None:
    """One quote with its citation; None where it does not fit into one message."""
    rendered = messages([quote_block(quote, texts, numbered=False)])
    if len(rendered) != 1:
        return None
    return InlineQueryResultArticle(
        id=new_token(),
        title=inline_title(quote, texts),
        description=inline_description(quote),
        input_message_content=InputTextMessageContent(
            rendered[0].text, entities=rendered[0].entities, link_preview_options=NO_PREVIEW
        ),
    )
