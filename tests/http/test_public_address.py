"""Where links in answers lead: to the page as a reader reaches it, through a proxy too."""

from __future__ import annotations

import httpx
import pytest

from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.patience import PATIENCE

BRIDGE = "How long is the bridge at Zarnow?"
"""Answered by an article that has no address of its own."""


@pytest.mark.parametrize(
    ("proxies", "expected"),
    [
        (("127.0.0.1",), {"/onrecord": "/onrecord/", "/a/b-c/": "/a/b-c/", "//x": "/", "": "/"}),
        ((), {"/onrecord": "/"}),
    ],
)
def test_a_link_leads_to_the_folder_that_a_trusted_proxy_names(
    tmp_path_factory: pytest.TempPathFactory,
    model: Embedder,
    proxies: tuple[str, ...],
    expected: dict[str, str],
) -> None:
    parts = make_parts(tmp_path_factory.mktemp("linked"), model, trusted_proxies=proxies)
    asked = {"model": "onrecord", "messages": [{"role": "user", "content": BRIDGE}]}
    with serving(parts) as base, httpx.Client(base_url=base, timeout=PATIENCE) as client:
        for folder, path in expected.items():
            headers = {"X-Forwarded-Prefix": folder, "Host": "localhost"}
            answered = client.post("/v1/chat/completions", json=asked, headers=headers).json()
            [first, *_] = answered["choices"][0]["message"]["annotations"]
            assert first["url_citation"]["url"].startswith(f"http://localhost{path}?article=")
