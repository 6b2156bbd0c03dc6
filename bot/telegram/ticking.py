"""A line that says how long something has been going on, so that a wait is seen to be one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.telegram.render import rendered
from bot.telegram.rich_text import plain
from bot.telegram.sending import edit

log = structlog.get_logger(__name__)

EVERY_SECONDS = 4.0

Line = Callable[[int], str]
"""What to say after so many seconds."""


@asynccontextmanager
async def ticking(
    bot: Bot, chat: int, message_id: int, line: Line, *, every: float = EVERY_SECONDS
) -> AsyncIterator[None]:
    """While the work inside goes on, what `line` gives for the seconds so far, in a message.

    It is said anew `every` so many seconds.
    """
    ended = asyncio.Event()
    task = asyncio.create_task(_tick(bot, chat, message_id, line, every, ended))
    try:
        yield
    finally:
        ended.set()
        # An edit under way must not arrive after the outcome, as one could that is broken off.
        await asyncio.gather(task, return_exceptions=True)


async def _tick(
    bot: Bot, chat: int, message_id: int, line: Line, every: float, ended: asyncio.Event
) -> None:
    begun = time.monotonic()
    while not await _comes(ended, within=every):
        text = line(round(time.monotonic() - begun))
        try:
            await edit(bot, chat, message_id, rendered(plain(text)))
        except TelegramError as refusal:
            log.debug("telegram.progress_refused", kind=type(refusal).__name__)


async def _comes(event: asyncio.Event, *, within: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), within)
    except TimeoutError:
        return False
    return True
