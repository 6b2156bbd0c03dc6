"""Fetching pages by their address, safely.

Only http and https; only public addresses, checked on the very address that is connected to, for
every redirect; limits of size, time and redirects; robots.txt respected.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx

from corpus import content_encoding
from corpus.addresses import Address, Resolve, is_public, resolve
from corpus.errors import ImportRefused, UnreadableFile
from corpus.guarded_transport import GuardedTransport, Permit
from corpus.robots import ALLOW_ALL, FORBID_ALL, Robots, Rules
from corpus.timed_stream import Deadline

USER_AGENT = "OnRecord/0.1 (news archive import; +https://pypi.org/project/onrecord/)"


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """Limits of one fetch: bytes of the page as unpacked, seconds in all, redirects.

    `longest_pause` is the most that a site's wish for seconds between two pages is followed.
    """

    enabled: bool = True
    largest_page: int = 20_000_000
    largest_robots: int = 500_000
    seconds: float = 30.0
    redirects: int = 5
    longest_pause: float = 10.0
    permit: Permit = is_public
    resolve: Resolve = resolve


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: its final address, its bytes, and what the server says they are."""

    url: str
    content: bytes
    media_type: str
    encoding: str | None


def fetch(url: str, settings: LinkSettings | None = None, robots: Robots | None = None) -> Fetched:
    """The page at `url`.

    Raises ImportRefused where a rule of safety or robots.txt forbids it, UnreadableFile where the
    server does not deliver.
    """
    with LinkFetcher(settings, robots) as fetcher:
        return fetcher.fetch(url)


class LinkFetcher:
    """Fetches pages one after the other over the same connections. Use it in a `with`."""

    def __init__(self, settings: LinkSettings | None = None, robots: Robots | None = None) -> None:
        self._settings = settings or LinkSettings()
        self._robots = robots if robots is not None else Robots()
        self._visited: dict[str, float] = {}
        self._deadline = Deadline()
        self._client = httpx.Client(
            transport=GuardedTransport(
                self._settings.resolve, self._settings.permit, self._deadline
            ),
            headers={
                "user-agent": USER_AGENT,
                "accept": _ACCEPTED,
                "accept-encoding": content_encoding.ACCEPTED,
            },
            timeout=httpx.Timeout(min(10.0, self._settings.seconds)),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def fetch(self, url: str) -> Fetched:
        """The page at `url`; raises as the function `fetch` does."""
        if not self._settings.enabled:
            raise ImportRefused("import of links is switched off; set ONRECORD_URL_IMPORT=true")
        _refuse_address(url)
        self._wait_for(url)
        self._deadline.set(self._settings.seconds)
        try:
            return _Fetch(self._client, self._settings, self._robots).page(url)
        except httpx.TimeoutException:
            raise UnreadableFile(_TOO_SLOW) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UnreadableFile(
                f"the page could not be fetched ({_one_line(error)}); check the address"
            ) from None

    def _wait_for(self, url: str) -> None:
        """Keep the pause between two pages that the site's robots.txt asks for."""
        pause = min(self._robots.pause(url), self._settings.longest_pause)
        host = urlsplit(url).netloc
        if pause and host in self._visited:
            time.sleep(max(0.0, self._visited[host] + pause - time.monotonic()))
        self._visited[host] = time.monotonic()


_ACCEPTED = "text/html,application/xhtml+xml,*/*;q=0.8"
_TOO_SLOW = "the server takes too long; save the page from a browser and add the file"


@dataclass(slots=True)
class _Fetch:
    client: httpx.Client
    settings: LinkSettings
    robots: Robots

    def page(self, url: str) -> Fetched:
        for _ in range(self.settings.redirects + 1):
            _refuse_address(url)
            if not self.robots.allows(url, partial(self._rules, urljoin(url, "/robots.txt"))):
                raise ImportRefused(
                    "the site's robots.txt forbids fetching it; save the page from a browser"
                )
            with self._opened(url) as response:
                if not response.has_redirect_location:
                    return self._delivered(response)
                url = _redirected(url, response)
        raise ImportRefused(
            f"it redirects more than {self.settings.redirects} times; give the final address"
        )

    def _opened(self, url: str) -> AbstractContextManager[httpx.Response]:
        return self.client.stream("GET", url, follow_redirects=False)

    def _body(self, response: httpx.Response, limit: int) -> bytes:
        content = bytearray()
        for part in _pieces(response):
            content += part
            if len(content) > limit:
                raise ImportRefused(f"the page is larger than {limit:,} bytes; it is left out")
        return bytes(content)

    def _beginning(self, response: httpx.Response) -> bytes:
        """As much of a robots.txt as counts, however long it is."""
        content = bytearray()
        for part in _pieces(response):
            content += part
            if len(content) > self.settings.largest_robots:
                break
        return bytes(content[: self.settings.largest_robots])

    def _delivered(self, response: httpx.Response) -> Fetched:
        if response.status_code != httpx.codes.OK:
            raise UnreadableFile(
                f"the server answers {response.status_code}; check the address in a browser"
            )
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Fetched(
            str(response.url),
            self._body(response, self.settings.largest_page),
            media_type,
            response.charset_encoding,
        )

    def _rules(self, place: str) -> Rules:
        """RFC 9309: no such file allows everything, a failing server forbids everything."""
        for _ in range(self.settings.redirects + 1):
            _refuse_address(place)
            with self._opened(place) as response:
                if response.has_redirect_location:
                    place = _redirected(place, response)
                    continue
                if response.status_code >= 500:
                    return FORBID_ALL
                if response.status_code != httpx.codes.OK:
                    return ALLOW_ALL
                return Rules(self._beginning(response).decode("utf-8", "replace"))
        return ALLOW_ALL


def _refuse_address(url: str) -> None:
    """Raise ImportRefused unless it is an address of the web that can be asked for."""
    try:
        parts = urlsplit(url)
        # Each raises for what it cannot read: the port here, the name of the host there.
        _ = parts.port, httpx.URL(url).host
    except (ValueError, httpx.InvalidURL):
        raise ImportRefused("the address is malformed; check it") from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ImportRefused("only http and https addresses are fetched; give such a one")
    if parts.username is not None or parts.password is not None:
        raise ImportRefused("the address holds a user name; give it without")


def _redirected(url: str, response: httpx.Response) -> str:
    """Where a response leads from `url`. Raises ImportRefused where that is no address."""
    try:
        return urljoin(url, response.headers["location"])
    except ValueError:
        raise ImportRefused("it redirects to a malformed address; check it in a browser") from None


def _pieces(response: httpx.Response) -> Iterator[bytes]:
    coding = response.headers.get("content-encoding", "")
    return content_encoding.unpacked(response.iter_raw(), coding)


_NAMED_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/json": ".json",
    "application/feed+json": ".json",
    "application/ld+json": ".json",
    "application/x-ndjson": ".ndjson",
    "application/ndjson": ".ndjson",
    "application/jsonl": ".jsonl",
    "application/x-jsonlines": ".jsonl",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/zip": ".zip",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "application/x-mimearchive": ".mhtml",
}
_UNTOLD = frozenset({
    "", "application/octet-stream", "binary/octet-stream", "text/plain", "application/gzip",
    "application/x-gzip", "application/x-xz", "application/x-bzip2",
})  # fmt: skip
"""Types that servers give to files of any kind: the address tells more."""
_ENDINGS = frozenset({*_NAMED_TYPES.values(), ".htm", ".rss", ".atom", ".mht", ".markdown"})
_PACKINGS = {".gz": b"\x1f\x8b", ".xz": b"\xfd7zXZ\x00", ".bz2": b"BZh"}
"""Endings of packed files, and how such a file begins."""
_BEGINNINGS = {
    b"%PDF-": ".pdf", b"PK\x03\x04": ".zip", b"{": ".json", b"[": ".json", b"<?xml": ".xml",
    b"MIME-Version:": ".mhtml",
}  # fmt: skip
_UNNAMEABLE = re.compile(r"[^\w.-]+")


