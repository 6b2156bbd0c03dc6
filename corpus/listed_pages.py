"""The pages behind an address: the page itself, or those that a feed or a sitemap there lists."""

from __future__ import annotations

import gzip
import time
import zlib
from collections import deque
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from corpus.errors import CorpusError, ImportRefused, UnreadableFile
from corpus.links import Fetched, LinkFetcher, is_packed
from corpus.readers.feeds import page_links
from corpus.readers.reading import Flaw

MOST_PAGES = 200
MOST_SITEMAPS = 50
LONGEST_SECONDS = 900.0
LARGEST_LIST = 60_000_000
"""Bytes as unpacked. The protocol of sitemaps allows 50 MB."""

_LISTS = (b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex")
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = zlib.MAX_WBITS | 16
_BEGINNING = 2_000
"""Bytes of a page that show whether it is a list."""


@dataclass(frozen=True, slots=True)
class AlreadySeen:
    """A listed page that was not fetched, since it was seen before. `url` is canonical."""

    url: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that a feed or sitemap listed under the canonical address `link`."""

    link: str
    page: Fetched


@dataclass(frozen=True, slots=True)
class ListLimits:
    """How much of a list is fetched at once. What is over is had by asking for the list again."""

    pages: int = MOST_PAGES
    sitemaps: int = MOST_SITEMAPS
    seconds: float = LONGEST_SECONDS


@dataclass(frozen=True, slots=True)
class _Waiting:
    url: str
    is_sitemap: bool


def fetch_pages(
    url: str,
    fetcher: LinkFetcher,
    seen: Container[str] = (),
    limits: ListLimits | None = None,
) -> Iterator[Fetched | Listed | AlreadySeen | Flaw]:
    """The page at `url` alone, or what the feed or sitemap there lists, one after the other.

    Listed pages whose canonical address is in `seen` are not fetched again; one that cannot be
    had is a flaw and the others follow; what exceeds the limits is a flaw too. Raises as
    `LinkFetcher.fetch` does for `url` itself.
    """
    first = fetcher.fetch(url)
    if not _is_packed_file(first):
        first = _plain(first)
    if not is_list(first):
        yield first
        return
    yield from _Walk(url, fetcher, seen, limits or ListLimits()).pages(first)


class _Walk:
    """A way through the pages of a list, and of the lists that it names."""

    def __init__(
        self, url: str, fetcher: LinkFetcher, seen: Container[str], limits: ListLimits
    ) -> None:
        self._url = url
        self._fetcher = fetcher
        self._seen = seen
        self._limits = limits
        self._until = time.monotonic() + limits.seconds
        self._known: set[str] = {url}
        self._waiting: deque[_Waiting] = deque()
        self._lists = self._pages = 0

    def pages(self, first: Fetched) -> Iterator[Listed | AlreadySeen | Flaw]:
        """All pages, those of the first sitemap before those of the second."""
        self._append(first)
        while self._waiting:
            place = self._waiting.popleft()
            if not place.is_sitemap and place.url in self._seen:
                yield AlreadySeen(place.url)
                continue
            if reason := self._exceeded(place):
                yield Flaw(self._url, reason)
                return
            try:
                page = self._page(place)
            except CorpusError as error:
                yield Flaw(place.url, str(error))
                continue
            if page is not None:
                self._pages += 1
                yield Listed(place.url, page)

    def _exceeded(self, place: _Waiting) -> str | None:
        again = "add the same address again for the rest"
        if self._pages >= self._limits.pages:
            return f"it lists more than {self._limits.pages:,} new pages; {again}"
        if place.is_sitemap and self._lists >= self._limits.sitemaps:
            return f"it names more than {self._limits.sitemaps:,} sitemaps; add the others by name"
        if time.monotonic() > self._until:
            return (
                f"fetching its pages takes more than {self._limits.seconds:,.0f} seconds; {again}"
            )
        return None

    def _page(self, place: _Waiting) -> Fetched | None:
        """The page there; None for a sitemap, whose own pages now wait at the front."""
        self._lists += place.is_sitemap
        fetched = self._fetcher.fetch(place.url)
        if not place.is_sitemap:
            return fetched
        self._append(_plain(fetched))
        return None

    def _append(self, fetched: Fetched) -> None:
        links = [link for link in page_links(fetched.content) if link.url not in self._known]
        if all((link.changed or "")[:4].isdigit() for link in links):
            links.sort(key=lambda link: link.changed or "", reverse=True)
        self._known.update(link.url for link in links)
        self._waiting.extendleft(_Waiting(link.url, link.is_sitemap) for link in reversed(links))


def is_list(fetched: Fetched) -> bool:
    """Whether what was fetched is a feed or a sitemap, by its first bytes."""
    return _begins_list(fetched.content[:_BEGINNING])


def _begins_list(beginning: bytes) -> bool:
    start = beginning.lower()
    return any(mark in start for mark in _LISTS) and b"<html" not in start


def _is_packed_file(fetched: Fetched) -> bool:
    """Whether it is a packed file of articles: it is kept as it came, for its name says so."""
    return is_packed(fetched) and not _begins_list(_unpacked_beginning(fetched.content))


def _unpacked_beginning(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(_GZIP_WINDOW).decompress(content, _BEGINNING)
    except zlib.error:
        return b""


def _plain(fetched: Fetched) -> Fetched:
    """Unpacked, if it is a sitemap that is packed as a file (`sitemap.xml.gz`)."""
    if not fetched.content.startswith(_GZIP):
        return fetched
    try:
        with gzip.GzipFile(fileobj=BytesIO(fetched.content)) as stream:
            content = stream.read(LARGEST_LIST + 1)
    except (OSError, EOFError, zlib.error):
        raise UnreadableFile("the packed page is torn; check the address") from None
    if len(content) > LARGEST_LIST:
        raise ImportRefused(f"it unpacks to more than {LARGEST_LIST:,} bytes; it is left out")
    return replace(fetched, content=content)
