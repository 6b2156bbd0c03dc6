"""Who may ask and change, how often, how much, and what every response carries."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.http.access import Gate, check_exposure, is_loopback
from bot.http.rate_limit import OwnRateLimit, SharedRateLimit
from bot.settings import Settings
from corpus.errors import SettingsError
from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.patience import PATIENCE

TEXT = {"title": "Rain in Orle", "text": "It rained for nine days in Orle."}
QUESTION = {"question": "How long is the border?"}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, model: Embedder) -> Iterator[httpx.Client]:
    """A client of a server with keys, behind a trusted proxy on this machine."""
    parts = make_parts(
        tmp_path_factory.mktemp("guarded"),
        model,
        api_keys=("reader-key", "other-key"),
        admin_keys=("admin-key",),
        trusted_proxies=("127.0.0.1",),
        rate_limit_per_minute=30,
    )
    with serving(parts) as base, httpx.Client(base_url=base, timeout=PATIENCE) as client:
        yield client


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory, model: Embedder) -> Iterator[httpx.Client]:
    """A client of such a server where one request a minute is allowed: on a slow machine too, the
    second comes before the minute is over.
    """
    parts = make_parts(
        tmp_path_factory.mktemp("strict"),
        model,
        api_keys=("other-key",),
        admin_keys=("admin-key",),
        trusted_proxies=("127.0.0.1",),
        rate_limit_per_minute=1,
    )
    with serving(parts) as base, httpx.Client(base_url=base, timeout=PATIENCE) as client:
        yield client


def from_address(address: str, key: str | None = None) -> dict[str, str]:
    """Headers of a request that a proxy passes on."""
    headers = {"X-Forwarded-For": address}
    return headers if key is None else {**headers, "Authorization": f"Bearer {key}"}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "onrecord.example"])
def test_other_machines_are_not_served_without_an_admin_key(host: str) -> None:
    with pytest.raises(SettingsError, match="ONRECORD_ADMIN_KEYS"):
        check_exposure(Settings(host=host))
    check_exposure(Settings(host=host, admin_keys="secret"))  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.8.8"])
def test_this_machine_is_served_without_a_key(host: str) -> None:
    assert is_loopback(host)
    check_exposure(Settings(host=host))


def test_asking_needs_a_key_where_there_are_keys(guarded: httpx.Client) -> None:
    refused = guarded.post("/ask", json=QUESTION, headers=from_address("10.0.0.1"))
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"
    assert refused.headers["content-type"] == "application/problem+json"
    for key in ("reader-key", "other-key", "admin-key"):
        headers = from_address("10.0.0.1", key)
        assert guarded.post("/ask", json=QUESTION, headers=headers).status_code == 200
    by_header = {"X-Forwarded-For": "10.0.0.1", "X-API-Key": "reader-key"}
    assert guarded.get("/search", params={"q": "border"}, headers=by_header).status_code == 200
    for wrong in ("reader-ke", "reader-key2", "", "é"):
        raw = {b"X-Forwarded-For": b"10.0.0.1", b"X-API-Key": wrong.encode()}
        assert guarded.get("/articles", headers=raw).status_code == 401


def test_changing_needs_an_admin_key(guarded: httpx.Client) -> None:
    calls = [("POST", "/articles"), ("DELETE", "/articles/x"), ("POST", "/index")]
    for method, path in calls:
        nobody = guarded.request(method, path, json={}, headers=from_address("10.0.0.2"))
        reader = from_address("10.0.0.2", "reader-key")
        assert nobody.status_code == 401
        assert guarded.request(method, path, json={}, headers=reader).status_code == 403
    admin = from_address("10.0.0.2", "admin-key")
    assert guarded.post("/articles", json=TEXT, headers=admin).status_code == 201


def test_open_routes_stay_open(guarded: httpx.Client) -> None:
    for path in ("/", "/healthz", "/readyz", "/metrics", "/openapi.json", "/docs"):
        assert guarded.get(path).status_code == 200


def test_another_sites_page_changes_nothing(changing: httpx.Client) -> None:
    """A browser sends the Origin, and a rebound name as Host; a proxy says for whom it asks."""
    foreign = [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://[::1"},
        {"Host": "evil.example"},
        {"X-Forwarded-For": "203.0.113.9"},
    ]
    for headers in foreign:
        assert changing.post("/articles", json=TEXT, headers=headers).status_code == 401
    own = {"Origin": str(changing.base_url).rstrip("/")}
    assert changing.post("/articles", json=TEXT, headers=own).status_code == 201


def test_who_asks_too_often_is_told_when_to_come_back(strict: httpx.Client) -> None:
    path, hasty, other = "/articles", from_address("10.0.0.3"), from_address("10.0.0.4")
    first, last = strict.get(path, headers=hasty), strict.get(path, headers=hasty)
    assert first.status_code == 401
    assert last.status_code == 429
    assert 1 <= int(last.headers["retry-after"]) <= 60
    assert last.headers["content-type"] == "application/problem+json"
    assert strict.get(path, headers=other).status_code == 401
    assert strict.get("/healthz", headers=hasty).status_code == 200


def test_a_key_has_one_allowance_wherever_it_is_used(strict: httpx.Client) -> None:
    """And another key behind the same address has its own."""
    statuses = [
        strict.get("/articles", headers=from_address(f"10.0.1.{number}", "other-key")).status_code
        for number in range(2)
    ]
    assert statuses == [200, 429]
    admin = from_address("10.0.1.1", "admin-key")
    assert strict.get("/articles", headers=admin).status_code == 200


def test_nobody_is_believed_where_they_come_from_but_trusted_proxies(
    tmp_path_factory: pytest.TempPathFactory, model: Embedder
) -> None:
    """Else everybody had as many allowances as addresses can be made up."""
    parts = make_parts(tmp_path_factory.mktemp("proxies"), model, rate_limit_per_minute=1)
    with serving(parts) as base, httpx.Client(base_url=base, timeout=PATIENCE) as client:
        statuses = [
            client.get("/articles", headers=from_address(f"10.0.2.{number}")).status_code
            for number in range(2)
        ]
    assert statuses == [200, 429]


def test_keys_are_not_kept() -> None:
    """Only their digests are, which are of one length and compared in constant time."""
    gate = Gate(Settings(api_keys="a-secret-key", admin_keys="another-one"))  # type: ignore[arg-type]
    kept = repr(vars(gate))
    assert "a-secret-key" not in kept
    assert "another-one" not in kept


@given(gaps=st.lists(st.floats(0, 30), min_size=1, max_size=60), workers=st.integers(1, 4))
def test_workers_share_one_limit(gaps: list[float], workers: int) -> None:
    """Whichever worker a request reaches, it passes as if there were one."""
    now = 0.0
    alone = OwnRateLimit(20, clock=lambda: now)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "callers.sqlite"
        shared = [SharedRateLimit(path, 20, clock=lambda: now) for _ in range(workers)]
        for number, gap in enumerate(gaps):
            now += gap
            caller = "even" if number % 3 else "odd"
            waits = shared[number % workers].wait_seconds(caller)
            assert waits == pytest.approx(alone.wait_seconds(caller))
        for one in shared:
            one.close()


@given(
    per_minute=st.integers(1, 600),
    gaps=st.lists(st.floats(0, 30), min_size=1, max_size=200),
)
def test_nobody_gets_more_than_a_burst_and_the_rate(per_minute: int, gaps: list[float]) -> None:
    """In any stretch of time there pass at most its share of the rate and one burst."""
    now = 0.0
    limit = OwnRateLimit(per_minute, clock=lambda: now)
    passed: list[float] = []
    for gap in gaps:
        now += gap
        wait = limit.wait_seconds("somebody")
        if wait == 0:
            passed.append(now)
        else:
            assert wait <= 60 / per_minute + 1e-6
    for first, since in enumerate(passed):
        count = len(passed) - first
        assert count <= (passed[-1] - since) * per_minute / 60 + per_minute + 1


def test_a_limit_of_nothing_is_no_limit() -> None:
    limit = OwnRateLimit(0)
    assert all(limit.wait_seconds("somebody") == 0 for _ in range(1000))


def test_bodies_are_limited_by_what_they_are_not_what_they_say(address: str) -> None:
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        large = b'{"question": "' + b"x" * 1_100_000 + b'"}'
        json = {"Content-Type": "application/json"}
        announced = client.post("/ask", content=large, headers=json)
        assert announced.status_code == 413
        assert announced.headers["content-type"] == "application/problem+json"
        chunked = client.post("/ask", content=iter([large]), headers=json)
        assert chunked.status_code == 413
        assert chunked.headers["content-type"] == "application/problem+json"


def test_a_body_announced_as_too_large_is_not_waited_for(client: httpx.Client) -> None:
    place = client.base_url
    with socket.create_connection((place.host, place.port or 80), timeout=PATIENCE) as connection:
        connection.sendall(
            b"POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 999999999\r\n\r\n"
        )
        assert connection.recv(4096).startswith(b"HTTP/1.1 413")


def test_an_upload_has_a_limit_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, model: Embedder
) -> None:
    parts = make_parts(tmp_path_factory.mktemp("small"), model, max_upload_megabytes=1)
    with serving(parts) as base, httpx.Client(base_url=base, timeout=PATIENCE) as client:
        file = {"file": ("large.txt", b"x" * 1_100_000)}
        assert client.post("/articles", files=file).status_code == 413


def test_every_response_is_guarded(client: httpx.Client) -> None:
    for path in ("/", "/docs", "/articles", "/nowhere", "/page/app.js"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in policy
        assert "'unsafe-eval'" not in policy
        assert "script-src 'unsafe-inline'" not in policy
    policy = client.get("/").headers["content-security-policy"]
    assert "'unsafe-inline'" not in policy
    assert "require-trusted-types-for 'script'" in policy


def test_other_origins_get_in_only_where_the_settings_name_them(
    tmp_path_factory: pytest.TempPathFactory, model: Embedder, client: httpx.Client
) -> None:
    asked = {"Origin": "https://reader.example"}
    assert "access-control-allow-origin" not in client.get("/articles", headers=asked).headers
    folder = tmp_path_factory.mktemp("cors")
    with serving(make_parts(folder, model, cors_origins=("https://reader.example",))) as base:
        named = httpx.get(f"{base}/articles", headers=asked, timeout=PATIENCE)
        assert named.headers["access-control-allow-origin"] == "https://reader.example"
        other = httpx.get(
            f"{base}/articles", headers={"Origin": "https://evil.example"}, timeout=PATIENCE
        )
        assert "access-control-allow-origin" not in other.headers


async def test_a_shared_limit_does_not_hold_up_the_event_loop(tmp_path: Path) -> None:
    """It waits for the database while another worker has it; everything else goes on."""
    path = tmp_path / "callers.sqlite"
    shared = SharedRateLimit(path, 20)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.ensure_future(shared.wait("somebody"))
        await asyncio.sleep(0)  # it has begun, and this goes on
        other.execute("COMMIT")
        assert await waiting == 0
    shared.close()


def test_json_is_not_read_at_the_length_of_a_file(changing: httpx.Client) -> None:
    long = {"title": "Long", "text": "It rained for nine days in Orle. " * 200_000}
    refused = changing.post("/articles", json=long)
    assert refused.status_code == 413
    assert "multipart/form-data" in refused.json()["detail"]
    file = {"file": ("long.txt", b"x" * 5_500_000)}
    assert changing.post("/articles", files=file).status_code != 413
