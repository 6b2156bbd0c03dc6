"""Forgetting in time what people asked, also where nobody asks any more."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.composition import Parts
from bot.http.dependencies import engine_of
from corpus.errors import StoreError

SECONDS_BETWEEN = 600.0

logger = structlog.get_logger(__name__)


@asynccontextmanager
async def housekeeping(parts: Parts, seconds: float = SECONDS_BETWEEN) -> AsyncIterator[None]:
    """Drop expired conversations every so many seconds until the end of the block."""
    keeping = asyncio.create_task(_keep_house(parts, seconds))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])


async def _keep_house(parts: Parts, seconds: float) -> None:
    while True:
        try:
            await (await engine_of(parts)).forget_expired()
        except StoreError:
            pass  # without an index nobody could ask
        except sqlite3.DatabaseError as error:
            logger.warning("conversations not tidied", reason=str(error))
        await asyncio.sleep(seconds)
