"""Pages of other origins that the settings name: what they may send, read and use."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.http.test_rebinding import greeted
from tests.patience import PATIENCE

READER = "https://reader.example"


@pytest.fixture(scope="module", params=[READER, "*"])
def open_server(
    tmp_path_factory: pytest.TempPathFactory, model: Embedder, request: pytest.FixtureRequest
) -> Iterator[httpx.Client]:
    """A client of a server of this machine that names a page, or every page."""
    parts = make_parts(tmp_path_factory.mktemp("open"), model, cors_origins=(request.param,))
    with serving(parts) as base, httpx.Client(base_url=base, timeout=PATIENCE) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/v1/chat/completions", "authorization,content-type,x-stainless-os,x-stainless-lang"),
        ("/mcp", "content-type,mcp-protocol-version,mcp-session-id"),
        ("/ask", "authorization,x-api-key,x-request-id"),
    ],
)
def test_a_named_page_may_send_what_its_client_sends(
    open_server: httpx.Client, path: str, names: str
) -> None:
    asked = {
        "Origin": READER,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": names,
    }
    allowed = open_server.options(path, headers=asked)
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-headers"] == names
    assert allowed.headers["access-control-allow-origin"] in (READER, "*")
    assert "access-control-allow-credentials" not in allowed.headers


def test_a_named_page_may_read_what_a_client_needs(open_server: httpx.Client) -> None:
    shown = open_server.get("/articles", headers={"Origin": READER})
    exposed = {name.strip() for name in shown.headers["access-control-expose-headers"].split(",")}
    assert {"X-Request-Id", "Retry-After", "Location"} <= exposed


def test_a_named_page_may_use_the_tools(open_server: httpx.Client) -> None:
    assert greeted(open_server, Origin=READER) == 200


def test_a_named_page_changes_nothing(open_server: httpx.Client) -> None:
    refused = open_server.post("/index", headers={"Origin": READER})
    assert refused.status_code == 401


def test_what_no_setting_names_stays_outside(
    tmp_path_factory: pytest.TempPathFactory, model: Embedder
) -> None:
    parts = make_parts(tmp_path_factory.mktemp("other"), model, cors_origins=(READER,))
    with serving(parts) as base, httpx.Client(base_url=base, timeout=PATIENCE) as client:
        for origin in ("https://evil.example", f"{READER}.evil.example", "null"):
            assert greeted(client, Origin=origin) == 403
