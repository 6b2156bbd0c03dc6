"""What every handler of the bot works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from telegram import Chat, Message, Update, User
from telegram.ext import Application, BaseHandler, ContextTypes

from bot.engine import Engine
from bot.feedback import Feedback
from bot.librarian import Librarian
from bot.settings import Settings
from bot.telegram.access import Access, QuestionLimit
from bot.telegram.albums import Albums
from bot.telegram.confirmations import Confirmations
from bot.telegram.database_thread import DatabaseThread
from bot.telegram.holdings import KnownHoldings
from bot.telegram.inbox import Inbox
from bot.telegram.preferences import Preference, Preferences
from bot.telegram.shown_answers import ShownAnswer, ShownAnswers
from bot.telegram.texts import LANGUAGES, Texts, texts_for

Context = ContextTypes.DEFAULT_TYPE
Bot = Application[Any, Any, Any, Any, Any, Any]
Handler = BaseHandler[Update, Context, Any]


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of the program, and the bot's own memory.

    What is kept on disk (`feedback`, `inbox`, `shown`, `preferences`, `confirmations`) is read and
    written in the `thread`.
    """

    settings: Settings
    engine: Engine
    holdings: KnownHoldings
    librarian: Librarian
    feedback: Feedback
    access: Access
    limit: QuestionLimit
    inline_limit: QuestionLimit
    inbox: Inbox
    shown: ShownAnswers
    preferences: Preferences
    confirmations: Confirmations
    thread: DatabaseThread
    albums: Albums = field(default_factory=Albums)

    async def texts(self, user: User) -> Texts:
        """The texts in the language that the user has chosen, or that Telegram is set to."""
        chosen = (await self.preference(user)).language
        return LANGUAGES[chosen] if chosen in LANGUAGES else texts_for(user.language_code)

    async def quotes_for(self, user: User) -> int:
        """How many quotes the user wants to see first."""
        return (await self.preference(user)).quotes or self.settings.max_quotes

    async def keep(self, shown: ShownAnswer) -> None:
        """Keep an answer for its buttons."""
        await self.thread.run(self.shown.put, shown)

    async def preference(self, user: User) -> Preference:
        """What the user has chosen."""
        return await self.thread.run(self.preferences.get, user.id)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who wrote a message, where, and in which language to answer."""

    user: User
    chat: Chat
    message: Message
    texts: Texts

    @property
    def conversation(self) -> str:
        """The conversation of this person in this chat."""
        return conversation_id(self.user.id, self.chat.id)


def conversation_id(user: int, chat: int) -> str:
    """The name under which a conversation is kept. Those of one user begin alike."""
    return f"telegram:{user}:{chat}"


async def speaker_of(update: Update, services: Services) -> Speaker | None:
    """Who wrote; None for channels and for what Telegram says by itself."""
    user, chat, message = update.effective_user, update.effective_chat, update.effective_message
    if user is None or chat is None or message is None:
        return None
    return Speaker(user, chat, message, await services.texts(user))
