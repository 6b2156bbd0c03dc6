"""/mcp: the Model Context Protocol over streamable HTTP, behind the same access as asking."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.composition import Parts
from bot.http.access import asking_refused, is_loopback
from bot.http.problems import problem_response
from bot.mcp.server import tool_server
from bot.settings import Settings

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")


class ToolsOverHttp:
    """The tools as an ASGI application. Every request stands for itself; no session is kept."""

    def __init__(self, parts: Parts) -> None:
        server = tool_server(parts)
        server.streamable_http_app(
            stateless_http=True,
            json_response=True,
            transport_security=_transport_security(parts.settings),
        )
        self._sessions = server.session_manager
        self.route = Route("/mcp", self, include_in_schema=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request over where its caller may ask."""
        scope["route"] = self.route  # metrics and log name requests by it
        refused = asking_refused(scope["state"]["caller"])
        if refused is not None:
            refusal = problem_response(
                refused.status, refused.detail, refused.headers, path=scope["path"]
            )
            await refusal(scope, receive, send)
        elif scope["method"] != "POST":
            # GET would keep a stream open for what the server says unasked, which is nothing.
            refusal = problem_response(
                405, "the tools are called by POST", {"Allow": "POST"}, path=scope["path"]
            )
            await refusal(scope, receive, send)
        else:
            await self._sessions.handle_request(scope, receive, send)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While this is entered requests are served."""
        async with self._sessions.run():
            yield


def add_mcp(app: FastAPI, parts: Parts) -> ToolsOverHttp:
    """Attach /mcp."""
    tools = ToolsOverHttp(parts)
    app.router.routes.append(tools.route)
    return tools


def _transport_security(settings: Settings) -> TransportSecuritySettings:
    """On loopback, another site's page must not get in by a name rebound to this machine."""
    if not is_loopback(settings.host) or settings.trusted_proxies or settings.api_keys:
        return TransportSecuritySettings(enable_dns_rebinding_protection=False)
    return TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=[f"{host}:*" for host in LOOPBACK_HOSTS],
        allowed_origins=[f"http://{host}:*" for host in LOOPBACK_HOSTS],
    )
