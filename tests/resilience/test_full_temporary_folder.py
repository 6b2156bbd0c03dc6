"""A server of several workers whose temporary folder is full. Each test is a promise."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.http.process import Served, served
from tests.patience import PATIENCE
from tests.resilience.asking import BORDER, ask

WORKERS = 2
ALLOWED = 5
LONG = b"It rained for nine days in Orle. " * 50_000


@pytest.fixture
def running(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Such a server, ready; what it writes for a time only is in a folder of its own."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    limited = {"RATE_LIMIT_PER_MINUTE": str(ALLOWED)}
    with served(folder, "--workers", str(WORKERS), **limited) as server:
        server.wait_until_ready()
        while len(server.children()) < WORKERS or len(counting_files(tmp_path)) < 4 * WORKERS:
            time.sleep(0.05)
        yield server


def counting_files(tmp_path: Path) -> list[Path]:
    """What the workers count in."""
    return list((tmp_path / "temporary").glob("onrecord-*/*.db"))


def fill(server: Served) -> None:
    """No file of any worker may grow from now on."""
    for worker in server.children():
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def test_who_asks_is_answered_and_counted_by_each_worker_alone(running: Served) -> None:
    url = running.url()
    fill(running)
    statuses = [ask(url, BORDER).status_code for _ in range(WORKERS * ALLOWED + 1)]
    assert statuses[0] == httpx.codes.OK
    assert set(statuses) == {httpx.codes.OK, httpx.codes.TOO_MANY_REQUESTS}
    assert statuses.count(httpx.codes.OK) >= ALLOWED
    told = [line for line in running.said if "rate limit not shared" in line]
    assert 1 <= len(told) <= WORKERS
    assert running.faults() == ""


def test_a_long_file_is_refused_with_what_to_do(running: Served) -> None:
    url = running.url()
    fill(running)
    file = {"file": ("rain.txt", LONG)}
    refused = httpx.post(f"{url}/articles", files=file, timeout=PATIENCE)
    assert refused.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert "TMPDIR" in refused.json()["detail"]


def test_what_is_counted_in_has_its_place_on_the_disk(running: Served, tmp_path: Path) -> None:
    """The system ends a process that writes into a hole of a mapped file on a full disk."""
    url = running.url()
    for route in ("/healthz", "/index", "/nowhere"):
        httpx.get(url + route, timeout=PATIENCE)
    for path in counting_files(tmp_path):
        found = path.stat()
        assert found.st_blocks * 512 >= found.st_size, path.name
