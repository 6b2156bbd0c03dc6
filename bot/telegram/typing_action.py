""" "typing…" while an answer is being made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.telegram.sending import Place

log = structlog.get_logger(__name__)

SHOWN_SECONDS = 4.5
GRACE_SECONDS = 0.3
MOST_AT_ONCE = 10


class Typing:
    """Shows that the bot is at work. In a crowd it is left out, so that answers go first."""

    def __init__(self) -> None:
        self._shown = 0

    @asynccontextmanager
    async def shown(self, bot: Bot, place: Place) -> AsyncIterator[None]:
        """Show it in a chat as long as the work inside takes."""
        if self._shown >= MOST_AT_ONCE:
            yield
            return
        self._shown += 1
        first: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._keep_showing(bot, place, first))
        try:
            yield
            # Arriving after the answer it would be shown for five seconds more.
            await asyncio.wait([first], timeout=GRACE_SECONDS)
        finally:
            task.cancel()
            self._shown -= 1

    async def _keep_showing(self, bot: Bot, place: Place, first: asyncio.Future[None]) -> None:
        try:
            while True:
                await bot.send_chat_action(place.chat, ChatAction.TYPING, place.topic)
                _settle(first)
                await asyncio.sleep(SHOWN_SECONDS)
        except TelegramError as refusal:
            log.debug("telegram.typing_refused", kind=type(refusal).__name__)
        finally:
            _settle(first)


def _settle(first: asyncio.Future[None]) -> None:
    """The first request is through, one way or the other."""
    if not first.done():
        first.set_result(None)
