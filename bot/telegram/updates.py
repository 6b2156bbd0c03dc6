"""The way of an update from Telegram to its handler: written down, in order, once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram.inbox import Inbox

MOST_AT_ONCE = 512


class DurableQueue(asyncio.Queue[object]):
    """The queue between Telegram and the handlers; an update is written down as it enters."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox

    async def put(self, item: object) -> None:
        """Take an item, unless it is an update that was taken before."""
        if isinstance(item, Update) and not self._inbox.take(item):
            return
        await super().put(item)

    async def resume(self, update: Update) -> None:
        """Take an update that an earlier run has written down and not handled."""
        await super().put(update)


class OrderedProcessor(BaseUpdateProcessor):
    """Many chats at once, but the messages of one person in one chat one after the other.

    So a follow-up sees the turn before it. Buttons and inline queries wait for nothing.
    """

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(MOST_AT_ONCE)
        self._inbox = inbox
        self._turns: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()
        self._postponed: set[int] = set()

    def postpone(self, update_id: int) -> None:
        """Leave an update for the next start: Telegram could not be reached to answer it."""
        self._postponed.add(update_id)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update, then forget it."""
        if not isinstance(update, Update):
            await coroutine
            return
        message, user = update.effective_message, update.effective_user
        if message is None or user is None or update.callback_query:
            await coroutine
        else:
            key = (message.chat_id, user.id)
            turn = self._turns.setdefault(key, asyncio.Lock())
            async with turn:
                await coroutine
        if update.update_id in self._postponed:
            self._postponed.discard(update.update_id)
        else:
            self._inbox.finish(update.update_id)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""
