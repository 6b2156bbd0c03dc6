"""Questions asked by writing: in private, in groups, by command, and edited afterwards."""

from __future__ import annotations

from dataclasses import replace

import structlog
from telegram import Bot as TelegramBot
from telegram import Message, MessageEntity, Update
from telegram.ext import CommandHandler, MessageHandler, filters

from bot.engine import Inquiry
from bot.telegram.keyboards import answer_keyboard
from bot.telegram.question_words import FilteredQuestion, read_question
from bot.telegram.render import RenderedMessage, answer_messages
from bot.telegram.sending import Place, delete, edit, place_of, say, send
from bot.telegram.services import Context, Handler, Services, Speaker, speaker_of
from bot.telegram.shown_answers import ShownAnswer, new_token
from bot.telegram.typing_action import Typing
from retrieval.answer import Answer

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
        written = filters.TEXT & ~filters.COMMAND
        return [
            CommandHandler("ask", self.ask_command),
            CommandHandler("since", self.since_command),
            CommandHandler("new", self.forget, filters=filters.UpdateType.MESSAGE),
            MessageHandler(written & filters.ChatType.PRIVATE, self.private_text),
            MessageHandler(written & filters.ChatType.GROUPS, self.group_text),
        ]

    async def private_text(self, update: Update, context: Context) -> None:
        """In private everything written is a question."""
        speaker = speaker_of(update, self._services)
        if speaker and speaker.message.text:
            await self._take(update, context, speaker, speaker.message.text)

    async def group_text(self, update: Update, context: Context) -> None:
        """In a group only what is addressed to the bot; otherwise silence."""
        speaker = speaker_of(update, self._services)
        if speaker is None:
            return
        text = addressed_text(speaker.message, context.bot)
        if text:
            await self._take(update, context, speaker, text)

    async def ask_command(self, update: Update, context: Context) -> None:
        """/ask question, or /ask in reply to somebody's message."""
        speaker = speaker_of(update, self._services)
        if speaker is None:
            return
        text = _after_command(speaker.message)
        if not text and (asked := speaker.message.reply_to_message):
            text = asked.text or asked.caption or ""
        if text:
            await self._take(update, context, speaker, text)
        else:
            await say(context.bot, place_of(speaker.message), speaker.texts.guide.ask_usage)

    async def since_command(self, update: Update, context: Context) -> None:
        """/since 2024-06-01 question."""
        speaker = speaker_of(update, self._services)
        if speaker is None:
            return
        text = _after_command(speaker.message)
        question = await self._read(text, dated=True)
        if question.since is None or not question.text:
            await say(context.bot, place_of(speaker.message), speaker.texts.guide.since_usage)
            return
        await self._take(update, context, speaker, text, question)

    async def forget(self, update: Update, context: Context) -> None:
        """/new forgets this person's conversation in this chat."""
        speaker = speaker_of(update, self._services)
        if speaker:
            await self._services.engine.forget(speaker.conversation)
            await say(context.bot, place_of(speaker.message), speaker.texts.guide.forgotten)

    async def _take(
        self,
        update: Update,
        context: Context,
        speaker: Speaker,
        written: str,
        question: FilteredQuestion | None = None,
    ) -> None:
        """Answer a new question, or correct the answer of an edited one."""
        earlier = None
        if update.edited_message:
            earlier = self._services.shown.asked_in(speaker.chat.id, speaker.message.message_id)
            if earlier and earlier.asked == written:
                return
        place = place_of(speaker.message)
        wait = self._services.limit.seconds_to_wait(speaker.user.id)
        if wait:
            refusal = speaker.texts.refusal.slower.format(seconds=int(wait) + 1)
            await say(context.bot, place, refusal)
            return
        async with self._typing.shown(context.bot, place):
            shown = await self._answer(
                speaker, written, question or await self._read(written, dated=False)
            )
        await self._show(context.bot, place, speaker, shown, earlier)

    async def _read(self, text: str, *, dated: bool) -> FilteredQuestion:
        """The question with its filters; outlets are looked up only where one may be named."""
        named = ":" in text
        outlets = [row[0] for row in await self._services.engine.sources()] if named else []
        return read_question(text, outlets, dated=dated)

    async def _answer(
        self, speaker: Speaker, written: str, question: FilteredQuestion
    ) -> ShownAnswer:
        """Ask, and keep what comes back for the buttons."""
        wanted = self._services.quotes_for(speaker.user)
        reply = await self._services.engine.ask(
            Inquiry(
                text=question.text,
                conversation_id=speaker.conversation,
                since=question.since,
                until=question.until,
                sources=question.sources,
                max_quotes=min(wanted + FURTHER_QUOTES, MOST_QUOTES),
            )
        )
        return ShownAnswer(
            token=new_token(),
            user=speaker.user.id,
            chat=speaker.chat.id,
            asked_in=speaker.message.message_id,
            asked=written,
            shown_in=(),
            shown=shown_first(reply.answer, wanted),
            answer=reply.answer,
        )

    async def _show(
        self,
        bot: TelegramBot,
        place: Place,
        speaker: Speaker,
        shown: ShownAnswer,
        earlier: ShownAnswer | None,
    ) -> None:
        """Send the answer, or put it in the place of the one before."""
        messages = answer_messages(shown.visible, speaker.texts)
        markup = answer_keyboard(shown, speaker.texts)
        # Kept before it is sent: nobody can press a button that is not known yet.
        self._services.shown.put(shown)
        if earlier and await _replace(bot, earlier, messages, shown, speaker):
            sent = earlier.shown_in[: len(messages)]
        else:
            sent = await send(bot, place, messages, markup)
        self._services.shown.put(replace(shown, shown_in=sent))
        log.info(
            "telegram.answered",
            answered=shown.answer.answered,
            quotes=len(shown.answer.quotes),
            took_ms=round(shown.answer.took_ms, 1),
        )


async def _replace(
    bot: TelegramBot,
    earlier: ShownAnswer,
    messages: list[RenderedMessage],
    shown: ShownAnswer,
    speaker: Speaker,
) -> bool:
    """Put an answer into the messages of the one before; False where they do not suffice."""
    if len(earlier.shown_in) < len(messages):
        for message_id in earlier.shown_in:
            await delete(bot, earlier.chat, message_id)
        return False
    for number, message in enumerate(messages, start=1):
        markup = answer_keyboard(shown, speaker.texts) if number == len(messages) else None
        if not await edit(bot, earlier.chat, earlier.shown_in[number - 1], message, markup):
            return False
    for message_id in earlier.shown_in[len(messages) :]:
        await delete(bot, earlier.chat, message_id)
    return True


def addressed_text(message: Message, bot: TelegramBot) -> str:
    """What a group message says to the bot: a mention of it or a reply to it; else nothing."""
    text = message.text or ""
    name = f"@{bot.username}".casefold()
    mentions = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    for entity, written in mentions.items():
        ours = written.casefold() == name or (entity.user and entity.user.id == bot.id)
        if ours:
            return " ".join(text.replace(written, " ", 1).split())
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.id == bot.id:
        return text
    return ""


def shown_first(answer: Answer, wanted: int) -> int:
    """How many quotes to show at once: as many as wanted, but something of each side."""
    return max([wanted, *(min(side.quotes) for side in answer.sides if side.quotes)])


def _after_command(message: Message) -> str:
    """The text after the command."""
    words = (message.text or "").split(maxsplit=1)
    return words[1].strip() if len(words) > 1 else ""
