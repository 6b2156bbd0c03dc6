"""Whom an address stands for, and that they have one allowance however many they take."""

from __future__ import annotations

import httpx
import pytest

from bot.http.subscribers import subscriber_of
from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.patience import PATIENCE


@pytest.mark.parametrize(
    ("address", "subscriber"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_an_address_stands_for_its_line(address: str, subscriber: str) -> None:
    assert subscriber_of(address) == subscriber


def test_a_subscriber_has_one_allowance_whatever_address_it_takes(
    tmp_path_factory: pytest.TempPathFactory, model: Embedder
) -> None:
    parts = make_parts(
        tmp_path_factory.mktemp("subscribers"),
        model,
        trusted_proxies=("127.0.0.1",),
        rate_limit_per_minute=1,
    )
    with serving(parts) as base, httpx.Client(base_url=base, timeout=PATIENCE) as client:
        statuses = [
            client.get("/articles", headers={"X-Forwarded-For": address}).status_code
            for address in ("2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:3::1")
        ]
    assert statuses == [200, 429, 200]
