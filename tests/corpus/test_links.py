"""Links are fetched from public addresses only, within limits, and where robots.txt allows."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from corpus.addresses import Address, is_public
from corpus.errors import ImportRefused, UnreadableFile
from corpus.importer import Importer
from corpus.links import LinkSettings, fetch, file_name
from corpus.listed_pages import fetch_pages
from corpus.readers.reading import Flaw
from tests.corpus.documents import TITLE, page, rss

LOOPBACK = ip_address("127.0.0.1")
HERE = LinkSettings(
    permit=lambda address: address == LOOPBACK, resolve=lambda host, port: [LOOPBACK], seconds=5
)


def sitemap(root: str, entry: str, *addresses: str) -> bytes:
    entries = "".join(f"<{entry}><loc>{address}</loc></{entry}>" for address in addresses)
    return (
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>'.encode()
    )


class Site(BaseHTTPRequestHandler):
    """A site with pages, redirects and a robots.txt."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        here = f"http://{self.headers['host']}"
        port = here.rpartition(":")[2]
        pages = {
            "/robots.txt": (200, b"User-agent: *\nDisallow: /private/*.html\n"),
            "/crane": (200, page().encode()),
            "/private/a.html": (200, b"private"),
            "/large": (200, b"x" * 50_000),
            "/missing": (404, b"gone"),
            "/feed": (200, rss([(one, f"{here}/{one}", "x") for one in ("crane", "b", "missing")])),
            "/sitemap.xml": (200, sitemap("sitemapindex", "sitemap", f"{here}/pages.xml")),
            "/pages.xml": (200, sitemap("urlset", "url", f"{here}/crane", f"{here}/c")),
        }
        targets = {
            "/moved": "/crane",
            "/round": "/round",
            "/inward": f"http://10.0.0.1:{port}/crane",
            "/file": "file:///etc/passwd",
            "/into-private": "/private/a.html",
        }
        if self.path in targets:
            self.answer(302, b"", location=targets[self.path])
        else:
            self.answer(*pages.get(self.path, (200, b"page")))

    def answer(self, status: int, body: bytes, location: str | None = None) -> None:
        self.send_response(status)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        if location:
            self.send_header("location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Silence."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://news.example:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(Site) as address:
        yield address


def test_a_page_is_fetched_through_a_redirect_and_imported(site: str) -> None:
    fetched = fetch(f"{site}/moved", HERE)
    assert fetched.url == f"{site}/crane"
    assert file_name(fetched) == "news.example-crane.html"
    file = Importer().read_content(
        file_name(fetched), fetched.content, url=fetched.url, encoding=fetched.encoding
    )
    assert file.articles[0].title == TITLE
    assert file.articles[0].url == f"{site}/crane"


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/private/a.html", "robots"),
        ("/into-private", "robots"),
        ("/round", "redirects"),
        ("/inward", "public"),
        ("/file", "http"),
    ],
)
def test_refused(site: str, path: str, wanted: str) -> None:
    with pytest.raises(ImportRefused, match=wanted):
        fetch(site + path, HERE)


def test_pages_of_a_feed_without_those_already_seen(site: str) -> None:
    page_b, missing = fetch_pages(f"{site}/feed", HERE, seen={f"{site}/crane"})
    assert not isinstance(page_b, Flaw)
    assert page_b.url == f"{site}/b"
    assert isinstance(missing, Flaw)
    assert "404" in missing.reason


def test_pages_of_a_sitemap_of_sitemaps(site: str) -> None:
    found = list(fetch_pages(f"{site}/sitemap.xml", HERE))
    assert [one.url for one in found if not isinstance(one, Flaw)] == [f"{site}/crane", f"{site}/c"]
    assert len(list(fetch_pages(f"{site}/sitemap.xml", HERE, most=1))) == 1
    (alone,) = fetch_pages(f"{site}/crane", HERE)
    assert not isinstance(alone, Flaw)
    assert alone.url == f"{site}/crane"


def test_a_missing_page_and_a_large_one(site: str) -> None:
    with pytest.raises(UnreadableFile, match="404"):
        fetch(f"{site}/missing", HERE)
    with pytest.raises(ImportRefused, match="larger"):
        fetch(f"{site}/large", replace(HERE, largest_page=1_000))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/a",
        "gopher://example.org",
        "javascript:alert(1)",
        "http://",
        "http://user:password@example.org/",
        "http://example.org:99999/",
        "//example.org/a",
        "",
    ],
)
def test_addresses_that_are_no_web_addresses(url: str) -> None:
    with pytest.raises(ImportRefused):
        fetch(url, HERE)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0",
     "[::ffff:127.0.0.1]", "[fe80::1]", "[fc00::1]", "100.64.0.1", "[64:ff9b::7f00:1]"],
)  # fmt: skip
def test_private_hosts_are_refused_by_default(site: str, host: str) -> None:
    port = site.rpartition(":")[2]
    with pytest.raises(ImportRefused, match="public"):
        fetch(f"http://{host}:{port}/crane")


def test_a_host_that_changes_its_address_after_the_check_is_caught(site: str) -> None:
    answers: Iterator[list[Address]] = iter([[LOOPBACK], [ip_address("10.0.0.1")]])
    rebinding = replace(HERE, resolve=lambda host, port: next(answers))
    # The first connection is for robots.txt and kept alive; the second host is another.
    fetch(f"{site}/crane", rebinding)
    with pytest.raises(ImportRefused, match="public"):
        fetch(f"{site}/crane", rebinding)


def test_one_private_address_among_public_ones_refuses_the_host(site: str) -> None:
    mixed = replace(HERE, resolve=lambda host, port: [LOOPBACK, ip_address("192.168.1.1")])
    with pytest.raises(ImportRefused, match="public"):
        fetch(f"{site}/crane", mixed)


def test_switched_off() -> None:
    with pytest.raises(ImportRefused, match="switched off"):
        fetch("https://example.org/", replace(HERE, enabled=False))


class Slow(BaseHTTPRequestHandler):
    """Sends a little now and then, for ever."""

    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.end_headers()
        if self.path == "/robots.txt":
            return
        pause = threading.Event()
        try:
            for _ in range(200):
                self.wfile.write(b"x")
                pause.wait(0.05)
        except OSError:
            return

    def log_message(self, format: str, *arguments: object) -> None:
        """Silence."""


def test_a_server_that_trickles_is_left() -> None:
    with serving(Slow) as address, pytest.raises(UnreadableFile, match="too long"):
        fetch(f"{address}/page", replace(HERE, seconds=0.5))


class Failing(BaseHTTPRequestHandler):
    """Its robots.txt cannot be had."""

    def do_GET(self) -> None:
        self.send_response(503)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Silence."""


def test_a_failing_robots_file_forbids() -> None:
    with serving(Failing) as address, pytest.raises(ImportRefused, match="robots"):
        fetch(f"{address}/page", HERE)


def test_nobody_answers() -> None:
    with pytest.raises(UnreadableFile, match="could not be fetched"):
        fetch("http://news.example:1/page", HERE)


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("2606:4700::1111", True), ("::ffff:8.8.8.8", True),
     ("2002:7f00:1::", False),
     ("224.0.0.1", False), ("240.0.0.1", False), ("198.18.0.1", False), ("::", False)],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public
