"""Keeping to Telegram's limits, and trying again where Telegram cannot be reached."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut
from telegram.ext import AIORateLimiter

log = structlog.get_logger(__name__)

# Telegram counts 30 messages in any second. A bucket lets its size through at once and its rate
# besides, so both together must stay below that.
BURST = 3
PER_SECOND = 27
FLOOD_RETRIES = 2
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
STOPPING_SECONDS = 5.0

WORTH_WAITING = frozenset(
    {"sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup", "deleteMessage"}
)

Reply = bool | dict[str, Any] | list[dict[str, Any]]


class PatientLimiter(AIORateLimiter):
    """Waits its turn, waits as long as a 429 says, and outlasts a lost connection.

    A message is sent again until it gets through or the bot stops. Where the connection broke
    after Telegram had taken it, the reader sees it twice: better than never.
    """

    def __init__(self) -> None:
        super().__init__(
            overall_max_rate=BURST,
            overall_time_period=BURST / PER_SECOND,
            max_retries=FLOOD_RETRIES,
        )
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Give up what is being tried again."""
        self._stopping.set()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Reply]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Reply:
        """Carry out one request to the Bot API."""
        wait = FIRST_WAIT_SECONDS
        while True:
            request = super().process_request(
                callback, args, kwargs, endpoint, data, rate_limit_args
            )
            try:
                return await self._unless_stopped(request)
            except BadRequest:
                raise
            except (NetworkError, RetryAfter) as error:
                if endpoint not in WORTH_WAITING or self._stopping.is_set():
                    raise
                log.warning(
                    "telegram.unreachable",
                    method=endpoint,
                    kind=type(error).__name__,
                    again_in_seconds=wait,
                )
                if await self._stopped_within(wait):
                    raise
                wait = min(2 * wait, LONGEST_WAIT_SECONDS)

    async def _unless_stopped(self, request: Coroutine[Any, Any, Reply]) -> Reply:
        """The reply, or TimedOut where the bot stops and the request still waits for its turn.

        A 429 may ask for many minutes, and a stop cannot wait that long: the update is on disk.
        """
        attempt = asyncio.ensure_future(request)
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait((attempt, stopping), return_when=asyncio.FIRST_COMPLETED)
            if not attempt.done():
                await asyncio.wait((attempt,), timeout=STOPPING_SECONDS)
            if not attempt.done():
                raise TimedOut("the bot stops")
            return attempt.result()
        finally:
            stopping.cancel()
            attempt.cancel()

    async def _stopped_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True
