"""The body of an OpenDocument text, without its deleted drafts, comments and footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.readers.markup import local_name

_SILENT = frozenset(
    {"tracked-changes", "annotation", "note", "table-of-content", "ruby-text", "forms"}
)
_SPACES = frozenset({"tab", "s", "line-break"})
_OWN_BLOCKS = frozenset({"frame", "text-box", "custom-shape"})
"""Anchored in a paragraph, but no part of its sentences."""


def odt_blocks(element: Any, in_list: bool = False) -> Iterator[str]:
    """Headings, paragraphs, list items and table rows below an element, in order."""
    for child in element:
        name = local_name(child)
        if name in _SILENT:
            continue
        if name == "table-row":
            cells = (_text(cell) for cell in child if local_name(cell) == "table-cell")
            row = " | ".join(cells)
            if row.strip(" |"):
                yield row
        elif name in ("p", "h"):
            text = _text(child)
            if text:
                yield f"- {text}" if in_list and name == "p" else text
            for frame in _frames(child):
                yield from odt_blocks(frame)
        else:
            yield from odt_blocks(child, in_list or name == "list-item")


def _frames(element: Any) -> Iterator[Any]:
    for child in element:
        name = local_name(child)
        if name in _OWN_BLOCKS:
            yield child
        elif name not in _SILENT:
            yield from _frames(child)


def _text(element: Any) -> str:
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local_name(child)
        if name in _SPACES or name in ("p", "h"):
            yield " "
        if name and name not in _SILENT and name not in _OWN_BLOCKS:
            yield from _pieces(child)
        yield child.tail or ""
