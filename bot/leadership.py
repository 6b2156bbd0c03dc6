"""Which of the processes over one data folder does what only one may do."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from filelock import FileLock, Timeout

RETRY_SECONDS = 1.0

logger = structlog.get_logger(__name__)


@asynccontextmanager
async def leadership(data: Path, decided: asyncio.Event) -> AsyncIterator[None]:
    """Wait until this process leads, and lead until the end of the block.

    The leader follows the article folders and receives Telegram's updates. It holds a lock that
    the system takes away with the process, so that another follows it whatever it ended of.
    `decided` is set as soon as it is known that another process leads; who enters sets it itself.
    """
    lock = FileLock(data / "leader.lock", thread_local=False)
    while not _taken(lock):
        decided.set()
        await asyncio.sleep(RETRY_SECONDS)
    logger.info("leading", process=os.getpid())
    try:
        yield
    finally:
        lock.release()


def _taken(lock: FileLock) -> bool:
    try:
        Path(lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        return False
    except OSError as error:
        # In a folder that cannot be written there is nothing to lead.
        logger.warning("cannot lead", reason=error.strerror)
        return False
    return True
