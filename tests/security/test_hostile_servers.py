"""Servers that a link leads to: what they send takes no more time and memory than allowed."""

from __future__ import annotations

import gzip
import threading
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address

import pytest

from corpus.errors import ImportRefused, UnreadableFile
from corpus.links import LinkSettings, fetch
from tests.corpus.sites import serving
from tests.patience import PATIENCE

LOOPBACK = ip_address("127.0.0.1")
HERE = LinkSettings(
    permit=lambda address: address == LOOPBACK,
    resolve=lambda host, port: [LOOPBACK],
    seconds=PATIENCE,
    largest_page=1_000_000,
)
SHORT = replace(HERE, seconds=0.5)
PAUSE = 0.05
MOST_PIECES = 400
LARGE = gzip.compress(bytes(50_000_000))


class Hostile(BaseHTTPRequestHandler):
    """Sends bombs at once, or a little of a response now and then."""

    protocol_version = "HTTP/1.1"
    slow_robots = False

    def do_GET(self) -> None:
        packed = {
            "/gzip": ("gzip", gzip.compress(b"page")),
            "/parts": ("gzip", gzip.compress(b"pa") + gzip.compress(b"ge")),
            "/none": ("identity", b"page"),
            "/large": ("gzip", LARGE),
            "/twice": ("gzip, gzip", gzip.compress(LARGE)),
            "/brotli": ("br", b"\x0b\x02\x80page\x03"),
            "/torn": ("gzip", b"\x1f\x8b\x08torn as it is"),
        }
        if self.path == "/robots.txt" and not self.slow_robots:
            self.send_response(404)
            self.send_header("content-length", "0")
            self.end_headers()
        elif self.path in packed:
            self.send_packed(*packed[self.path])
        elif self.path == "/early":
            self.trickle(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n")
        else:
            self.trickle(b"HTTP/1.1 200 OK\r\nx-long: ", b"x")

    def send_packed(self, coding: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("content-encoding", coding)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def trickle(self, first: bytes, then: bytes) -> None:
        pause = threading.Event()
        try:
            self.wfile.write(first)
            for _ in range(MOST_PIECES):
                self.wfile.write(then)
                pause.wait(PAUSE)
        except OSError:
            return
        finally:
            self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:
        """Silence."""


class SlowRobots(Hostile):
    """Its rules never come."""

    slow_robots = True


@pytest.fixture(scope="module")
def hostile() -> Iterator[str]:
    with serving(Hostile) as address:
        yield address


@pytest.mark.parametrize("path", ["/gzip", "/parts", "/none"])
def test_what_was_asked_for_is_unpacked(hostile: str, path: str) -> None:
    assert fetch(hostile + path, HERE).content == b"page"


def test_a_packed_page_is_unpacked_up_to_the_limit(hostile: str) -> None:
    fetch(f"{hostile}/gzip", HERE)  # what is imported for it is not counted
    tracemalloc.start()
    with pytest.raises(ImportRefused, match="larger"):
        fetch(f"{hostile}/large", HERE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


@pytest.mark.parametrize("path", ["/twice", "/brotli"])
def test_packing_that_was_not_asked_for_is_refused(hostile: str, path: str) -> None:
    with pytest.raises(UnreadableFile, match="not asked for"):
        fetch(hostile + path, HERE)


def test_torn_packing_is_told(hostile: str) -> None:
    with pytest.raises(UnreadableFile, match="torn"):
        fetch(f"{hostile}/torn", HERE)


@pytest.mark.parametrize("path", ["/headers", "/early"])
def test_headers_without_end_are_left(hostile: str, path: str) -> None:
    with pytest.raises(UnreadableFile, match="too long"):
        fetch(hostile + path, SHORT)


def test_rules_without_end_are_left() -> None:
    with serving(SlowRobots) as address, pytest.raises(UnreadableFile, match="too long"):
        fetch(f"{address}/gzip", SHORT)
