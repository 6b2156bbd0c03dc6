"""What a page says of its own article in JSON-LD, told from what it says of others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.cleaning.lines import folded
from corpus.identity import canonical_url

_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
"""Where the node of a page's own article may be, and never those of a list of others."""
_TYPES = ("article", "posting", "report", "webpage")
_MOST_NODES = 500


def own_node(page: Any, title: str | None, url: str | None) -> Mapping[str, Any]:
    """The node (as parsed) whose headline or address is the page's, else its only article.

    Of several it is the article rather than the page around it, which often has no dates.
    Empty where there is none. `page` is the root element of the page.
    """
    nodes = [node for node in _nodes(page) if _is_of_text(node)]
    own = [node for node in nodes if _is_titled(node, title) or _has_address(node, url)]
    if own:
        return (_articles(own) or own)[0]
    articles = _articles(nodes) or nodes
    return articles[0] if len(articles) == 1 else {}


def _articles(nodes: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [node for node in nodes if not _type(node).endswith("page")]


def _nodes(page: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [
        read
        for script in ([] if page is None else page.iter("script"))
        if "ld+json" in (script.get("type") or "").lower()
        and (read := _parsed(script.text or "")) is not None
    ]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        found = waiting.pop(0)
        if isinstance(found, list):
            waiting[:0] = found
        elif isinstance(found, dict):
            yield found
            waiting[:0] = [found[name] for name in _INSIDE if name in found]


def _parsed(text: str) -> Any:
    try:
        # Many a page has line breaks inside its strings.
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _type(node: Mapping[str, Any]) -> str:
    kind = node.get("@type")
    named = kind[0] if isinstance(kind, list) and kind else kind
    return named.lower() if isinstance(named, str) else ""


def _is_of_text(node: Mapping[str, Any]) -> bool:
    return _type(node).endswith(_TYPES)


def _is_titled(node: Mapping[str, Any], title: str | None) -> bool:
    named = node.get("headline") or node.get("name")
    return bool(title) and isinstance(named, str) and folded(named) == folded(title or "")


def _has_address(node: Mapping[str, Any], url: str | None) -> bool:
    own = canonical_url(url)
    page = node.get("mainEntityOfPage")
    named = (node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page)
    return own is not None and any(
        isinstance(one, str) and canonical_url(one) == own for one in named
    )
