"""Errors that nobody foresaw: what whoever asked gets, and what the log says."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator, Mapping, MutableMapping
from typing import Any

import httpx
import pytest
import structlog
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.patience import PATIENCE

READER = "https://reader.example"
GIVEN = "abc-123"


async def fail(request: Request) -> Response:
    """Fails before it has said anything."""
    raise RuntimeError("nobody foresaw this")


async def break_off(request: Request) -> Response:
    """Fails in the middle of what it says."""

    async def part() -> AsyncIterator[bytes]:
        yield b"so far"
        raise RuntimeError("nobody foresaw this")

    return StreamingResponse(part())


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory, model: Embedder) -> Iterator[httpx.Client]:
    """A client of a server with two routes that fail."""
    parts = make_parts(tmp_path_factory.mktemp("failing"), model, cors_origins=(READER,))
    routes = [
        Route("/fails", fail),
        Route("/v1/fails", fail),
        Route("/breaks-off", break_off),
    ]
    with serving(parts, routes) as base, httpx.Client(base_url=base, timeout=PATIENCE) as client:
        yield client


def wait_for(lines: list[MutableMapping[str, Any]], event: str) -> Mapping[str, Any]:
    """The first line of a log with an event: one may be written after the response is read."""
    while True:
        for line in list(lines):
            if line["event"] == event:
                return line
        time.sleep(0.01)


def test_an_unforeseen_error_is_a_response_like_all_others(failing: httpx.Client) -> None:
    """With its id, guarded, and readable for a page that may read the rest."""
    asked = {"X-Request-Id": GIVEN, "Origin": READER}
    refused = failing.get("/fails", headers=asked)
    assert refused.status_code == 500
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["x-request-id"] == GIVEN
    assert refused.headers["x-content-type-options"] == "nosniff"
    assert refused.headers["access-control-allow-origin"] == READER
    assert "X-Request-Id" in refused.json()["detail"]
    chat = failing.get("/v1/fails").json()["error"]
    assert chat["type"] == "server_error"


def test_an_unforeseen_error_is_logged_with_its_id_and_status(failing: httpx.Client) -> None:
    merge = structlog.contextvars.merge_contextvars
    with structlog.testing.capture_logs(processors=[merge]) as lines:
        failing.get("/fails", headers={"X-Request-Id": GIVEN})
        told = wait_for(lines, "request")
    error = wait_for(lines, "unforeseen error")
    assert told["status"] == 500
    assert error["request_id"] == told["request_id"] == GIVEN
    assert error["exc_info"]


def test_what_breaks_off_does_not_look_whole(failing: httpx.Client) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        failing.get("/breaks-off")
    assert failing.get("/healthz").status_code == 200
