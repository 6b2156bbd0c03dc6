"""Forgetting in time what people asked in Telegram, also where nobody asks any more."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from typing import Protocol

import structlog

from bot.telegram.database_thread import DatabaseThread
from corpus.errors import StoreError

SECONDS_BETWEEN = 3600.0
SECONDS_BETWEEN_ERASURES = 10.0
"""Emptying the log of the database writes to the disk: not with every question of a busy hour."""

log = structlog.get_logger(__name__)


class Expiring(Protocol):
    """What the bot keeps for a time only."""

    def drop_expired(self) -> None:
        """Delete what was kept long enough."""


class Forgetful(Protocol):
    """Who remembers conversations for a time only: the engine."""

    async def forget_expired(self) -> None:
        """Forget conversations whose time is over."""


class Leaving(Protocol):
    """What leaves words in the log of its database."""

    @property
    def leaves_words(self) -> bool:
        """Whether words that are no longer kept may stand in the log."""

    def erase_words(self) -> None:
        """Take them out of it, unless another process reads there now."""


async def keep_house(
    kept: Sequence[Expiring],
    engine: Forgetful,
    thread: DatabaseThread,
    seconds: float = SECONDS_BETWEEN,
) -> None:
    """Drop what has expired, now and every so many seconds, until cancelled."""
    while True:
        for one in kept:
            await _tidy(one.drop_expired, thread)
        try:
            await engine.forget_expired()
        except (sqlite3.Error, StoreError) as error:
            _not_tidied(error)
        await asyncio.sleep(seconds)


async def erase_handled(
    inbox: Leaving, thread: DatabaseThread, seconds: float = SECONDS_BETWEEN_ERASURES
) -> None:
    """Take out of the log what handled messages said, every so many seconds, until cancelled."""
    while True:
        if inbox.leaves_words:
            await _tidy(inbox.erase_words, thread)
        await asyncio.sleep(seconds)


async def _tidy(work: Callable[[], None], thread: DatabaseThread) -> None:
    """Where one thing cannot be tidied now, the others are."""
    try:
        await thread.run(work)
    except (sqlite3.Error, StoreError) as error:
        _not_tidied(error)


def _not_tidied(error: Exception) -> None:
    """The next time comes; a disk that is full or busy now must not end that."""
    log.warning("telegram.not_tidied", kind=type(error).__name__, reason=str(error))
