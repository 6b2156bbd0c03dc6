"""Names that are rebound to this machine, so that another site's page reaches the server."""

from __future__ import annotations

import httpx
import pytest

from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.patience import PATIENCE

REBOUND = {"Host": "evil.example:8000", "Origin": "http://evil.example:8000"}


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
