"""How deep elements are nested in markup, and how many there are.

Parsers recurse, or take a time of the square of it.
"""

from __future__ import annotations

import re
from itertools import islice

from corpus.errors import ImportRefused

DEEPEST = 2_000
"""Elements inside one another. Real pages have some dozens."""

MOST_ELEMENTS = 100_000
"""The longest real pages have some ten thousands."""
MANY_BLOCKS = 5_000
"""Where the search for an article compares each block with all others, some seconds' worth."""

_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*?(/?)>")
_UNCLOSED = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
    | {"p", "li", "td", "tr", "th", "dt", "dd", "option", "param", "track"}
)


_BLOCK = re.compile(
    r"<(?:p|div|section|article|h[1-6]|li|ul|ol|dl|dt|dd|blockquote|pre|table|tr|td|th|form|option)"
    r"(?=[\s/>])",
    re.I,
)


def refuse_crowd(page: str) -> None:
    """Raises ImportRefused for more elements than a page has: paths are searched in their square.

    Counts tags that open.
    """
    openings = (tag for tag in _TAG.finditer(page) if not tag[1])
    if next(islice(openings, MOST_ELEMENTS, None), None) is not None:
        raise ImportRefused(
            f"the page has more than {MOST_ELEMENTS:,} elements; save the text alone"
        )


def has_many_blocks(markup: str) -> bool:
    """Whether a page has so many paragraphs, cells and the like that comparing them takes long."""
    blocks = _BLOCK.finditer(markup)
    return next(islice(blocks, MANY_BLOCKS, None), None) is not None


def refuse_depth(markup: str) -> None:
    """Raises ImportRefused for nesting that only an attack has. Linear in the length."""
    depth = 0
    for closing, name, empty in _TAG.findall(markup):
        if empty or name.lower() in _UNCLOSED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > DEEPEST:
            raise ImportRefused(
                f"elements are nested more than {DEEPEST:,} deep; save the text alone"
            )
