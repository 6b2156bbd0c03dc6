"""The double as an HTTP server on the loopback interface."""

from __future__ import annotations

import asyncio
import re
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from tests.telegram.botapi.delivery import Delivery
from tests.telegram.botapi.methods import Methods
from tests.telegram.botapi.parameters import Parameters, read_parameters
from tests.telegram.botapi.refusal import Refusal
from tests.telegram.botapi.world import Call, World

TOKEN = re.compile(r"\d+:[\w-]{30,}")


class BotApi:
    """A Bot API server for one world; it can go away and come back at the same address."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.delivery = Delivery(world)
        self.methods = Methods(world, self.delivery)
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._listener.close()
        self._server: uvicorn.Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        config = uvicorn.Config(
            self._app(),
            host="127.0.0.1",
            port=self.port,
            log_level="error",
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._serving = asyncio.create_task(self._server.serve())
        while not self._server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
            await asyncio.sleep(0.01)

    async def stop(self) -> None:
        self.world.changed()
        if self._server and self._serving:
            self._server.should_exit = True
            self._server.force_exit = True
            await self._serving
            self._server = self._serving = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[BotApi]:
        await self.start()
        try:
            yield self
        finally:
            self.delivery.remove_webhook()
            await self.stop()

    def _app(self) -> FastAPI:
        app = FastAPI(openapi_url=None)
        app.add_api_route("/bot{token}/{method}", self._call, methods=["GET", "POST"])
        app.add_api_route("/file/bot{token}/documents/{file_id}", self._download)
        return app

    async def _call(self, token: str, method: str, request: Request) -> Response:
        given = Parameters()
        try:
            self._check_token(token)
            given = await read_parameters(request)
            fault = self.world.fault(method)
            if fault and not fault.afterwards:
                raise _Broken if fault.refusal is None else fault.refusal
            result = await self.methods.find(method)(given)
            if fault:
                raise _Broken if fault.refusal is None else fault.refusal
        except Refusal as refusal:
            self._note(method, given, refusal.code)
            return JSONResponse(refusal.as_json(), refusal.code)
        except _Broken:
            self._note(method, given, 502)
            return Response("<html>502 Bad Gateway</html>", 502)
        self._note(method, given, 200)
        return JSONResponse({"ok": True, "result": result})

    async def _download(self, token: str, file_id: str) -> Response:
        try:
            self._check_token(token)
        except Refusal as refusal:
            return JSONResponse(refusal.as_json(), refusal.code)
        if file_id not in self.world.files:
            return JSONResponse(Refusal(404).as_json(), 404)
        return Response(self.world.files[file_id][1], media_type="application/octet-stream")

    def _check_token(self, token: str) -> None:
        """A malformed token is not found; a well-formed one that is not ours, unauthorized."""
        if not TOKEN.fullmatch(token):
            raise Refusal(404)
        if token != self.world.token:
            raise Refusal(401)

    def _note(self, method: str, given: Parameters, status: int) -> None:
        self.world.calls.append(Call(method, dict(given), status, time.monotonic()))
        if method != "getUpdates":
            self.world.changed()


class _Broken(Exception):
    """The answer is not the Bot API's but some proxy's."""
