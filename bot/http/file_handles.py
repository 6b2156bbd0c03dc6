"""Open file handles: room for as many connections as the system grants, and an end to waiting.

Every connection needs one. Where none is left, whoever comes is told so (503) or waits in the
system's queue; both end as soon as others have gone.
"""

from __future__ import annotations

import asyncio
import errno
import resource
import time
from typing import Any

import structlog

RESERVED = 128
"""Handles that are not connections: databases by thread, mapped vectors, models, log, watching."""
FEWEST_CONNECTIONS = 16
ENOUGH = 65_536
SECONDS_BETWEEN_LINES = 60.0
_NONE_LEFT = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)

logger = structlog.get_logger(__name__)


def room_for_connections() -> int:
    """How many connections there is room for, once this process may open as many files as it can.

    Processes usually start with far fewer handles than they may have.
    """
    limit, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if _fewer(limit, ENOUGH):
        limit = ENOUGH if _fewer(ENOUGH, most) else most
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, most))
    room = limit if _fewer(limit, ENOUGH) else ENOUGH
    return max(FEWEST_CONNECTIONS, room - RESERVED)


def _fewer(one: int, other: int) -> bool:
    """Whether a limit is below another; no limit at all is a negative number."""
    return one != resource.RLIM_INFINITY and (other == resource.RLIM_INFINITY or one < other)


class LoopFaults:
    """What an event loop says of faults that nobody waits for.

    A connection that cannot be taken for want of handles is told in one line a minute. asyncio
    tries its whole backlog and reports each time: with a traceback for every one of two thousand
    the loop would be busy for minutes, and nobody answered.
    """

    def __init__(self) -> None:
        self._told_at: float | None = None

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Log one fault."""
        error = context.get("exception")
        if not (isinstance(error, OSError) and error.errno in _NONE_LEFT and "socket" in context):
            loop.default_exception_handler(context)
            return
        now = time.monotonic()
        if self._told_at is None or now - self._told_at >= SECONDS_BETWEEN_LINES:
            self._told_at = now
            logger.warning("connections wait: raise the limit of open files", reason=error.strerror)
