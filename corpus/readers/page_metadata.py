"""What a page says of itself, where pages in general say it wrongly."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from corpus.cleaning.lines import folded

_NO_NAMES = frozenset({
    "name", "author", "autor", "autorin", "auteur", "admin", "administrator", "root", "user",
    "editor", "unknown", "guest", "gast", "webmaster", "by", "von", "anonymous", "none", "null",
    "unbenannt", "untitled", "unnamed", "article", "artikel", "par", "por",
})  # fmt: skip
"""Labels of forms and accounts of programs."""
_COPYRIGHT = re.compile(
    r"^(?:©|\(c\)|copyright)?\s*(?:\d{4}\s*[-–]\s*)?(?:19[5-9]|20\d)\d\s+(?=\D)", re.I
)
_BEFORE_NAME = re.compile(
    r"\A(?:(?:(?:article|artikel|text|written|posted)\s+)?(?:by|von|par|por)(?:\s+|\Z)"
    r"|(?:autor(?:in)?|author|auteur)\s*:?\s+)",
    re.I,
)
_SITE = re.compile(r"\bwww\b|https?:", re.I)
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]+)"
)
"""How browsers and SingleFile note in a page where it was saved from."""
_WHERE_SAVED = 5_000
_SHORTEST_TITLE = 12
"""Code points. A shorter heading ("Sport") may well be a part of the title that is none of it."""
_HANDLE = re.compile(r"@?\w*_\w*")


def author_name(written: str) -> str:
    """A name without the words that lead to it ("Article by"); empty where that was all."""
    return _BEFORE_NAME.sub("", written.strip(), count=1)


def is_author(name: str, outlet: str | None) -> bool:
    """Whether a name in the author's place is somebody's and not a label or the outlet."""
    plain = folded(name)
    if not plain or plain in _NO_NAMES or _SITE.search(plain):
        return False
    return plain != folded(outlet or "")


def page_title(page: Any, extracted: str | None) -> str | None:
    """The title of a page's article, where a heading of a menu was taken for it.

    What the page calls itself in its head decides: the title is in it, or another heading is.
    """
    if page is None:
        return extracted
    stated = [_words(one) for one in page.iter("title")]
    named = [
        " ".join((one.get("content") or "").split())
        for one in page.iter("meta")
        if (one.get("property") or one.get("name") or "").lower() == "og:title"
    ]
    whole = folded(" ".join([*stated, *named]))
    if extracted and (folded(extracted) in whole or not whole):
        return extracted
    in_head = folded(" ".join(stated))
    headings = sorted(map(_words, page.iter("h1")), key=len, reverse=True)
    for one in (*named, *headings):
        if len(one) >= _SHORTEST_TITLE and folded(one) in in_head:
            return one
    return extracted


def saved_from(markup: str) -> str | None:
    """The address that a saved page notes in a comment at its top."""
    found = _SAVED_FROM.search(markup[:_WHERE_SAVED])
    return found[1] if found else None


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def outlet_name(stated: str | None) -> str | None:
    """The name of an outlet without the year of its copyright; None for a handle of a network."""
    if not stated:
        return None
    name = _COPYRIGHT.sub("", stated.strip())
    return None if not name or _HANDLE.fullmatch(name) else name


def own_address(canonical: str | None, fetched: str | None) -> str | None:
    """The address that a page names as its own, else the one it was fetched from.

    Many a template names the front page on every page: an article has no such address, and all
    of the site would be taken for versions of one.
    """
    if canonical and not _is_front_page(canonical):
        return canonical
    return fetched


def _is_front_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path in ("", "/") and not parts.query
