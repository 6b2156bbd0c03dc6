"""/mcp: the Model Context Protocol over streamable HTTP, behind the same access as asking."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.composition import Parts
from bot.http.access import Caller, asking_refused
from bot.http.problems import Problem, problem_response
from bot.mcp.server import tool_server


class ToolsOverHttp:
    """The tools as an ASGI application. Every request stands for itself; no session is kept."""

    def __init__(self, parts: Parts) -> None:
        server = tool_server(parts)
        server.streamable_http_app(
            stateless_http=True,
            json_response=True,
            # Names are checked as everywhere here, by the gate; the library knows only a few.
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        self._sessions = server.session_manager
        self.route = Route("/mcp", self, include_in_schema=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request over where its caller may ask."""
        scope["route"] = self.route  # metrics and log name requests by it
        refused = _refused(scope["state"]["caller"])
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


def _refused(caller: Caller) -> Problem | None:
    """Why a caller may not use the tools; None where they may.

    The protocol wants the Origin of every request looked at, not only that of changes.
    """
    refused = asking_refused(caller)
    if refused is None and not caller.from_own_page:
        return Problem(403, "a page of another site may not use the tools of this machine")
    return refused
