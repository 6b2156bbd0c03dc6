"""A real server on loopback, in a thread of the tests' own process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.routing import BaseRoute

from bot.composition import Parts, compose
from bot.http.app import create_app
from bot.http.serving import configuration
from bot.indexing import bring_in_line
from bot.settings import read_settings
from index.embedding.embedder import Embedder
from tests.http.collection import write_articles

ALWAYS_ANSWERS = 0.0
NEVER_ANSWERS = 1.0


def make_parts(folder: Path, model: Embedder, *, index: bool = True, **settings: Any) -> Parts:
    """Parts over a fresh collection in `folder`."""
    articles = folder / "articles"
    write_articles(articles)
    given = {
        "articles": (articles,),
        "data": folder / "data",
        "reader": "none",
        "threshold": ALWAYS_ANSWERS,
        "rate_limit_per_minute": 0,
        **settings,
    }
    parts = compose(read_settings(**given))
    # One model for all tests of a run: loading it again takes seconds.
    vars(parts)["model"] = model
    if index:
        bring_in_line(parts, parts.settings.articles, rebuild=False)
    return parts


@contextmanager
def serving(parts: Parts, routes: Sequence[BaseRoute] = ()) -> Iterator[str]:
    """The base URL of a server of these parts, until the end of the block.

    `routes` are there beside its own.
    """
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    app = create_app(parts)
    app.router.routes.extend(routes)
    server = uvicorn.Server(configuration(app))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise RuntimeError("the server did not start; see its log")
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
        parts.close()


def indexed_again(client: httpx.Client, *, rebuild: bool = False) -> dict[str, Any]:
    """A run of the index, begun and waited for; as it ended."""
    run = client.post("/index", json={"rebuild": rebuild}).headers["location"]
    while True:
        job: dict[str, Any] = client.get(run).json()["job"]
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
