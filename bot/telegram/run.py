"""The bot alone in a process, with long polling."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.leadership import leadership
from bot.telegram.application import TelegramFace
from corpus.errors import TelegramRefused

if TYPE_CHECKING:
    from bot.composition import Parts


def run(parts: Parts) -> None:
    """Answer until SIGINT or SIGTERM; blocks.

    Raises TelegramRefused where Telegram does not accept the token, now or later.
    """
    asyncio.run(_run(parts))


async def _run(parts: Parts) -> None:
    asked_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked_to_stop.set)
    face = TelegramFace(parts, webhook=False)
    try:
        async with folders_followed(parts):
            await face.start()
            waiting = [asyncio.create_task(event.wait()) for event in (asked_to_stop, face.refused)]
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in waiting:
                task.cancel()
    finally:
        await face.stop()
    if face.refused.is_set() and not asked_to_stop.is_set():
        raise TelegramRefused(
            "Telegram no longer accepts the token: copy it again from @BotFather"
            " into ONRECORD_TELEGRAM_TOKEN"
        )


@asynccontextmanager
async def folders_followed(parts: Parts) -> AsyncIterator[None]:
    """Follow the article folders until the end of the block, unless a server does already.

    Whoever closes the parts then waits for the change under way.
    """
    leading = asyncio.create_task(_lead(parts))
    try:
        yield
    finally:
        leading.cancel()
        await asyncio.wait([leading])


async def _lead(parts: Parts) -> None:
    """Follow the folders from when no other process over the data folder does."""
    async with leadership(parts.settings.data, decided=asyncio.Event()):
        parts.librarian.follow()
        await asyncio.Event().wait()
