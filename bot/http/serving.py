"""How the HTTP server itself is set up, run and asked to stop."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING, Any

import uvicorn

from bot.http.file_handles import room_for_connections
from corpus.errors import OnRecordError

if TYPE_CHECKING:
    from fastapi import FastAPI

GRACE_SECONDS = 30
"""So long an answer under way may take when the server is asked to stop."""
KEEP_ALIVE_SECONDS = 75
"""So long a connection without requests is kept. Clients usually let go of theirs after 5 seconds;
a server that does so at the same moment loses the request that is just on its way."""


def configuration(app: Any, **further: Any) -> uvicorn.Config:
    """The server's configuration for an application, or with `factory` for what makes one."""
    return uvicorn.Config(
        app,
        loop="bot.http.accepting:AcceptingLoop",
        log_config=None,
        access_log=False,
        server_header=False,
        # Which proxies are believed is a setting of ours; uvicorn would believe every local one.
        proxy_headers=False,
        # Who comes beyond that is told to come again (503).
        limit_concurrency=room_for_connections(),
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        **further,
    )


def run_alone(app: FastAPI, listening: socket.socket) -> None:
    """Serve in this process until SIGINT or SIGTERM, then finish what is in flight and return.

    Raises OnRecordError where the server does not come up.
    """
    asked_to_stop: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        # uvicorn handles both while it serves and raises them again once it has stopped. A stop
        # that somebody asked for is no failure, so then they only leave a trace.
        signal.signal(number, lambda raised, _: asked_to_stop.append(raised))
    server = uvicorn.Server(configuration(app))
    server.run(sockets=[listening])
    if not server.started and not asked_to_stop:
        raise OnRecordError("the server could not start: see the log above, and correct that")
