"""What names an article: its own id, else its address, else what it says."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from corpus.article import Article

_TRACKING = ("utm_", "fbclid", "gclid", "mc_", "igshid", "ref_src", "cmpid", "ocid", "at_")
_SESSION = (";jsessionid=", ";phpsessid=")


def article_id(given: str | None, url: str | None, title: str, text: str) -> str:
    """The id of an article: kept as given, else sixteen hex digits of a SHA-256."""
    if given:
        return given
    return short_hash(url if url else f"{title}\x00{text}")


def ids_apart(article: Article, path: str) -> tuple[str, ...]:
    """Further ids of an article whose own is another article's already, the best first.

    By its address it is known wherever it comes from, by its file when its words change; by its
    words it is apart from another of the same file and id.
    """
    by_address = (short_hash(article.url),) if article.url else ()
    by_file = f"{path}\x00{article.id}"
    by_words = f"{by_file}\x00{article.content_hash}"
    names = (*by_address, short_hash(by_file), short_hash(by_words))
    return tuple(name for name in names if name != article.id)


def short_hash(text: str) -> str:
    """Sixteen hex digits of the SHA-256 of `text`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def canonical_url(url: str | None) -> str | None:
    """The address without fragment, tracking, session and case of host; None if it is no http(s).

    Two copies of one page that were saved from differently decorated links become the same.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in ("http", "https") or not host or any(mark.isspace() for mark in url.strip()):
        return None
    host = f"[{host}]" if ":" in host else host
    if port and port != {"http": 80, "https": 443}[scheme]:
        host = f"{host}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not key.lower().startswith(_TRACKING)]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    return urlunsplit((scheme, host, _without_session(parts.path) or "/", query, ""))


def _without_session(path: str) -> str:
    for mark in _SESSION:
        place = path.lower().find(mark)
        if place >= 0:
            return path[:place]
    return path
