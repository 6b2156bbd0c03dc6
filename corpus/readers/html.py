"""HTML pages: the article without what surrounds it, by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.cleaning.lines import folded
from corpus.decoding import decode
from corpus.draft import Draft
from corpus.errors import ImportRefused, NoArticleText
from corpus.readers.reading import Flaw, Source

LARGEST_PAGE = 20_000_000
DEEPEST = 2_000
"""Elements inside one another. Real pages have some dozens; parsers recurse."""

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*?(/?)>")
_UNCLOSED = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
    | {"p", "li", "td", "tr", "th", "dt", "dd", "option", "param", "track"}
)
_CHANGED = re.compile(
    r"""(?:article:modified_time|og:updated_time)["']\s+content=["']([^"']{8,40})["']"""
    r"""|["']dateModified["']\s*:\s*["']([^"']{8,40})["']"""
)
_SEPARATOR = re.compile(r"\s+[-–—|·•:»/]\s+")
_FIRST_PUBLISHED = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}


def read_html(source: Source) -> Iterator[Draft | Flaw]:
    """One draft: main text and the page's own metadata."""
    if len(source.content) > LARGEST_PAGE:
        raise ImportRefused(f"the page is larger than {LARGEST_PAGE:,} bytes; save the text alone")
    page = decode(source.content, source.encoding)
    _refuse_depth(page)
    import trafilatura  # heavy, and most runs read no page
    from trafilatura.settings import Document

    document = trafilatura.bare_extraction(
        page,
        url=source.url,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params=_FIRST_PUBLISHED,
    )
    if not isinstance(document, Document) or not document.text:
        raise NoArticleText(
            "no article was found on the page (a login or an error page?); save the article itself"
        )
    outlet = document.sitename or document.hostname
    names = [name.strip() for name in (document.author or "").split(";")]
    changed = _CHANGED.search(page)
    yield Draft(
        text=document.text,
        title=_without_outlet(document.title, document.sitename),
        authors=tuple(name for name in names if name and folded(name) != folded(outlet or "")),
        source=outlet,
        published=document.date,
        updated=(changed[1] or changed[2]) if changed else None,
        url=document.url or source.url,
        language=document.language or _declared_language(page),
        as_given=True,
    )


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """The title without the outlet's name that pages put at its end."""
    if not title or not outlet:
        return title
    parts = _SEPARATOR.split(title)
    if len(parts) < 2 or folded(parts[-1]) not in folded(outlet):
        return title
    return title[: title.rindex(parts[-1])].rstrip(" -–—|·•:»/") or title


def _declared_language(page: str) -> str | None:
    match = re.search(r"<html[^>]{0,500}?\blang=[\"']?([a-zA-Z]{2,3})\b", page[:5_000], re.I)
    return match[1] if match else None


def _refuse_depth(page: str) -> None:
    """Raises ImportRefused for nesting that only an attack has. Linear in the page's length."""
    depth = 0
    for closing, name, empty in _TAG.findall(page):
        if empty or name.lower() in _UNCLOSED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > DEEPEST:
            raise ImportRefused(
                f"the page is nested more than {DEEPEST:,} elements deep; save the text alone"
            )
