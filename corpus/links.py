"""Fetching a page by its address, safely.

Only http and https; only public addresses, checked on the very address that is connected to, for
every redirect; limits of size, time and redirects; robots.txt respected (RFC 9309).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from corpus.addresses import Address, Resolve, is_public, resolve
from corpus.errors import ImportRefused, UnreadableFile
from corpus.guarded_transport import GuardedTransport, Permit

USER_AGENT = "OnRecord/0.1 (news archive import; +https://pypi.org/project/onrecord/)"
ROBOT_NAME = "OnRecord"


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """Limits of one fetch: bytes of the page as unpacked, seconds in all, redirects."""

    enabled: bool = True
    largest_page: int = 20_000_000
    largest_robots: int = 500_000
    seconds: float = 30.0
    redirects: int = 5
    permit: Permit = is_public
    resolve: Resolve = resolve


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: its final address, its bytes, and what the server says they are."""

    url: str
    content: bytes
    media_type: str
    encoding: str | None


def fetch(url: str, settings: LinkSettings | None = None) -> Fetched:
    """The page at `url`.

    Raises ImportRefused where a rule of safety or robots.txt forbids it, UnreadableFile where the
    server does not deliver.
    """
    settings = settings or LinkSettings()
    if not settings.enabled:
        raise ImportRefused("import of links is switched off; set ONRECORD_URL_IMPORT=true")
    deadline = time.monotonic() + settings.seconds
    transport = GuardedTransport(settings.resolve, settings.permit)
    headers = {"user-agent": USER_AGENT, "accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    timeout = httpx.Timeout(min(10.0, settings.seconds))
    with httpx.Client(transport=transport, headers=headers, timeout=timeout) as client:
        try:
            return _Fetch(client, settings, deadline).page(url)
        except httpx.TimeoutException:
            raise UnreadableFile(_TOO_SLOW) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UnreadableFile(
                f"the page could not be fetched ({_one_line(error)}); check the address"
            ) from None


_TOO_SLOW = "the server takes too long; save the page from a browser and add the file"


@dataclass(slots=True)
class _Fetch:
    client: httpx.Client
    settings: LinkSettings
    deadline: float

    def page(self, url: str) -> Fetched:
        for _ in range(self.settings.redirects + 1):
            self._check(url)
            if not self._robots_allow(url):
                raise ImportRefused(
                    "the site's robots.txt forbids fetching it; save the page from a browser"
                )
            with self._opened(url) as response:
                if not response.has_redirect_location:
                    return self._delivered(response)
                url = urljoin(url, response.headers["location"])
        raise ImportRefused(
            f"it redirects more than {self.settings.redirects} times; give the final address"
        )

    def _check(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            _ = parts.port
        except ValueError:
            raise ImportRefused("the address is malformed; check it") from None
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            raise ImportRefused("only http and https addresses are fetched; give such a one")
        if parts.username is not None or parts.password is not None:
            raise ImportRefused("the address holds a user name; give it without")

    @contextmanager
    def _opened(self, url: str) -> Iterator[httpx.Response]:
        if time.monotonic() > self.deadline:
            raise UnreadableFile(_TOO_SLOW)
        with self.client.stream("GET", url, follow_redirects=False) as response:
            yield response

    def _body(self, response: httpx.Response, limit: int) -> bytes:
        content = bytearray()
        for part in response.iter_bytes():
            content += part
            if len(content) > limit:
                raise ImportRefused(f"the page is larger than {limit:,} bytes; it is left out")
            if time.monotonic() > self.deadline:
                raise UnreadableFile(_TOO_SLOW)
        return bytes(content)

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

    def _robots_allow(self, url: str) -> bool:
        """RFC 9309: no such file allows everything, a failing server forbids everything."""
        from protego import Protego

        place = urljoin(url, "/robots.txt")
        for _ in range(self.settings.redirects + 1):
            self._check(place)
            with self._opened(place) as response:
                if response.has_redirect_location:
                    place = urljoin(place, response.headers["location"])
                    continue
                if response.status_code >= 500:
                    return False
                if response.status_code != httpx.codes.OK:
                    return True
                rules = self._body(response, self.settings.largest_robots)
            parsed = Protego.parse(rules.decode("utf-8", "replace"))
            return bool(parsed.can_fetch(url, ROBOT_NAME))
        return True


_NAMED_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/zip": ".zip",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
}
_UNNAMEABLE = re.compile(r"[^\w.-]+")


def file_name(fetched: Fetched) -> str:
    """A harmless name for the file, its ending by what the server says it is, else HTML."""
    parts = urlsplit(fetched.url)
    ending = _NAMED_TYPES.get(fetched.media_type, ".html")
    stem = _UNNAMEABLE.sub("-", f"{parts.hostname}{parts.path}").strip("-._") or "page"
    return stem.removesuffix(ending)[:120].strip("-._") + ending


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


__all__ = ["Address", "Fetched", "LinkSettings", "fetch", "file_name"]
