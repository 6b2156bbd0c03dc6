"""What a message says to the bot, in its text or in the caption of a picture or a file."""

from __future__ import annotations

from telegram import Bot as TelegramBot
from telegram import Message, MessageEntity


def written(message: Message) -> str:
    """The words of a message."""
    return message.text or message.caption or ""


def addressed_text(message: Message, bot: TelegramBot) -> str | None:
    """What a group message says to the bot, in a mention of it or a reply to it; else None."""
    text = written(message)
    name = f"@{bot.username}".casefold()
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    read = message.parse_entities if message.text else message.parse_caption_entities
    for entity, mention in read(kinds).items():
        ours = mention.casefold() == name or (entity.user and entity.user.id == bot.id)
        if ours:
            return " ".join(text.replace(mention, " ", 1).split())
    replied = replied_to(message)
    return text if replied and is_from(replied, bot) else None


def replied_to(message: Message) -> Message | None:
    """The message that somebody chose to reply to.

    To Telegram everything in a topic of a forum replies to the notice that the topic was created.
    """
    replied = message.reply_to_message
    return replied if replied and replied.forum_topic_created is None else None


def is_inserted(message: Message, bot: TelegramBot) -> bool:
    """Whether a message is a quote that somebody inserted by `@bot question`, not a question."""
    return message.via_bot is not None and message.via_bot.id == bot.id


def is_from(message: Message, bot: TelegramBot) -> bool:
    """Whether the bot wrote a message."""
    return message.from_user is not None and message.from_user.id == bot.id


def after_command(message: Message) -> str:
    """The text after the command."""
    words = (message.text or "").split(maxsplit=1)
    return words[1].strip() if len(words) > 1 else ""
