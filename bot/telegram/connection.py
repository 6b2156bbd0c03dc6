"""The HTTP connections to the Bot API."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram.request import HTTPXRequest

POLLING_CONNECTIONS = 2
ANSWERING_CONNECTIONS = 64
CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
UPLOAD_SECONDS = 60.0
QUEUE_SECONDS = 60.0
REVOKED = (401, 404)


class WatchedRequest(HTTPXRequest):
    """Asks for updates, and notices when the token is no longer accepted."""

    def __init__(self, refused: asyncio.Event) -> None:
        super().__init__(
            connection_pool_size=POLLING_CONNECTIONS,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            pool_timeout=QUEUE_SECONDS,
        )
        self._refused = refused

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Carry out one request."""
        code, payload = await super().do_request(*args, **kwargs)
        if code in REVOKED:
            self._refused.set()
        return code, payload


def answering_request() -> HTTPXRequest:
    """For everything but getUpdates."""
    return HTTPXRequest(
        connection_pool_size=ANSWERING_CONNECTIONS,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        write_timeout=READ_SECONDS,
        pool_timeout=QUEUE_SECONDS,
        media_write_timeout=UPLOAD_SECONDS,
    )
