"""What becomes of an update whose handler fails. The bot itself goes on."""

from __future__ import annotations

import traceback

import structlog
from telegram import Bot as TelegramBot
from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.telegram.sending import acknowledge, place_of, say
from bot.telegram.services import Context, Services
from bot.telegram.troubles import in_words
from bot.telegram.updates import OrderedProcessor
from corpus.errors import OnRecordError, StoreError

log = structlog.get_logger(__name__)


class Faults:
    """Logs what went wrong without a word of what was said, and tells the person who asked."""

    def __init__(self, services: Services, processor: OrderedProcessor) -> None:
        self._services = services
        self._processor = processor

    async def handle(self, update: object, context: Context) -> None:
        """Called with everything that a handler raises."""
        error = context.error
        if error is None:
            return
        place = _place(error)
        if isinstance(error, Forbidden):
            log.info("telegram.not_wanted", kind="Forbidden")
            return
        unreachable = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
        if unreachable or isinstance(error, RetryAfter):
            log.warning("telegram.postponed", kind=type(error).__name__)
            if isinstance(update, Update):
                self._processor.postpone(update.update_id)
            return
        if isinstance(error, StoreError):
            log.error("telegram.store_failed", kind=type(error).__name__, reason=str(error))
        expected = isinstance(error, OnRecordError)
        (log.info if expected else log.error)(
            "telegram.failed", kind=type(error).__name__, where=place
        )
        if isinstance(update, Update):
            await self._tell(update, context.bot, error)

    async def _tell(self, update: Update, bot: TelegramBot, error: Exception) -> None:
        """Say in the chat that it did not work."""
        user, message = update.effective_user, update.effective_message
        if user is None:
            return
        reason = in_words(error, await self._services.texts(user))
        try:
            if update.callback_query:
                await acknowledge(update.callback_query, reason[:200], alert=True)
            elif message:
                await say(bot, place_of(message), reason)
        except TelegramError as again:
            log.warning("telegram.not_told", kind=type(again).__name__)


def _place(error: Exception) -> str:
    """File and line where an error was raised. Its message is left out: it may quote a message."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
