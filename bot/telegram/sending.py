"""Sending and editing messages, with what Telegram may answer to that."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog
from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter

from bot.telegram.render import RenderedMessage, messages
from bot.telegram.rich_text import plain

log = structlog.get_logger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

UNCHANGED = "message is not modified"
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
DELETED = "message to delete not found"
TOO_OLD = ("query is too old", "query id is invalid")


@dataclass(frozen=True, slots=True)
class Place:
    """Where to write: a chat, a topic in it, and the message that is replied to."""

    chat: int
    topic: int | None = None
    reply_to: int | None = None


def place_of(message: Message, *, reply: bool | None = None) -> Place:
    """Where a message is answered: in groups as a reply to it, in private without."""
    replies = message.chat.type != message.chat.PRIVATE if reply is None else reply
    return Place(
        chat=message.chat_id,
        topic=message.message_thread_id if message.is_topic_message else None,
        reply_to=message.message_id if replies else None,
    )


async def send(
    bot: Bot,
    place: Place,
    wanted: Sequence[RenderedMessage],
    markup: InlineKeyboardMarkup | None = None,
) -> tuple[int, ...]:
    """Send messages in order, the buttons under the last; return their ids."""
    sent: list[int] = []
    for number, message in enumerate(wanted, start=1):
        last = number == len(wanted)
        try:
            result = await _send(bot, place, message, markup if last else None)
        except ChatMigrated as moved:
            place = replace(place, chat=moved.new_chat_id, reply_to=None)
            result = await _send(bot, place, message, markup if last else None)
        sent.append(result.message_id)
    return tuple(sent)


async def say(bot: Bot, place: Place, text: str) -> int:
    """Send a text of our own; the id of its first message."""
    return (await send(bot, place, messages([plain(text)])))[0]


async def send_file(
    bot: Bot, place: Place, name: str, content: bytes, caption: str | None = None
) -> None:
    """Send a file; the caption is a text of ours that Telegram takes."""

    async def send_to(place: Place) -> None:
        await bot.send_document(
            place.chat,
            io.BytesIO(content),
            filename=name,
            caption=plain(caption).text if caption else None,
            message_thread_id=place.topic,
            reply_parameters=_reply(place),
        )

    try:
        await send_to(place)
    except ChatMigrated as moved:
        await send_to(replace(place, chat=moved.new_chat_id, reply_to=None))


async def edit(
    bot: Bot,
    chat: int,
    message_id: int,
    message: RenderedMessage,
    markup: InlineKeyboardMarkup | None = None,
) -> bool:
    """Change a message; False where it is gone. One that says this already is left as it is."""
    try:
        await bot.edit_message_text(
            text=message.text,
            chat_id=chat,
            message_id=message_id,
            entities=message.entities,
            reply_markup=markup,
            link_preview_options=NO_PREVIEW,
        )
    except BadRequest as refusal:
        return _survives(refusal)
    return True


async def edit_buttons(
    bot: Bot, chat: int, message_id: int, markup: InlineKeyboardMarkup | None
) -> bool:
    """Change the buttons under a message; False where it is gone."""
    try:
        await bot.edit_message_reply_markup(
            chat_id=chat, message_id=message_id, reply_markup=markup
        )
    except BadRequest as refusal:
        return _survives(refusal)
    return True


async def delete(bot: Bot, chat: int, message_id: int) -> bool:
    """Delete a message; False where it is too old for that and stays as it is."""
    try:
        await bot.delete_message(chat, message_id)
    except BadRequest as refusal:
        log.info("telegram.not_deleted", reason=refusal.message)
        return DELETED in refusal.message.lower()
    return True


async def acknowledge(
    query: CallbackQuery, text: str | None = None, *, alert: bool = False
) -> None:
    """Stop the waiting mark on a button. After a while Telegram takes no answer any more.

    Where Telegram cannot be reached the mark goes on: what the button does is worth more.
    """
    try:
        await query.answer(text, show_alert=alert)
    except BadRequest as refusal:
        if not any(sign in refusal.message.lower() for sign in TOO_OLD):
            raise
        log.info("telegram.button_too_old")
    except (NetworkError, RetryAfter) as error:
        log.info("telegram.button_not_acknowledged", kind=type(error).__name__)


def _survives(refusal: BadRequest) -> bool:
    """Whether a refused edit leaves the message as wanted (True) or it is gone (False)."""
    reason = refusal.message.lower()
    if UNCHANGED in reason:
        return True
    if any(sign in reason for sign in GONE):
        return False
    raise refusal


async def _send(
    bot: Bot, place: Place, message: RenderedMessage, markup: InlineKeyboardMarkup | None
) -> Message:
    return await bot.send_message(
        chat_id=place.chat,
        text=message.text,
        entities=message.entities,
        reply_markup=markup,
        message_thread_id=place.topic,
        reply_parameters=_reply(place),
        link_preview_options=NO_PREVIEW,
    )


def _reply(place: Place) -> ReplyParameters | None:
    if place.reply_to is None:
        return None
    return ReplyParameters(place.reply_to, allow_sending_without_reply=True)
