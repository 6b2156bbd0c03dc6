"""Which pages of a feed or sitemap are in the collection already, or were removed from it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bot.followed_links import FollowedLinks
from corpus.errors import IndexMissing
from corpus.identity import canonical_url, short_hash
from index.store import Filter

if TYPE_CHECKING:
    from bot.composition import Parts

ARTICLES_AT_ONCE = 1_000


class SeenPages:
    """A container of canonical addresses. What it knows is as of its first question."""

    def __init__(self, parts: Parts, followed: FollowedLinks) -> None:
        self._parts = parts
        self._followed = followed

    def __contains__(self, url: object) -> bool:
        if not isinstance(url, str):
            return False
        return url in self._links or url in self._stored or short_hash(url) in self._removed

    def stored(self, url: str) -> tuple[str, ...]:
        """Ids of the articles in the index that came from this address; none if removed."""
        by_address = self._stored.get(url)
        if by_address is not None:
            return (by_address,)
        followed = self._links.get(url, ())
        return tuple(one for one in followed if one in self._ids)

    @cached_property
    def _stored(self) -> dict[str, str]:
        """Ids by canonical address."""
        found: dict[str, str] = {}
        offset, total = 0, 1
        while offset < total:
            try:
                page, total = self._parts.store.articles(Filter(), offset, ARTICLES_AT_ONCE)
            except IndexMissing:
                return {}
            for one in page:
                if url := canonical_url(one.url):
                    found[url] = one.id
            offset += ARTICLES_AT_ONCE
        return found

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self._stored.values())

    @cached_property
    def _links(self) -> dict[str, tuple[str, ...]]:
        return self._followed.all()

    @cached_property
    def _removed(self) -> frozenset[str]:
        return self._parts.removed.ids()
