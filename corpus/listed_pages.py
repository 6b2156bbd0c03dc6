"""The pages behind an address: the page itself, or those that a feed or a sitemap there lists."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterator
from dataclasses import dataclass

from corpus.errors import CorpusError
from corpus.links import Fetched, LinkSettings, fetch
from corpus.readers.feeds import page_links
from corpus.readers.reading import Flaw

MOST_PAGES = 200
MOST_SITEMAPS = 50
_LISTS = (b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex")


@dataclass(frozen=True, slots=True)
class _Waiting:
    url: str
    may_list: bool


def fetch_pages(
    url: str,
    settings: LinkSettings | None = None,
    seen: Container[str] = (),
    most: int = MOST_PAGES,
) -> Iterator[Fetched | Flaw]:
    """The page at `url`, or up to `most` pages that the feed or sitemap there lists.

    Listed pages whose canonical address is in `seen` are not fetched again; one that cannot be
    had is a flaw and the others follow. Raises as `fetch` does for `url` itself.
    """
    first = fetch(url, settings)
    if not is_list(first):
        yield first
        return
    waiting = deque(_listed(first, seen))
    lists = pages = 0
    while waiting and pages < most:
        place = waiting.popleft()
        if place.may_list and lists >= MOST_SITEMAPS:
            continue
        lists += place.may_list
        try:
            fetched = fetch(place.url, settings)
            if place.may_list and is_list(fetched):
                waiting.extend(_listed(fetched, seen))
                continue
        except CorpusError as error:
            yield Flaw(place.url, str(error))
            continue
        pages += 1
        yield fetched


def is_list(fetched: Fetched) -> bool:
    """Whether what was fetched is a feed or a sitemap, by its first bytes."""
    start = fetched.content[:2_000].lower()
    return any(mark in start for mark in _LISTS) and b"<html" not in start


def _listed(fetched: Fetched, seen: Container[str]) -> Iterator[_Waiting]:
    for link in page_links(fetched.content, seen):
        yield _Waiting(link.url, link.is_sitemap)
