"""Links are fetched from public addresses only, within limits, and where robots.txt allows."""

from __future__ import annotations

import threading
import time
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.addresses import Address, is_public, public_or_in, resolve, within
from corpus.errors import ImportRefused, UnreadableFile
from corpus.importer import Importer
from corpus.links import Fetched, LinkFetcher, LinkSettings, fetch, file_name
from corpus.listed_pages import AlreadySeen, Listed, ListLimits, fetch_pages
from corpus.readers.reading import Flaw
from corpus.robots import KEPT_SECONDS, Robots
from tests.corpus.documents import TITLE
from tests.corpus.sites import Site, serving

LOOPBACK = ip_address("127.0.0.1")
HERE = LinkSettings(
    permit=lambda address: address == LOOPBACK, resolve=lambda host, port: [LOOPBACK], seconds=120
)


def listed(
    url: str,
    seen: Container[str] = (),
    limits: ListLimits | None = None,
    robots: Robots | None = None,
) -> list[Fetched | Listed | AlreadySeen | Flaw]:
    with LinkFetcher(HERE, robots) as fetcher:
        return list(fetch_pages(url, fetcher, seen, limits))


def links(found: Sequence[Fetched | Listed | AlreadySeen | Flaw]) -> list[str]:
    return [one.link for one in found if isinstance(one, Listed)]


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
    ("path", "media_type", "content", "ending"),
    [
        ("/a", "application/vnd.oasis.opendocument.text", b"PK", ".odt"),
        ("/a", "application/x-ndjson", b"{}", ".ndjson"),
        ("/a", "multipart/related", b"From: x", ".mhtml"),
        ("/a.docx", "application/octet-stream", b"PK\x03\x04", ".docx"),
        ("/a.JSONL.gz", "application/octet-stream", b"\x1f\x8b", ".jsonl.gz"),
        ("/a.jsonl.gz", "application/x-gzip", b"\x1f\x8b", ".jsonl.gz"),
        ("/a.jsonl.xz", "application/x-xz", b"\xfd7zXZ\x00", ".jsonl.xz"),
        ("/a.jsonl.bz2", "application/x-bzip2", b"BZh9", ".jsonl.bz2"),
        ("/a.jsonl.gz", "application/gzip", b'{"title": "unpacked on the way"}', ".jsonl"),
        ("/a.md", "text/plain", b"# Title", ".md"),
        ("/a.php", "text/plain", b"Title", ".txt"),
        ("/a", "application/octet-stream", b"%PDF-1.7", ".pdf"),
        ("/a", "", b' {"title": "x"}', ".json"),
        ("/a", "", b"<?xml version='1.0'?><html><p>", ".html"),
        ("/a.pdf", "text/html", b"<p>", ".html"),
        ("/a", "application/x-unknown", b"x", ".html"),
    ],
)
def test_the_format_is_what_the_server_says_or_else_what_the_file_shows(
    path: str, media_type: str, content: bytes, ending: str
) -> None:
    fetched = Fetched(f"https://example.org{path}", content, media_type, None)
    name = file_name(fetched)
    assert name.endswith(ending)
    assert name.lower().count(ending) == 1


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
    seen, page_b, missing = listed(f"{site}/feed", seen={f"{site}/crane"})
    assert seen == AlreadySeen(f"{site}/crane")
    assert isinstance(page_b, Listed)
    assert page_b.page.url == page_b.link == f"{site}/b"
    assert isinstance(missing, Flaw)
    assert missing.where == f"{site}/missing"
    assert "404" in missing.reason


def test_pages_of_a_sitemap_of_sitemaps(site: str) -> None:
    assert links(listed(f"{site}/sitemap.xml")) == [f"{site}/crane", f"{site}/c"]
    assert links(listed(f"{site}/packed.xml.gz")) == [f"{site}/crane"]
    assert links(listed(f"{site}/dated.xml")) == [f"{site}/new", f"{site}/old"]
    assert listed(f"{site}/round.xml") == []
    (alone,) = listed(f"{site}/crane")
    assert isinstance(alone, Fetched)
    assert alone.url == f"{site}/crane"


def test_a_packed_file_of_articles_is_imported_as_it_came(site: str) -> None:
    (packed,) = listed(f"{site}/articles.jsonl.gz")
    assert isinstance(packed, Fetched)
    assert file_name(packed).endswith(".jsonl.gz")
    file = Importer().read_content(file_name(packed), packed.content, url=packed.url)
    assert [article.title for article in file.articles] == ["Crane"]
    (torn,) = listed(f"{site}/torn.jsonl.gz")
    assert isinstance(torn, Fetched)
    assert "pack it anew" in Importer().read_content(
        file_name(torn), torn.content
    ).skipped[0].reason  # fmt: skip


def test_a_packed_page_whose_address_does_not_tell_its_format_is_unpacked(site: str) -> None:
    (unpacked,) = listed(f"{site}/packed.gz")
    assert isinstance(unpacked, Fetched)
    file = Importer().read_content(file_name(unpacked), unpacked.content, url=unpacked.url)
    assert file.articles[0].title == TITLE


def test_what_exceeds_the_limits_of_a_list_is_said(site: str) -> None:
    page, told = listed(f"{site}/sitemap.xml", limits=ListLimits(pages=1))
    assert isinstance(page, Listed)
    assert isinstance(told, Flaw)
    assert "again" in told.reason
    (told,) = listed(f"{site}/sitemap.xml", limits=ListLimits(seconds=0))
    assert isinstance(told, Flaw)
    assert "seconds" in told.reason


