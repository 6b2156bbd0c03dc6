"""A reverse proxy on loopback that serves a server below a folder, as nginx does by

location /onrecord/ { proxy_pass http://127.0.0.1:8000/; }
"""

from __future__ import annotations

import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from tests.patience import PATIENCE

FOLDER = "/onrecord/"
METHODS = ["GET", "POST", "DELETE"]
OF_ONE_CONNECTION = {"connection", "keep-alive", "transfer-encoding"}


@contextmanager
def proxied(server: str) -> Iterator[str]:
    """The address below which a server is served, until the end of the block."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    proxy = uvicorn.Server(uvicorn.Config(_proxy(server), log_config=None))
    listening.listen()
    thread = threading.Thread(target=proxy.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}{FOLDER}"
    finally:
        proxy.should_exit = True
        thread.join()
        listening.close()


def _proxy(server: str) -> Starlette:
    @asynccontextmanager
    async def client(app: Starlette) -> AsyncIterator[None]:
        async with httpx.AsyncClient(base_url=server, timeout=PATIENCE) as one:
            app.state.client = one
            yield

    route = Route(FOLDER + "{rest:path}", _pass_on, methods=METHODS)
    return Starlette(routes=[route], lifespan=client)


async def _pass_on(request: Request) -> Response:
    """Everything as it is, but the folder off the path, and the Host of the server."""
    client: httpx.AsyncClient = request.app.state.client
    path = request.scope["raw_path"].decode().removeprefix(FOLDER)
    query = request.scope["query_string"].decode()
    sent = client.build_request(
        request.method,
        f"/{path}?{query}" if query else f"/{path}",
        headers=[one for one in request.headers.items() if one[0] != "host"],
        content=await request.body(),
    )
    received = await client.send(sent, stream=True)
    headers = {
        name: value for name, value in received.headers.items() if name not in OF_ONE_CONNECTION
    }
    return StreamingResponse(
        received.aiter_raw(),
        received.status_code,
        headers,
        background=BackgroundTask(received.aclose),
    )
