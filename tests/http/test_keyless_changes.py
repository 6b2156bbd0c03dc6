"""Who may change the collection where there is no admin key: this machine's own user alone."""

from __future__ import annotations

import socket
from typing import Any

import httpx
import pytest

from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.patience import PATIENCE

TEXT = {"title": "Rain in Orle", "text": "It rained for nine days in Orle."}


def status_of(client: httpx.Client, request: str) -> int:
    """The status of a request whose lines are sent as they are, and nothing else."""
    place = client.base_url
    with socket.create_connection((place.host, place.port or 80), timeout=PATIENCE) as connection:
        connection.sendall((request.replace("\n", "\r\n") + "\r\n\r\n").encode())
        return int(connection.recv(4096).split(maxsplit=2)[1])


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_nobody_changes_anything_through_a_proxy_that_tells_nothing(
    changing: httpx.Client, version: str
) -> None:
    """As nginx passes on what strangers send, if it is told no more than where to."""
    host = f"Host: {changing.base_url.netloc.decode()}\nConnection: close"
    [first, *_] = changing.get("/articles").json()["articles"]
    refused = {"1.0": 401, "1.1": 204}[version]
    removed = status_of(changing, f"DELETE /articles/{first['id']} HTTP/{version}\n{host}")
    assert removed == refused
    assert status_of(changing, f"GET /articles HTTP/{version}\n{host}") == httpx.codes.OK


@pytest.mark.parametrize("name", ["Via", "X-Forwarded-Proto", "X-Forwarded-For", "Forwarded"])
def test_nobody_changes_anything_through_a_proxy_that_tells_of_itself(
    changing: httpx.Client, name: str
) -> None:
    assert changing.post("/articles", json=TEXT, headers={name: "x"}).status_code == 401
    assert changing.get("/index", headers={name: "x"}).json()["may_change"] is False
    assert changing.get("/index").json()["may_change"] is True


@pytest.mark.parametrize(
    "others", [{"trusted_proxies": ("127.0.0.1",)}, {"api_keys": ("reader-key",)}]
)
def test_where_others_are_expected_a_change_needs_an_admin_key(
    tmp_path_factory: pytest.TempPathFactory, model: Embedder, others: dict[str, Any]
) -> None:
    parts = make_parts(tmp_path_factory.mktemp("others"), model, **others)
    with serving(parts) as base, httpx.Client(base_url=base, timeout=PATIENCE) as client:
        nobody = client.post("/articles", json=TEXT)
        assert nobody.status_code == 401
        assert "ONRECORD_ADMIN_KEYS" in nobody.json()["detail"]
        reader = client.post("/articles", json=TEXT, headers={"X-API-Key": "reader-key"})
        assert reader.status_code in (401, 403)
        assert "ONRECORD_ADMIN_KEYS" in reader.json()["detail"]
        described = client.get("/openapi.json").json()["paths"]
        assert {} not in described["/articles"]["post"]["security"]
