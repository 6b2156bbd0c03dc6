"""RSS and Atom feeds by feedparser; sitemaps; and which of their links are new."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

from corpus.decoding import decode
from corpus.draft import Draft
from corpus.errors import NoArticleText, UnreadableFile
from corpus.identity import canonical_url
from corpus.readers.depth import refuse_depth
from corpus.readers.markup import local_name, parse_xml, refuse_entities, text_of_markup
from corpus.readers.reading import Flaw, Source

MOST_LINKS = 50_000
_SITEMAPS = ("urlset", "sitemapindex")


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page that a feed or sitemap names; `is_sitemap` for a sitemap named by an index."""

    url: str
    changed: str | None = None
    is_sitemap: bool = False


def read_xml(source: Source) -> Iterator[Draft | Flaw]:
    """The entries of a feed as drafts. A sitemap holds addresses only, which is said."""
    if _looks_like_page(source.content):
        raise NoArticleText("not a feed but a web page (a login?); give the feed's own address")
    feed = _parsed(source.content)
    if not feed.get("version"):
        if local_name(parse_xml(source.content)) in _SITEMAPS:
            raise NoArticleText(
                "a sitemap lists addresses, not articles; run onrecord add with its web address"
            )
        raise UnreadableFile("the XML is no feed and no sitemap; convert it to JSON Lines or HTML")
    outlet = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, start=1):
        yield _draft(entry, f"entry {number}", outlet, feed.feed.get("language"))
    if not feed.entries:
        raise NoArticleText("the feed has no entries; try again later")


def page_links(content: bytes, seen: Container[str] = ()) -> list[PageLink]:
    """Pages named by a feed or sitemap, in order, without those whose address was `seen`.

    Addresses are canonical. Raises UnreadableFile or NoArticleText where it is neither.
    """
    if _looks_like_page(content):
        raise NoArticleText("not a feed but a web page (a login?); give the feed's own address")
    feed = _parsed(content)
    if feed.get("version"):
        found = [(entry.get("link"), _changed(entry), False) for entry in feed.entries]
    else:
        found = list(_sitemap_entries(parse_xml(content)))
    links: dict[str, PageLink] = {}
    for address, changed, is_sitemap in found[:MOST_LINKS]:
        url = canonical_url(address)
        if url and url not in seen:
            links.setdefault(url, PageLink(url, changed, is_sitemap))
    return list(links.values())


def _sitemap_entries(root: Any) -> Iterator[tuple[str | None, str | None, bool]]:
    if local_name(root) not in _SITEMAPS:
        raise UnreadableFile("the XML is no feed and no sitemap; give another address")
    for element in root:
        fields = {local_name(one): (one.text or "").strip() for one in element}
        yield fields.get("loc"), fields.get("lastmod"), local_name(element) == "sitemap"


def _parsed(content: bytes) -> Any:
    import feedparser

    refuse_entities(content)
    refuse_depth(decode(content))
    # Bytes, never a string: a string might be taken for an address and fetched.
    return feedparser.parse(content, sanitize_html=True, resolve_relative_uris=False)


def _draft(entry: Any, where: str, outlet: str | None, language: str | None) -> Draft:
    bodies = [part.get("value", "") for part in entry.get("content", [])]
    body = max([*bodies, entry.get("summary", "")], key=len)
    names = [person.get("name") for person in entry.get("authors", [])]
    updated = _changed(entry)
    return Draft(
        text=text_of_markup(body) if "<" in body or "&" in body else body,
        title=text_of_markup(entry.get("title", "")) or None,
        authors=tuple(name for name in names if name),
        source=(entry.get("source") or {}).get("title") or outlet,
        # Atom demands the date of the last change alone, and RDF has no other.
        published=entry.get("published") or updated,
        updated=updated,
        url=entry.get("link"),
        language=language,
        where=where,
        as_given=True,
    )


def _changed(entry: Any) -> str | None:
    # `get` would give the date of publishing where there is none, and warn.
    return str(entry["updated"]) if "updated" in entry else None


def _looks_like_page(content: bytes) -> bool:
    start = decode(content[:2_000]).lstrip().lower()
    return start.startswith(("<!doctype html", "<html")) or "<html" in start[:500]
