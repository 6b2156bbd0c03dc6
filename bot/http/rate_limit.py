"""How often one caller may ask.

The generic cell rate algorithm (ITU-T I.371): so many requests a minute on average, and as many
in a burst. It keeps one number for a caller: the time at which its allowance will be whole again.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import structlog

CALLERS_REMEMBERED = 50_000
BURST_SECONDS = 60.0
BUSY_SECONDS = 5.0

SCHEMA = """
CREATE TABLE IF NOT EXISTS callers (caller TEXT PRIMARY KEY, whole_at REAL NOT NULL) WITHOUT ROWID
"""

logger = structlog.get_logger(__name__)


class RateLimit(Protocol):
    """Lets a caller's requests pass, or says how long to wait."""

    async def wait(self, caller: str) -> float:
        """0 where the request may pass (and is counted), else the seconds until one may."""


class OwnRateLimit:
    """The limit of a single process, in memory. `per_minute` of 0 is no limit."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = 60.0 / per_minute if per_minute else 0.0
        self._clock = clock
        self._whole_at: dict[str, float] = {}

    async def wait(self, caller: str) -> float:
        """As `wait_seconds`, which takes no time here."""
        return self.wait_seconds(caller)

    def wait_seconds(self, caller: str) -> float:
        """0 where the request may pass (and is counted), else the seconds until one may."""
        if not self._interval:
            return 0.0
        now = self._clock()
        whole_at, wait = _admit(self._whole_at.get(caller, now), now, self._interval)
        if not wait:
            if len(self._whole_at) >= CALLERS_REMEMBERED and caller not in self._whole_at:
                self._forget(now)
            self._whole_at[caller] = whole_at
        return wait

    def _forget(self, now: float) -> None:
        """Drop callers whose allowance is whole; if there are none, those nearest to it."""
        kept = {caller: at for caller, at in self._whole_at.items() if at > now}
        if len(kept) >= CALLERS_REMEMBERED:
            latest = sorted(kept.items(), key=lambda item: item[1])[CALLERS_REMEMBERED // 2 :]
            kept = dict(latest)
        self._whole_at = kept


class SharedRateLimit:
    """One limit for all workers of a server, in a small database that they share.

    `clock` has to run alike in all of them, as the monotonic clock of one machine does. The
    database has a thread of its own: it may have to wait for another worker, or for the disk.
    Where it fails, because the disk is full for instance, each worker has a limit of its own.
    """

    def __init__(
        self, path: Path, per_minute: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._interval = 60.0 / per_minute if per_minute else 0.0
        self._clock = clock
        self._own = OwnRateLimit(per_minute, clock)
        self._has_failed = False
        self._callers = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        # It means nothing after a crash, and each request waits for it.
        self._callers.execute("PRAGMA synchronous = OFF")
        self._callers.execute("PRAGMA journal_mode = WAL")
        self._callers.execute(SCHEMA)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="rate-limit")

    async def wait(self, caller: str) -> float:
        """As `wait_seconds`, off the event loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self.wait_seconds, caller)

    def wait_seconds(self, caller: str) -> float:
        """0 where the request may pass (and is counted), else the seconds until one may."""
        if not self._interval:
            return 0.0
        try:
            return self._wait_together(caller)
        except sqlite3.Error as error:
            if not self._has_failed:
                # Once: of a full disk some requests write and fail, others read and do not.
                self._has_failed = True
                logger.warning(
                    "rate limit not shared with the other workers",
                    reason=str(error),
                    hint="make room in the temporary folder",
                )
            return self._own.wait_seconds(caller)

    def _wait_together(self, caller: str) -> float:
        # The block commits at its end, or takes back what could not be written.
        with self._callers:
            self._callers.execute("BEGIN IMMEDIATE")
            now = self._clock()
            row = self._callers.execute(
                "SELECT whole_at FROM callers WHERE caller = ?", (caller,)
            ).fetchone()
            whole_at, wait = _admit(row[0] if row else now, now, self._interval)
            if not wait:
                if row is None:
                    self._callers.execute("DELETE FROM callers WHERE whole_at < ?", (now,))
                self._callers.execute(
                    "INSERT OR REPLACE INTO callers (caller, whole_at) VALUES (?, ?)",
                    (caller, whole_at),
                )
        return wait

    def close(self) -> None:
        """Let go of the database."""
        self._thread.shutdown()
        self._callers.close()


def _admit(whole_at: float, now: float, interval: float) -> tuple[float, float]:
    """When the allowance will be whole after one more request; and how long that has to wait."""
    then = max(whole_at, now) + interval
    if then - now > BURST_SECONDS + interval / 1000:
        return whole_at, then - now - BURST_SECONDS
    return then, 0.0
