"""Two front ends, each its own process, over one milvus-lite server that goes and comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.http.process import make_collection, served
from tests.http.tool_use import BORDER
from tests.milvus.lite_server import LiteServer

SECONDS = 120.0
TOKEN = "reader:very-secret-1234"
SETTINGS = {"MILVUS_TIMEOUT_SECONDS": "5", "MILVUS_TOKEN": TOKEN}
LIGHTHOUSE = "The lighthouse of Quellport was lit again on Friday after nine years of darkness."
FERRY = "The ferry to Ostrava Island will carry 380 passengers from next spring."


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[LiteServer]:
    """A server with nothing on it."""
    server = LiteServer(tmp_path / "server")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def folders(tmp_path: Path, model_cache: Path) -> tuple[Path, Path]:
    """A front end with the articles in its folder, and one that has none of its own."""
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        make_collection(folder, model_cache)
    for article in (two / "articles").iterdir():
        article.unlink()
    return one, two


def test_front_ends_share_a_store_and_outlive_its_server(
    own_server: LiteServer, folders: tuple[Path, Path]
) -> None:
    with ExitStack() as opened:
        fronts = []
        clients = []
        for folder in folders:
            front = opened.enter_context(served(folder, STORE=own_server.uri, **SETTINGS))
            fronts.append(front)
            url = front.wait_until_ready()
            clients.append(opened.enter_context(httpx.Client(base_url=url, timeout=120)))
        one, two = clients
        assert eventually(lambda: quotes(one, BORDER))
        add(one, "A lamp by the sea", LIGHTHOUSE)
        assert eventually(lambda: told(two, "When was the lighthouse of Quellport lit?"))
        before = once_quoted(two, BORDER)
        assert "1,084" in before[0]["text"]
        assert eventually(lambda: quotes(one, BORDER) == before)

        own_server.kill()
        for client in clients:
            refused = client.post("/ask", json={"question": BORDER})
            assert refused.status_code == 503
            assert refused.headers["content-type"] == "application/problem+json"
            assert int(refused.headers["retry-after"]) > 0
            assert "see that it runs" in refused.json()["detail"]
            assert client.get("/readyz").status_code == 503
            assert client.get("/healthz").status_code == 200
        own_server.start()
        for client in clients:
            assert eventually(partial(quotes, client, BORDER))
            assert eventually(partial(ready, client))
            assert eventually(partial(same, client, before))

        add(two, "A new boat", FERRY)
        assert eventually(lambda: told(one, "How many passengers will the ferry carry?"))
        assert [front.process.poll() for front in fronts] == [None, None]
    said = "".join(line for front in fronts for line in front.said)
    assert "Traceback" not in said
    assert "very-secret" not in said


def eventually(holds: Callable[[], object]) -> bool:
    """Whether something comes to hold; asked seldom, as each time is work for three processes."""
    limit = time.monotonic() + SECONDS
    while not holds():
        if time.monotonic() > limit:
            return False
        time.sleep(0.5)
    return True


def quotes(client: httpx.Client, question: str) -> list[dict[str, Any]]:
    """What is quoted; nothing where the question is not answered or the store is away."""
    reply = client.post("/ask", json={"question": question})
    found: list[dict[str, Any]] = reply.json()["quotes"] if reply.status_code == 200 else []
    return found


def once_quoted(client: httpx.Client, question: str) -> list[dict[str, Any]]:
    """The first answer that comes in time; the next one may be too late again."""
    limit = time.monotonic() + SECONDS
    while not (found := quotes(client, question)):
        assert time.monotonic() < limit
        time.sleep(0.5)
    return found


def same(client: httpx.Client, before: list[dict[str, Any]]) -> bool:
    return quotes(client, BORDER) == before


def told(client: httpx.Client, question: str) -> bool:
    """Whether one of the articles that were added answers."""
    return any(one["text"] in (LIGHTHOUSE, FERRY) for one in quotes(client, question))


def ready(client: httpx.Client) -> bool:
    return client.get("/readyz").status_code == 200


def add(client: httpx.Client, title: str, text: str) -> None:
    """Again where the store was too slow for its front end; then it may be there already."""
    article = {"title": title, "text": text}
    assert eventually(lambda: client.post("/articles", json=article).status_code in (200, 201))
