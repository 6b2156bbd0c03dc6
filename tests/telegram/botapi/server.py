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
from starlette.requests import ClientDisconnect

from tests.reserved_port import number_of, reserved_port
from tests.telegram.botapi.delivery import Delivery
from tests.telegram.botapi.methods import Methods
from tests.telegram.botapi.parameters import Parameters, read_parameters
from tests.telegram.botapi.refusal import Refusal
from tests.telegram.botapi.world import Call, World

HUNG_UP = 499
"""The client went away in the middle of its request: nobody reads the answer."""
TOKEN = re.compile(r"\d+:[\w-]{30,}")


class BotApi:
    """A Bot API server for one world; it can go away and come back at the same address."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.delivery = Delivery(world)
        self.methods = Methods(world, self.delivery)
        self._reserved = reserved_port()
        self.port = number_of(self._reserved)
        self.bot_port: socket.socket | None = None
        """Where a bot with a webhook listens, in every life of its process."""
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

    async def end(self) -> None:
        """Stop for good."""
        self.delivery.remove_webhook()
        await self.stop()
        for reserved in (self._reserved, self.bot_port):
            if reserved is not None:
                reserved.close()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[BotApi]:
        await self.start()
        try:
            yield self
        finally:
            await self.end()

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
            await asyncio.sleep(self.world.late.get(method, 0))
            if fault:
                raise _Broken if fault.refusal is None else fault.refusal
        except Refusal as refusal:
            self._note(method, given, refusal.code)
            return JSONResponse(refusal.as_json(), refusal.code)
        except ClientDisconnect:
            self._note(method, given, HUNG_UP)
            return Response(status_code=HUNG_UP)
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
        if self.world.fault("download"):
            return Response("<html>502 Bad Gateway</html>", 502)
        if file_id not in self.world.files:
            return JSONResponse(Refusal(404).as_json(), 404)
        return Response(self.world.files[file_id][1], media_type="application/octet-stream")

    def _check_token(self, token: str) -> None:
        """A malformed token is not found; of one that is not ours Telegram has said either."""
        if not TOKEN.fullmatch(token):
            raise Refusal(404)
        if token != self.world.token:
            raise Refusal(self.world.wrong_token)

    def _note(self, method: str, given: Parameters, status: int) -> None:
        self.world.calls.append(Call(method, dict(given), status, time.monotonic()))
        if method != "getUpdates":
            self.world.changed()


class _Broken(Exception):
    """The answer is not the Bot API's but some proxy's."""
