"""Forgetting in time what people asked in Telegram, also where nobody asks any more."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from typing import Protocol

import structlog

from corpus.errors import StoreError

SECONDS_BETWEEN = 3600.0

log = structlog.get_logger(__name__)


class Expiring(Protocol):
    """What the bot keeps for a time only."""

    def drop_expired(self) -> None:
        """Delete what was kept long enough."""


class Forgetful(Protocol):
    """Who remembers conversations for a time only: the engine."""

    async def forget_expired(self) -> None:
        """Forget conversations whose time is over."""


async def keep_house(
    kept: Sequence[Expiring], engine: Forgetful, seconds: float = SECONDS_BETWEEN
) -> None:
    """Drop what has expired, now and every so many seconds, until cancelled."""
    while True:
        for one in kept:
            _tidy(one)
        try:
            await engine.forget_expired()
        except (sqlite3.Error, StoreError) as error:
            _not_tidied(error)
        await asyncio.sleep(seconds)


def _tidy(one: Expiring) -> None:
    """Where one thing cannot be tidied now, the others are."""
    try:
        one.drop_expired()
    except (sqlite3.Error, StoreError) as error:
        _not_tidied(error)


def _not_tidied(error: Exception) -> None:
    """The next time comes; a disk that is full or busy now must not end that."""
    log.warning("telegram.not_tidied", kind=type(error).__name__, reason=str(error))
