"""Names that are rebound to this machine, so that another site's page reaches the server."""

from __future__ import annotations

import httpx
import pytest

from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.patience import PATIENCE

REBOUND = {"Host": "evil.example:8000", "Origin": "http://evil.example:8000"}
NO_NAMES = ("[::1", "[x]", "", "evil.example", "127.0.0.1.evil.example", "localhost.example:80")
OWN_NAMES = (
    "localhost",
    "LOCALHOST:8000",
    "127.0.0.1",
    "127.0.0.2",
    "127.0.0.2:8000",
    "[::1]",
    "[::1]:8000",
)
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def test_a_name_rebound_to_this_machine_does_not_read(client: httpx.Client) -> None:
    """Another site's page in the same browser is of one origin with a server under its name."""
    asked = {"model": "onrecord", "messages": [{"role": "user", "content": "Who?"}]}
    for method, path, body in (
        ("POST", "/ask", {"question": "Who?"}),
        ("GET", "/search?q=border", None),
        ("GET", "/articles", None),
        ("GET", "/index", None),
        ("POST", "/v1/chat/completions", asked),
        ("POST", "/mcp", {}),
    ):
        refused = client.request(method, path, json=body, headers=REBOUND)
        assert refused.status_code == 421, path
        assert "127.0.0.1" in refused.json()["detail"]
        assert client.request(method, path, json=body).status_code != 421
    for name in ("localhost", "localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST"):
        assert client.get("/articles", headers={"Host": name}).status_code == 200


def test_a_proxy_or_a_key_may_ask_by_any_name(
    tmp_path_factory: pytest.TempPathFactory, model: Embedder
) -> None:
    folder = tmp_path_factory.mktemp("proxied")
    with serving(make_parts(folder, model, trusted_proxies=("127.0.0.1",))) as base:
        assert httpx.get(f"{base}/articles", headers=REBOUND, timeout=PATIENCE).status_code == 200
    folder = tmp_path_factory.mktemp("named")
    with serving(make_parts(folder, model, api_keys=("reader-key",))) as base:
        keyed = REBOUND | {"X-API-Key": "reader-key"}
        assert httpx.get(f"{base}/articles", headers=keyed, timeout=PATIENCE).status_code == 200
        keyless = httpx.get(f"{base}/articles", headers=REBOUND, timeout=PATIENCE)
        assert keyless.status_code == 401


def greeted(client: httpx.Client, **headers: str) -> int:
    """The status that somebody gets who greets the tools."""
    accepted = {"Accept": "application/json, text/event-stream"}
    return client.post("/mcp", json=HELLO, headers=accepted | headers).status_code


@pytest.mark.parametrize("name", OWN_NAMES)
def test_the_tools_go_by_every_name_that_the_other_routes_go_by(
    client: httpx.Client, name: str
) -> None:
    assert client.get("/articles", headers={"Host": name}).status_code == 200
    assert greeted(client, Host=name) == 200
    assert greeted(client, Host=name, Origin=f"http://{name}") == 200


@pytest.mark.parametrize("name", NO_NAMES)
def test_the_tools_go_by_no_other_name(client: httpx.Client, name: str) -> None:
    assert client.get("/articles", headers={"Host": name}).status_code == 421
    assert greeted(client, Host=name) == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://[::1", "localhost"])
def test_the_tools_are_not_for_pages_of_other_sites(client: httpx.Client, origin: str) -> None:
    assert greeted(client, Origin=origin) == 403
    assert greeted(client) == 200