def test_robots_are_fetched_once_for_a_site_and_kept_for_a_while(site: str) -> None:
    now = [0.0]
    robots = Robots(clock=lambda: now[0])
    Site.asked.clear()
    listed(f"{site}/sitemap.xml", robots=robots)
    fetch(f"{site}/crane", HERE, robots)
    assert Site.asked.count("/robots.txt") == 1
    with pytest.raises(ImportRefused, match="robots"):
        fetch(f"{site}/private/a.html", HERE, robots)
    now[0] = KEPT_SECONDS + 1
    fetch(f"{site}/crane", HERE, robots)
    assert Site.asked.count("/robots.txt") == 2


def test_a_missing_page_and_a_large_one(site: str) -> None:
    with pytest.raises(UnreadableFile, match="404"):
        fetch(f"{site}/missing", HERE)
    with pytest.raises(ImportRefused, match="larger"):
        fetch(f"{site}/large", replace(HERE, largest_page=1_000))


MALFORMED = (
    "https://[example.org/a", "http://example.org:port/", "http://xn--a/", "http://example.org/\ud800",
    "http://[v1.x]/", "http://example.org/\x00",
)  # fmt: skip


@pytest.mark.parametrize("url", MALFORMED)
def test_a_malformed_address_is_told(url: str) -> None:
    with pytest.raises(ImportRefused, match="malformed; check it"):
        fetch(url, HERE)


def test_a_redirect_to_a_malformed_address_is_told_and_the_others_follow(site: str) -> None:
    with pytest.raises(ImportRefused, match="redirects to a malformed"):
        fetch(f"{site}/astray", HERE)
    told, page_after = listed(f"{site}/astray.xml")
    assert isinstance(told, Flaw)
    assert (told.where, "malformed" in told.reason) == (f"{site}/astray", True)
    assert isinstance(page_after, Listed)
    assert page_after.link == f"{site}/crane"


class Astray(BaseHTTPRequestHandler):
    """Sends those who ask for its robots.txt to no address at all."""

    def do_GET(self) -> None:
        self.send_response(302 if self.path == "/robots.txt" else 200)
        self.send_header("location", "http://[bad")
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Silence."""


def test_a_robots_file_that_redirects_astray_forbids() -> None:
    with serving(Astray) as address, pytest.raises(ImportRefused, match="malformed"):
        fetch(f"{address}/page", HERE)


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
        *MALFORMED,
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


PAUSE = 0.3
"""Seconds."""


class Talkative(BaseHTTPRequestHandler):
    """Has a robots.txt of a megabyte that asks for a pause between pages."""

    def do_GET(self) -> None:
        body = b"User-agent: *\nCrawl-delay: %.1f\nDisallow: /no\n" % PAUSE + b"# x\n" * 250_000
        if self.path != "/robots.txt":
            body = b"page"
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return

    def log_message(self, format: str, *arguments: object) -> None:
        """Silence."""


def test_a_long_robots_file_counts_and_its_pause_is_kept() -> None:
    with serving(Talkative) as address, LinkFetcher(HERE) as fetcher:
        with pytest.raises(ImportRefused, match="robots"):
            fetcher.fetch(f"{address}/no")
        started = time.monotonic()
        for name in ("a", "b"):
            fetcher.fetch(f"{address}/{name}")
    # When a request arrives says less: the first may have been held up on its way.
    assert time.monotonic() - started >= PAUSE


def test_a_name_that_nobody_looks_up_in_time() -> None:
    def hangs() -> list[Address]:
        threading.Event().wait(5)
        return [LOOPBACK]

    slow = replace(HERE, resolve=lambda host, port: within(0.05, hangs))
    with pytest.raises(UnreadableFile, match="too long"):
        fetch("http://news.example:1/page", slow)
    with pytest.raises(UnreadableFile, match="not known"):
        fetch("http://nowhere.invalid/page", replace(HERE, resolve=resolve))


def test_networks_of_the_house_are_permitted_beside_the_public_ones() -> None:
    permits = public_or_in([ip_network("10.20.0.0/16")])
    assert [permits(ip_address(one)) for one in ("10.20.1.1", "8.8.8.8", "10.21.0.1", "::1")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_nobody_answers() -> None:
    with pytest.raises(UnreadableFile, match="could not be fetched"):
        fetch("http://news.example:1/page", HERE)


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("192.0.1.1", True), ("100.128.0.1", True), ("172.32.0.1", True),
     ("2606:4700::1111", True), ("2001:4860:4860::8888", True), ("2a00:1450::1", True),
     ("::ffff:8.8.8.8", True), ("64:ff9b::8.8.8.8", True),
     ("0.1.2.3", False), ("10.0.0.1", False), ("100.64.0.1", False), ("127.0.0.1", False),
     ("169.254.169.254", False), ("172.31.255.255", False), ("192.0.0.170", False),
     ("192.0.2.1", False), ("192.88.99.1", False), ("192.168.1.1", False), ("198.19.0.1", False),
     ("198.51.100.1", False), ("203.0.113.1", False), ("224.0.0.1", False),
     ("240.0.0.1", False), ("255.255.255.255", False),
     ("::", False), ("::1", False), ("::7f00:1", False), ("::ffff:10.0.0.1", False),
     ("64:ff9b::10.0.0.1", False), ("64:ff9b:1::8.8.8.8", False), ("100::1", False),
     ("2001::1", False), ("2001:db8::1", False), ("2002:7f00:1::", False),
     ("2002:808:808::1", False), ("3fff::1", False), ("4000::1", False), ("5f00::1", False),
     ("fc00::1", False), ("fe80::1", False), ("fec0::1", False), ("ff02::1", False)],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6, network="2000::/3"))
def test_nothing_is_public_that_the_library_holds_for_special(address: Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast
        assert not address.is_reserved
