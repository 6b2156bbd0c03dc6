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

from bot.telegram.database_thread import DatabaseThread
from bot.telegram.inbox import Inbox
from corpus.errors import StoreError

MOST_AT_ONCE = 512
MOST_OF_ONE_CHAT = MOST_AT_ONCE // 8
"""A chat that Telegram slows down may keep what it says waiting for minutes, but nobody else."""

log = structlog.get_logger(__name__)

_Turn = tuple[int | None, int, bool]
"""A chat, a person in it, and whether it is about buttons."""


class NotTaken(NetworkError):
    """An update could not be written down, so Telegram has to deliver it again.

    To the library it looks like a failure of the network: polling then pauses and goes on, without
    confirming what it was given. Anything else raised there would end polling for good.
    """


class DurableQueue(asyncio.Queue[object]):
    """The queue between Telegram and the handlers; an update is written down as it enters."""

    def __init__(self, inbox: Inbox, thread: DatabaseThread) -> None:
        super().__init__()
        self._inbox = inbox
        self._thread = thread

    async def put(self, item: object) -> None:
        """Take an item, unless it is an update that was taken before.

        Raises NotTaken where the disk does not let an update be written down. Who breaks off the
        wait does not keep from the handlers what is written down: it would not come again.
        """
        if isinstance(item, Update):
            await asyncio.shield(self._take(item))
        else:
            await super().put(item)

    async def resume(self, update: Update) -> None:
        """Take an update that an earlier run has written down and not handled."""
        await super().put(update)

    async def _take(self, update: Update) -> None:
        try:
            new = await self._thread.run(self._inbox.take, update)
        except (sqlite3.Error, StoreError) as error:
            log.error("telegram.not_taken", kind=type(error).__name__, reason=str(error))
            raise NotTaken("an update could not be written down") from error
        if new:
            await super().put(update)


class OrderedProcessor(BaseUpdateProcessor):
    """Many chats at once, but the messages of one person in one chat one after the other.

    So a follow-up sees the turn before it. Buttons wait for no message, but those that one person
    presses in one chat for one another; inline queries wait for nothing. Only what has its turn
    counts among those that are handled at once, and no chat has more than its share of these:
    whoever sends or presses hundreds keeps nobody else waiting.
    """

    def __init__(
        self, inbox: Inbox, thread: DatabaseThread, most_at_once: int = MOST_AT_ONCE
    ) -> None:
        # The library counts an update before its turn has come, so here it counts none.
        super().__init__(sys.maxsize)
        self._slots = asyncio.Semaphore(most_at_once)
        self._inbox = inbox
        self._thread = thread
        self._turns: WeakValueDictionary[_Turn, asyncio.Lock] = WeakValueDictionary()
        self._shares: WeakValueDictionary[int, asyncio.Semaphore] = WeakValueDictionary()
        self._postponed: set[int] = set()

    def postpone(self, update_id: int) -> None:
        """Leave an update for the next start: Telegram could not be reached to answer it."""
        self._postponed.add(update_id)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update, then forget it."""
        if not isinstance(update, Update):
            await coroutine
            return
        async with self._turn_of(update), self._share_of(update), self._slots:
            await coroutine
        if update.update_id in self._postponed:
            self._postponed.discard(update.update_id)
        else:
            await self._thread.run(self._inbox.finish, update.update_id)

    def _turn_of(self, update: Update) -> asyncio.Lock:
        """What goes on one after the other. An inline query, or a post of nobody, has its own."""
        chat, user = update.effective_chat, update.effective_user
        if user is None or (chat is None and update.callback_query is None):
            return asyncio.Lock()
        pressed = update.callback_query is not None
        turn = (chat.id if chat else None, user.id, pressed)
        return self._turns.setdefault(turn, asyncio.Lock())

    def _share_of(self, update: Update) -> asyncio.Semaphore:
        """How many of one chat are handled at once."""
        chat = update.effective_chat
        share = asyncio.Semaphore(MOST_OF_ONE_CHAT)
        return share if chat is None else self._shares.setdefault(chat.id, share)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""
