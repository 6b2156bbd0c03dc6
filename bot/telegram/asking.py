"""Questions asked by writing: in private, in groups, by command, and edited afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import structlog
from telegram import Bot as TelegramBot
from telegram import Update
from telegram.ext import CommandHandler, MessageHandler, filters

from bot.engine import Inquiry
from bot.telegram.addressing import (
    addressed_text,
    after_command,
    is_from,
    is_inserted,
    replied_to,
    written,
)
from bot.telegram.first_shown import first_shown, shown_at_once
from bot.telegram.keyboards import answer_keyboard
from bot.telegram.question_words import FilteredQuestion, read_question, read_since
from bot.telegram.render import RenderedMessage, answer_messages, messages, silent_messages
from bot.telegram.replacing import put_in_place
from bot.telegram.sending import Place, place_of, say, send
from bot.telegram.services import Context, Handler, Services, Speaker, speaker_of
from bot.telegram.shown_answers import ShownAnswer, new_token
from bot.telegram.silences import silence, with_near_passages
from bot.telegram.since_help import since_refusal
from bot.telegram.small_talk import is_small_talk
from bot.telegram.typing_action import Typing
from bot.telegram.widening import ask_narrow_then_whole

log = structlog.get_logger(__name__)

FURTHER_QUOTES = 6
MOST_QUOTES = 20


class Asking:
    """Takes questions and shows answers."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._typing = Typing()

    def handlers(self) -> list[Handler]:
        """Commands first, then free text."""
        words = (filters.TEXT & ~filters.COMMAND) | filters.CAPTION
        return [
            CommandHandler("ask", self.ask_command),
            CommandHandler("since", self.since_command),
            CommandHandler("new", self.forget, filters=filters.UpdateType.MESSAGE),
            MessageHandler(words & filters.ChatType.PRIVATE, self.private_text),
            MessageHandler(words & filters.ChatType.GROUPS, self.group_text),
        ]

    async def private_text(self, update: Update, context: Context) -> None:
        """In private everything written is a question."""
        speaker = await speaker_of(update, self._services)
        if speaker is None or is_inserted(speaker.message, context.bot):
            return
        self._services.albums.is_answered(speaker.message)
        if text := written(speaker.message):
            await self._take(update, context, speaker, text)

    async def group_text(self, update: Update, context: Context) -> None:
        """In a group only what is addressed to the bot; otherwise silence."""
        speaker = await speaker_of(update, self._services)
        if speaker is None or is_inserted(speaker.message, context.bot):
            return
        text = addressed_text(speaker.message, context.bot)
        if text is not None:
            await self._ask(update, context, speaker, text)

    async def ask_command(self, update: Update, context: Context) -> None:
        """/ask question, or /ask in reply to somebody's message."""
        speaker = await speaker_of(update, self._services)
        if speaker:
            await self._ask(update, context, speaker, after_command(speaker.message))

    async def _ask(self, update: Update, context: Context, speaker: Speaker, text: str) -> None:
        """Take what was said to the bot; where it is nothing, the message that it replies to."""
        asked = replied_to(speaker.message)
        if not text and asked and not is_from(asked, context.bot):
            text = written(asked)
        if text:
            await self._take(update, context, speaker, text)
        else:
            await say(context.bot, place_of(speaker.message), speaker.texts.guide.ask_usage)

    async def since_command(self, update: Update, context: Context) -> None:
        """/since TIME question: "2024-06-01", "June", "last week"."""
        speaker = await speaker_of(update, self._services)
        if speaker is None:
            return
        text, today = after_command(speaker.message), date.today()
        question = read_since(text, await self._services.holdings.now(), today)
        if question is not None and question.text:
            await self._take(update, context, speaker, text, question)
            return
        refusal = since_refusal(text, question, speaker.texts, today)
        await send(context.bot, place_of(speaker.message), messages([refusal]))

    async def forget(self, update: Update, context: Context) -> None:
        """/new forgets this person's conversation in this chat."""
        speaker = await speaker_of(update, self._services)
        if speaker:
            await self._services.engine.forget(speaker.conversation)
            await say(context.bot, place_of(speaker.message), speaker.texts.guide.forgotten)

    async def _take(
        self,
        update: Update,
        context: Context,
        speaker: Speaker,
        asked: str,
        question: FilteredQuestion | None = None,
    ) -> None:
        """Answer a new question, or correct the answer of an edited one."""
        earlier = None
        if update.edited_message:
            earlier = await self._services.thread.run(
                self._services.shown.asked_in, speaker.chat.id, speaker.message.message_id
            )
            if earlier and earlier.asked == asked:
                return
        place = place_of(speaker.message)
        if is_small_talk(asked):
            if speaker.chat.type == speaker.chat.PRIVATE:
                await say(context.bot, place, speaker.texts.guide.small_talk)
            return
        wait = self._services.limit.seconds_to_wait(speaker.user.id)
        if wait:
            if self._services.limit.is_news(speaker.user.id, wait):
                refusal = speaker.texts.refusal.slower.format(seconds=int(wait) + 1)
                await say(context.bot, place, refusal)
            return
        if question is None:
            question = read_question(asked, await self._services.holdings.now(), date.today())
        most = self._services.settings.max_question_characters
        if max(len(question.text), len(question.whole or "")) > most:
            await say(context.bot, place, speaker.texts.refusal.question_too_long.format(most=most))
            return
        async with self._typing.shown(context.bot, place):
            shown = await self._answer(speaker, asked, question)
            shown, wanted = await self._in_words(speaker, shown)
        await self._show(context.bot, place, speaker, shown, wanted, earlier)

    async def _answer(
        self, speaker: Speaker, asked: str, question: FilteredQuestion
    ) -> ShownAnswer:
        """Ask, and keep what comes back for the buttons."""
        wanted = await self._services.quotes_for(speaker.user)
        inquiry = Inquiry(
            text=question.text,
            conversation_id=speaker.conversation,
            max_quotes=min(wanted + FURTHER_QUOTES, MOST_QUOTES),
            turn=str(speaker.message.message_id),
            shows=lambda answer: shown_at_once(answer, wanted),
        )
        reply, limits = await ask_narrow_then_whole(self._services.engine, inquiry, question)
        answer, count = first_shown(reply.answer, wanted)
        return ShownAnswer(
            token=new_token(),
            user=speaker.user.id,
            chat=speaker.chat.id,
            asked_in=speaker.message.message_id,
            asked=asked,
            shown_in=(),
            shown=count,
            answer=with_near_passages(answer),
            limits=limits,
            language=speaker.texts.code,
            wanted=wanted,
            turn=speaker.message.message_id,
        )

    async def _in_words(
        self, speaker: Speaker, shown: ShownAnswer
    ) -> tuple[ShownAnswer, list[RenderedMessage]]:
        """What the answer says. Where more can be said of a silence, no passage is near it."""
        texts, limits = speaker.texts, shown.limits
        line = await silence(shown.answer, limits, self._services.engine, texts)
        if line is None:
            return shown, answer_messages(shown.visible, texts, limits)
        silent = replace(shown.answer, nearest=())
        return replace(shown, answer=silent), silent_messages(silent, line, texts, limits)

    async def _show(
        self,
        bot: TelegramBot,
        place: Place,
        speaker: Speaker,
        shown: ShownAnswer,
        wanted: list[RenderedMessage],
        earlier: ShownAnswer | None,
    ) -> None:
        """Send the answer, or put it in the place of the one before."""
        markup = answer_keyboard(shown, speaker.texts)
        already = earlier.shown_in if earlier else ()
        async with self._services.shown.lock(shown.token):
            # Kept before it is sent: nobody can press a button that is not known yet.
            await self._services.keep(shown)
            sent = await put_in_place(bot, place, already, wanted, markup)
            await self._services.keep(replace(shown, shown_in=sent))
        log.info(
            "telegram.answered",
            answered=shown.answer.answered,
            quotes=len(shown.answer.quotes),
            took_ms=round(shown.answer.took_ms, 1),
        )
