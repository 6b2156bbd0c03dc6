"""What happens to every request before and after its route: plain ASGI, so that streams stream."""

from __future__ import annotations

import math
import re
import time
import uuid

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import metrics
from bot.http.access import Gate
from bot.http.problems import problem_response
from bot.http.rate_limit import RateLimit

UNLIMITED_PATHS = (
    "/healthz",
    "/readyz",
    "/metrics",
    "/page/",
    "/docs",
    "/openapi.json",
    "/telegram/webhook",  # everybody's messages come from the few addresses of Telegram
)
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}

logger = structlog.get_logger(__name__)


class Observed:
    """Gives every request an id, and logs and counts what became of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run one request inside its log context."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        status = 499  # nothing was sent: the client went away

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])  # some give an HTTPStatus, which is logged by name
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        started = time.perf_counter()
        with (
            structlog.contextvars.bound_contextvars(request_id=request_id),
            metrics.REQUESTS_IN_FLIGHT.track_inprogress(),
        ):
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                _record(scope, status, time.perf_counter() - started)


def _record(scope: Scope, status: int, seconds: float) -> None:
    """Routes are named by their pattern, so that neither logs nor metrics hold ids or questions."""
    route = getattr(scope.get("route"), "path", None) or "other"
    method = scope["method"] if scope["method"] in _METHODS else "other"
    metrics.REQUESTS.labels(method, route, str(status)).inc()
    metrics.REQUEST_SECONDS.labels(route).observe(seconds)
    logger.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class HeadAsGet:
    """Answers HEAD where GET is answered (RFC 9110, 9.1); the server leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as GET; the server goes by its own scope, which stays."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        asked = {**scope, "method": "GET"}
        try:
            await self._app(asked, receive, send)
        finally:
            scope["route"] = asked.get("route")


class SecureHeaders:
    """Adds the security headers that a response does not already set for itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run one request; its response gets the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class Admission:
    """Finds out who calls, and holds back who calls too often."""

    def __init__(self, app: ASGIApp, gate: Gate, rate_limit: RateLimit) -> None:
        self._app = app
        self._gate = gate
        self._rate_limit = rate_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its caller in the state, or answer 429."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        caller = self._gate.caller(HTTPConnection(scope))
        scope.setdefault("state", {})["caller"] = caller
        if scope["path"] != "/" and not scope["path"].startswith(UNLIMITED_PATHS):
            wait = await self._rate_limit.wait(caller.identity)
            if wait > 0:
                seconds = math.ceil(wait)
                response = problem_response(
                    429,
                    f"too many requests: wait {seconds} second{'' if seconds == 1 else 's'}",
                    {"Retry-After": str(seconds)},
                    path=scope["path"],
                )
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)


class BodyLimit:
    """Refuses bodies that are too large, by their announced and by their real length.

    `upload` is for files, `article` for an article as JSON, which is read as a whole.
    """

    def __init__(self, app: ASGIApp, *, usual: int, article: int, upload: int) -> None:
        self._app = app
        self._usual = usual
        self._article = article
        self._upload = upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on while its body keeps to the limit, or answer 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit, kind = self._usual, ""
        if scope["path"] == "/articles":
            is_form = headers.get("content-type", "").lower().startswith("multipart/form-data")
            limit = self._upload if is_form else min(self._article, self._upload)
            kind = "" if is_form else ", or a file as multipart/form-data"
        detail = f"the body is too large: send at most {limit:,} bytes{kind}"
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > limit:
            response = problem_response(413, detail, {"Connection": "close"}, path=scope["path"])
            await response(scope, receive, send)
            return
        received = 0

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, detail)
            return message

        await self._app(scope, receive_counted, send)
