"""No handle is left to open: others wait or are told so, and are answered once it is over."""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.http.process import served
from tests.patience import PATIENCE
from tests.resilience.asking import BORDER, ask

CONNECTIONS = 80
LEAST_ROOM = 16


@contextmanager
def idle_connections(url: str, number: int) -> Iterator[None]:
    """Connections of somebody who says nothing."""
    place = httpx.URL(url)
    with ExitStack() as held:
        for _ in range(number):
            held.enter_context(
                socket.create_connection((place.host, place.port or 80), timeout=PATIENCE)
            )
        yield


def test_who_finds_no_handle_waits_until_others_have_gone(folder: Path) -> None:
    with served(folder) as running:
        url = running.wait_until_ready()
        assert ask(url, BORDER).status_code == httpx.codes.OK
        handles = Path(f"/proc/{running.process.pid}/fd")
        limit = max(int(handle.name) for handle in handles.iterdir()) + CONNECTIONS // 2
        resource.prlimit(running.process.pid, resource.RLIMIT_NOFILE, (limit, limit))
        with idle_connections(url, CONNECTIONS):
            with pytest.raises(httpx.TimeoutException):
                httpx.get(f"{url}/healthz", timeout=1)
            while not told_to_wait(running.said):
                time.sleep(0.05)
        answered = ask(url, BORDER)
        assert answered.status_code == httpx.codes.OK
        assert "1,084" in answered.json()["quotes"][0]["text"]
    assert len(told_to_wait(running.said)) == 1
    assert running.faults() == ""


def told_to_wait(said: Sequence[str]) -> list[str]:
    """What a server says when it takes no connection any more."""
    return [line for line in said if "connections wait" in line]


def test_who_comes_beyond_the_room_that_the_limit_leaves_is_told_so(folder: Path) -> None:
    """A server that may open few files keeps some for the databases that it answers from."""
    with served(folder, through=["prlimit", "--nofile=100:100"]) as running:
        url = running.wait_until_ready()
        with idle_connections(url, LEAST_ROOM):
            refused = httpx.get(f"{url}/healthz", timeout=PATIENCE)
            assert refused.status_code == httpx.codes.SERVICE_UNAVAILABLE
        assert ask(url, BORDER).status_code == httpx.codes.OK


def test_a_server_takes_all_the_handles_that_it_may_have(folder: Path) -> None:
    with served(folder, through=["prlimit", "--nofile=100:4096"]) as running:
        url = running.wait_until_ready()
        with idle_connections(url, CONNECTIONS * 2):
            assert ask(url, BORDER).status_code == httpx.codes.OK
