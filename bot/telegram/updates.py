"""The way of an update from Telegram to its handler: written down, in order, once."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

import structlog
from telegram import Update
from telegram.error import NetworkError
from telegram.ext import BaseUpdateProcessor

from bot.telegram.inbox import Inbox
from corpus.errors import StoreError

MOST_AT_ONCE = 512

log = structlog.get_logger(__name__)


class NotTaken(NetworkError):
    """An update could not be written down, so Telegram has to deliver it again.

    To the library it looks like a failure of the network: polling then pauses and goes on, without
    confirming what it was given. Anything else raised there would end polling for good.
    """


class DurableQueue(asyncio.Queue[object]):
    """The queue between Telegram and the handlers; an update is written down as it enters."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox

    async def put(self, item: object) -> None:
        """Take an item, unless it is an update that was taken before.

        Raises NotTaken where the disk does not let an update be written down.
        """
        if isinstance(item, Update) and not self._is_new(item):
            return
        await super().put(item)

    async def resume(self, update: Update) -> None:
        """Take an update that an earlier run has written down and not handled."""
        await super().put(update)

    def _is_new(self, update: Update) -> bool:
        try:
            return self._inbox.take(update)
        except (sqlite3.Error, StoreError) as error:
            log.error("telegram.not_taken", kind=type(error).__name__, reason=str(error))
            raise NotTaken("an update could not be written down") from error


class OrderedProcessor(BaseUpdateProcessor):
    """Many chats at once, but the messages of one person in one chat one after the other.

    So a follow-up sees the turn before it. Buttons and inline queries wait for no message. Only
    what has its turn counts among those that are handled at once: whoever sends hundreds of
    messages keeps nobody else waiting.
    """

    def __init__(self, inbox: Inbox, most_at_once: int = MOST_AT_ONCE) -> None:
        # The library counts an update before its turn has come, so here it counts none.
        super().__init__(sys.maxsize)
        self._slots = asyncio.Semaphore(most_at_once)
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
            async with self._slots:
                await coroutine
        else:
            key = (message.chat_id, user.id)
            turn = self._turns.setdefault(key, asyncio.Lock())
            async with turn, self._slots:
                await coroutine
        if update.update_id in self._postponed:
            self._postponed.discard(update.update_id)
        else:
            self._inbox.finish(update.update_id)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""
