"""The body of a Word document as it reads once its tracked changes are accepted.

The text stands in `w:t` elements at any depth: inside insertions, content controls, smart tags,
links and fields. What is no part of it is named here; everything else is descended into.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NO_TEXT = frozenset(
    {f"{_W}{name}" for name in ("del", "moveFrom", "rt", "txbxContent", "drawing", "pict")}
    | {f"{_W}{name}" for name in ("object", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr")}
    # The same again, for programs that do not know the newer form beside it.
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_MARKS: Mapping[str, str] = {
    f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}  # fmt: skip
_CONTENTS = "Table of Contents"
_OFF = ("0", "false", "off", "none")


def blocks(element: Any) -> Iterator[Any]:
    """The paragraphs (`w:p`) and tables (`w:tbl`) below an element, in order."""
    for child in element:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif not _is_silent(child):
            yield from blocks(child)


def is_table(block: Any) -> bool:
    """Whether a block is a table."""
    return bool(block.tag == f"{_W}tbl")


def text_of_paragraph(paragraph: Any) -> str:
    """The words of a paragraph, with its tabs and line breaks."""
    return "".join(_pieces(paragraph))


def is_joined_to_next(paragraph: Any) -> bool:
    """Whether the end of the paragraph was deleted: the next one goes on in it."""
    return paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None


def style_of(paragraph: Any) -> str | None:
    """The id of the paragraph's style, if it has one of its own."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return None if style is None else style.get(f"{_W}val")


def is_numbered(properties: Any) -> bool | None:
    """Whether paragraph properties (`w:pPr`) set a list; None where they say nothing of it."""
    number = None if properties is None else properties.find(f"{_W}numPr/{_W}numId")
    return None if number is None else number.get(f"{_W}val") != "0"


def properties_of(element: Any) -> Any:
    """The `w:pPr` of a paragraph or style, None where there is none."""
    return element.find(f"{_W}pPr")


def text_of_table(table: Any) -> str:
    """Rows on lines, cells apart. A cell merged over rows is said in each, over columns once."""
    above: dict[int, str] = {}
    rows: list[str] = []
    for row in _children(table, "tr"):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        cells: list[str] = []
        for cell in _children(row, "tc"):
            if not _goes_on(cell):
                above[column] = " ".join(_words(cell).split())
            cells.append(above.get(column, ""))
            column += _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
        rows.append(" | ".join(cells))
    return "\n".join(row for row in rows if row.strip(" |"))


def _words(cell: Any) -> str:
    inner = (
        text_of_table(block) if is_table(block) else text_of_paragraph(block)
        for block in blocks(cell)
    )  # fmt: skip
    return "\n".join(inner)


def _goes_on(cell: Any) -> bool:
    """Whether a cell is the lower part of one that is merged over rows."""
    merged = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merged is not None and merged.get(f"{_W}val") != "restart"


def _children(element: Any, name: str) -> Iterator[Any]:
    """Children of a name, also those inside content controls and tracked changes."""
    for child in element:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag not in (f"{_W}tbl", f"{_W}tc") and not _is_silent(child):
            yield from _children(child, name)


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif not _is_silent(child):
            yield from _pieces(child)


def _is_silent(element: Any) -> bool:
    """Deleted or hidden, a picture or text box, a list of contents or a prompt to type here."""
    if element.tag in _NO_TEXT or not isinstance(element.tag, str):
        return True
    if element.tag == f"{_W}r":
        hidden = element.find(f"{_W}rPr/{_W}vanish")
        return hidden is not None and hidden.get(f"{_W}val") not in _OFF
    if element.tag == f"{_W}sdt":
        gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
        prompt = element.find(f"{_W}sdtPr/{_W}showingPlcHdr")
        shown = prompt is not None and prompt.get(f"{_W}val") not in _OFF
        return shown or (gallery is not None and gallery.get(f"{_W}val") == _CONTENTS)
    return False


def _number(element: Any, otherwise: int) -> int:
    written = "" if element is None else element.get(f"{_W}val") or ""
    return int(written) if written.isdecimal() and len(written) <= 3 else otherwise
