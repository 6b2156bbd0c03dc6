"""What of a page did not become its article: navigation, boxes, captions, comments, the foot.

Extraction says what it keeps, not what it leaves. The visible blocks of the page are compared with
the words that were kept; this costs a second reading of the page and is done only on request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.cleaning.lines import folded
from corpus.readers.markup import BLOCKS, local_name

_UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "head", "svg", "iframe", "object", "canvas"}
    | {"select", "audio", "video"}
)
_ENTRIES = frozenset({"li", "tr", "dt", "dd"})
"""What stands in rows: shown as one line where several in a row were left out."""
_BLOCKS = BLOCKS | {"nav", "aside", "footer", "form", "figcaption", "fieldset"}
_SHORT = 60
"""Code points up to which a block is taken for kept only where it is a line or a cell of its own;
a word of navigation may well stand somewhere in the text."""
_RUN = 3
_LEAST_KEPT = 0.5
_BETWEEN = " · "


@dataclass(slots=True)
class _Block:
    """A visible run of text, and the row of entries that it belongs to, if any."""

    row: Any
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def left_out(page: Any, kept: Iterable[str]) -> list[str]:
    """Visible blocks of a page (its root element), in order, each once, that are not in `kept`.

    A block most of whose words were kept in their order counts as kept.
    """
    words = _Kept("\n".join(kept))
    rows: list[tuple[Any, list[str]]] = []
    for block in _visible_blocks(page):
        text = block.text
        if not any(mark.isalnum() for mark in text) or text in words:
            continue
        if rows and block.row is not None and rows[-1][0] is block.row:
            rows[-1][1].append(text)
        else:
            rows.append((block.row, [text]))
    return list(dict.fromkeys(_BETWEEN.join(texts) for _, texts in rows))


class _Kept:
    """The words of an article, asked whether a block is among them."""

    def __init__(self, text: str) -> None:
        lines = [" ".join(folded(line).replace("|", " ").split()) for line in text.split("\n")]
        self._lines = {line.removeprefix("- ") for line in lines}
        self._whole = " ".join(lines)
        self._letters = self._whole.replace(" ", "")
        self._runs = set(_runs(self._whole))

    def __contains__(self, block: str) -> bool:
        sought = " ".join(folded(block).replace("|", " ").split())
        if sought in self._lines:
            return True
        if len(sought) <= _SHORT:
            return sought.endswith((".", "!", "?", "…", "。")) and self._holds(sought)
        runs = _runs(sought)
        found = sum(run in self._runs for run in runs)
        return self._holds(sought) or found > _LEAST_KEPT * len(runs)

    def _holds(self, sought: str) -> bool:
        """Whether the words were kept, wherever an index ("CO<sub>2</sub>") was set apart."""
        return sought.replace(" ", "") in self._letters


def _runs(text: str) -> list[tuple[str, ...]]:
    words = text.split()
    return [tuple(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1)]


def _visible_blocks(root: Any) -> Iterator[_Block]:
    """Walks without recursion, however deep the nesting."""
    from lxml import etree

    unseen = 0
    rows: list[Any] = []
    block = _Block(None)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local_name(element)
        if event == "start":
            unseen += _is_unseen(element, name)
            if name in _BLOCKS:
                yield block
                if name not in _ENTRIES:
                    rows.append(element)
                block = _Block(rows[-1] if name in _ENTRIES and rows else None)
            if not unseen and element.text:
                block.words.append(element.text)
            continue
        unseen -= _is_unseen(element, name)
        if name in _BLOCKS:
            yield block
            if rows and rows[-1] is element:
                rows.pop()
            block = _Block(None)
        if not unseen and element is not root and element.tail:
            block.words.append(element.tail)
    yield block


def _is_unseen(element: Any, name: str) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return name in _UNSEEN or element.get("hidden") is not None or "display:none" in style