def file_name(fetched: Fetched) -> str:
    """A harmless name for the file, its ending by what the server says it is, else HTML.

    Where the server does not tell, by its address or its first bytes.
    """
    parts = urlsplit(fetched.url)
    ending = _NAMED_TYPES.get(fetched.media_type, ".html")
    if fetched.media_type in _UNTOLD:
        named = _ending_of(parts.path, fetched.content) or _NAMED_TYPES.get(fetched.media_type)
        ending = named or _sniffed(fetched)
    stem = _UNNAMEABLE.sub("-", f"{parts.hostname}{parts.path}").strip("-._") or "page"
    # What was unpacked on the way keeps neither the ending of its packing nor its own twice.
    for one in (ending, *_PACKINGS, ending):
        if stem.lower().endswith(one):
            stem = stem[: -len(one)]
    return stem[:120].strip("-._") + ending


def is_packed(fetched: Fetched) -> bool:
    """Whether it is a file that its name, as `file_name` gives it, tells to be packed."""
    return file_name(fetched).endswith(tuple(_PACKINGS))


def _ending_of(path: str, content: bytes) -> str | None:
    """The ending of an address where it is that of a known format, with its packing.

    Many a server unpacks on the way what its address calls packed: then it has none.
    """
    *before, last = ["", *PurePosixPath(path).suffixes]
    packing = last.lower() if last.lower() in _PACKINGS else ""
    ending = before[-1].lower() if packing and before else last.lower()
    if ending not in _ENDINGS:
        return None
    return ending + packing if packing and content.startswith(_PACKINGS[packing]) else ending


def _sniffed(fetched: Fetched) -> str:
    beginning = fetched.content[:1_000].lstrip()
    if b"<html" in beginning.lower():
        return ".html"
    found = (ending for start, ending in _BEGINNINGS.items() if beginning.startswith(start))
    return next(found, ".html")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


__all__ = ["Address", "Fetched", "LinkFetcher", "LinkSettings", "fetch", "file_name", "is_packed"]
