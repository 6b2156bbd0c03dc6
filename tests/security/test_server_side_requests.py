"""Links lead to public addresses only, however the host is written. See also `test_links`."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address

import httpcore
import pytest

from corpus.addresses import is_public
from corpus.errors import CorpusError, ImportRefused
from corpus.guarded_transport import GuardedBackend
from corpus.links import LinkSettings, fetch

DISGUISED = [
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "127.1",
    "127.0.1",
    "0",
    "[::127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[::1%25lo]",
    "127.0.0.1.",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "１２７.０.０.１",
    "127。0。0。1",
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
]


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A port of this machine where somebody would answer; nobody may ask."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0)
        yield server


@pytest.mark.parametrize("host", DISGUISED)
def test_this_machine_is_not_reached_by_another_spelling(
    listening: socket.socket, host: str
) -> None:
    port = listening.getsockname()[1]
    with pytest.raises(CorpusError):
        fetch(f"http://{host}:{port}/", LinkSettings(seconds=3))
    with pytest.raises(BlockingIOError):
        listening.accept()


def test_the_address_that_was_checked_is_the_one_connected_to(listening: socket.socket) -> None:
    """A name is looked up once: there is no second answer to be given."""
    answers = iter([[ip_address("127.0.0.1")], [ip_address("10.0.0.1")]])
    port = listening.getsockname()[1]
    backend = GuardedBackend(lambda host, port: next(answers), lambda address: True)
    connected = backend.connect_tcp("changing.example", port, timeout=3)
    assert connected.get_extra_info("server_addr") == ("127.0.0.1", port)
    connected.close()


def test_sockets_of_this_machine_are_not_reached() -> None:
    backend = GuardedBackend(lambda host, port: [], is_public)
    with pytest.raises(ImportRefused):
        backend.connect_unix_socket("/run/docker.sock")


def test_a_proxy_of_the_environment_is_not_asked(
    listening: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would connect in our stead, to addresses that nobody checked."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{listening.getsockname()[1]}")
    unknown = replace(LinkSettings(seconds=3), resolve=lambda host, port: [])
    with pytest.raises(CorpusError):
        fetch("http://news.example/", unknown)
    with pytest.raises(BlockingIOError):
        listening.accept()


@pytest.mark.parametrize("header", ["http://news.example/\r\nX-Evil: 1", "http://a b.example/"])
def test_an_address_brings_no_header_along(header: str) -> None:
    somewhere = replace(LinkSettings(seconds=3), resolve=lambda host, port: [])
    with pytest.raises(CorpusError):
        fetch(header, somewhere)


def test_refused_connections_are_told_in_words() -> None:
    backend = GuardedBackend(lambda host, port: [], is_public)
    with pytest.raises(httpcore.ConnectError, match="not known"):
        backend.connect_tcp("nobody.example", 80)
