"""Files that people send, as Telegram hands them over."""

from __future__ import annotations

import asyncio

import structlog
from telegram import Bot
from telegram.error import BadRequest, NetworkError

WAITS_SECONDS = (1.0, 4.0)
"""So long is waited before each further attempt."""

log = structlog.get_logger(__name__)


async def received(bot: Bot, file_id: str) -> bytes:
    """What is in a file. A download that breaks off is begun again.

    Raises BadRequest where Telegram refuses to hand it over, NetworkError where it cannot be
    reached, InvalidToken where it no longer has the file.
    """
    for wait in WAITS_SECONDS:
        try:
            return await _downloaded(bot, file_id)
        except BadRequest:
            raise
        except NetworkError as error:
            log.warning(
                "telegram.download_broken", kind=type(error).__name__, again_in_seconds=wait
            )
            await asyncio.sleep(wait)
    return await _downloaded(bot, file_id)


async def _downloaded(bot: Bot, file_id: str) -> bytes:
    source = await bot.get_file(file_id)
    return bytes(await source.download_as_bytearray())
