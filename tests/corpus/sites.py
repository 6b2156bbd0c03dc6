"""A small site on loopback, with pages, feeds, sitemaps, redirects and a robots.txt."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from tests.corpus.documents import page, rss


def sitemap(root: str, entry: str, *addresses: str) -> bytes:
    entries = "".join(f"<{entry}><loc>{address}</loc></{entry}>" for address in addresses)
    return (
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>'.encode()
    )


def dated(*addresses_and_days: str) -> bytes:
    pairs = zip(addresses_and_days[::2], addresses_and_days[1::2], strict=True)
    entries = "".join(
        f"<url><loc>{address}</loc><lastmod>{day}</lastmod></url>" for address, day in pairs
    )
    return f"<urlset>{entries}</urlset>".encode()


class Site(BaseHTTPRequestHandler):
    """A site with pages, redirects and a robots.txt."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
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
            "/packed.xml.gz": (200, gzip.compress(sitemap("urlset", "url", f"{here}/crane"))),
            "/articles.jsonl.gz": (200, gzip.compress(b'{"title": "Crane", "text": "It fell."}\n')),
            "/torn.jsonl.gz": (200, gzip.compress(b"{}" * 5_000)[:20]),
            "/packed.gz": (200, gzip.compress(page().encode())),
            "/astray.xml": (200, sitemap("urlset", "url", f"{here}/astray", f"{here}/crane")),
            "/round.xml": (200, sitemap("sitemapindex", "sitemap", f"{here}/round.xml")),
            "/dated.xml": (200, dated(f"{here}/old", "2024-01-01", f"{here}/new", "2024-07-02")),
        }
        targets = {
            "/moved": "/crane",
            "/round": "/round",
            "/inward": f"http://10.0.0.1:{port}/crane",
            "/astray": "http://[bad",
            "/file": "file:///etc/passwd",
            "/into-private": "/private/a.html",
        }
        if self.path in targets:
            self.answer(302, b"", location=targets[self.path])
        else:
            self.answer(*pages.get(self.path, (200, b"page")))

    def answer(self, status: int, body: bytes, location: str | None = None) -> None:
        self.send_response(status)
        packed = self.path.endswith(".gz") and not self.path.endswith(".xml.gz")
        kind = "application/gzip" if packed else "text/html; charset=utf-8"
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        if location:
            self.send_header("location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Silence."""


@contextmanager
def serving(
    handler: type[BaseHTTPRequestHandler], host: str = "127.0.0.1", name: str = "news.example"
) -> Iterator[str]:
    server = ThreadingHTTPServer((host, 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{name}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
