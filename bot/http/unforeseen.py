"""Faults that nobody foresaw: logged with their traceback, and answered as a problem too."""

from __future__ import annotations

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http.problems import problem_response

DETAIL = "something went wrong here; the log has it under the X-Request-Id of this response"

logger = structlog.get_logger(__name__)


class Unforeseen:
    """Answers 500 where whatever is inside fails, as the server's own error page would.

    That page comes from outside of everything: without the id that its text names, without the
    security headers, and unread by a page of another origin.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run one request; what breaks once its response has begun breaks that off."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        except ClientDisconnect:
            return  # nobody is there to be answered
        except Exception:
            if begun:
                raise
            logger.exception("unforeseen error")
            response = problem_response(500, DETAIL, path=scope["path"])
            await response(scope, receive, send)
