"""Keeping to Telegram's limits, and trying again where Telegram cannot be reached."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import structlog
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut
from telegram.ext import AIORateLimiter

log = structlog.get_logger(__name__)

# Telegram counts 30 messages in any second, and 20 in any minute of a group. A bucket lets its size
# through at once and its rate besides, so both together must stay below that.
BURST = 3
PER_SECOND = 27
GROUP_BURST = 5
GROUP_PER_MINUTE = 14
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
LONGEST_FLOOD_SECONDS = 3600.0
"""A 429 may ask for more; then the request is tried again before."""
STOPPING_SECONDS = 5.0

WORTH_WAITING = frozenset(
    {
        "sendMessage",
        "sendDocument",
        "editMessageText",
        "editMessageReplyMarkup",
        "deleteMessage",
        "getFile",
    }
)

Reply = bool | dict[str, Any] | list[dict[str, Any]]


class PatientLimiter(AIORateLimiter):
    """Waits its turn, waits as long as a 429 says, and outlasts a lost connection.

    A message is sent again until it gets through or the bot stops. Where the connection broke
    after Telegram had taken it, the reader sees it twice: better than never. A 429 holds up the
    chat that it was for and no other: Telegram limits each chat by itself.
    """

    def __init__(self) -> None:
        super().__init__(
            overall_max_rate=BURST,
            overall_time_period=BURST / PER_SECOND,
            group_max_rate=GROUP_BURST,
            group_time_period=60 * GROUP_BURST / GROUP_PER_MINUTE,
            # The library's own retries would hold up the requests of all chats.
            max_retries=0,
        )
        self._stopping = asyncio.Event()
        self._quiet_until: dict[str, float] = {}

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
        patience = FIRST_WAIT_SECONDS
        chat = str(data.get("chat_id", ""))
        while True:
            await self._end_of_quiet(chat)
            request = super().process_request(
                callback, args, kwargs, endpoint, data, rate_limit_args
            )
            try:
                return await self._unless_stopped(request)
            except BadRequest:
                raise
            except (NetworkError, RetryAfter) as error:
                if isinstance(error, RetryAfter):
                    wait = self._keep_quiet(chat, error)
                else:
                    wait, patience = patience, min(2 * patience, LONGEST_WAIT_SECONDS)
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

    def _keep_quiet(self, chat: str, refusal: RetryAfter) -> float:
        """Note that nothing may be sent to a chat for as long as a 429 says; how many seconds."""
        asked = refusal.retry_after
        seconds = asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
        seconds = min(seconds, LONGEST_FLOOD_SECONDS)
        now = asyncio.get_running_loop().time()
        current = {one: until for one, until in self._quiet_until.items() if until > now}
        self._quiet_until = {**current, chat: now + seconds} if chat else current
        return seconds

    async def _end_of_quiet(self, chat: str) -> None:
        """Wait until a chat may be written to. Raises TimedOut where the bot stops before."""
        while (until := self._quiet_until.get(chat)) is not None:
            left = until - asyncio.get_running_loop().time()
            if left <= 0:
                return
            if await self._stopped_within(left):
                raise TimedOut("the bot stops")

    async def _unless_stopped(self, request: Coroutine[Any, Any, Reply]) -> Reply:
        """The reply, or TimedOut where the bot stops and the request still waits for its turn.

        In a busy group that may take minutes, and a stop cannot wait that long: the update is on
        disk.
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
