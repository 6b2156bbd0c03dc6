"""Word processors' documents: DOCX by python-docx, ODT from its XML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.draft import Draft
from corpus.errors import UnreadableFile
from corpus.readers.archives import opened_archive
from corpus.readers.markup import local_name, parse_xml, refuse_entities
from corpus.readers.reading import Flaw, Source

_PROGRAMS = frozenset({"python-docx", "microsoft office user", "user", "admin", "author"})
_TITLE_STYLES = ("Title", "Heading 1")


def read_docx(source: Source) -> Iterator[Draft | Flaw]:
    """One draft: paragraphs and tables in order, without headers, footers and notes."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    _check_package(source)
    from io import BytesIO

    try:
        document = docx.Document(BytesIO(source.content))
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError):
        raise UnreadableFile("it is no Word document (DOCX); save it as such again") from None
    blocks: list[str] = []
    title = (document.core_properties.title or "").strip() or None
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            blocks.append(_table(block))
            continue
        text = block.text.strip()
        style = block.style.name if block.style is not None else ""
        if title is None and text and style in _TITLE_STYLES:
            title = text
            continue
        blocks.append(text)
    author = (document.core_properties.author or "").strip()
    authors = (author,) if author and author.lower() not in _PROGRAMS else ()
    text = "\n\n".join(block for block in blocks if block)
    yield Draft(text=text, title=title, authors=authors, url=source.url)


def _check_package(source: Source) -> None:
    """Unpack every part once within the limits, so that the library meets no bomb."""
    with opened_archive(source.content, source.settings) as archive:
        if any(name.startswith("EncryptedPackage") for name in archive.names):
            raise UnreadableFile("it is encrypted; save it without a password")
        for name in archive.names:
            content = archive.read(name)
            if name.endswith((".xml", ".rels")):
                refuse_entities(content)


def _table(table: Any) -> str:
    rows: list[str] = []
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            text = " ".join(cell.text.split())
            # A merged cell is given once for each column it spans.
            if not cells or text != cells[-1]:
                cells.append(text)
        rows.append(" | ".join(cells))
    return "\n".join(row for row in rows if row.strip(" |"))


def read_odt(source: Source) -> Iterator[Draft | Flaw]:
    """One draft: headings, paragraphs, list items and table rows."""
    with opened_archive(source.content, source.settings) as archive:
        root = parse_xml(archive.read("content.xml"))
        metadata: dict[str, str] = {}
        if "meta.xml" in archive.names:
            for element in parse_xml(archive.read("meta.xml")).iter():
                if element.text and element.text.strip():
                    metadata.setdefault(local_name(element), element.text.strip())
    body = next((one for one in root.iter() if local_name(one) == "body"), None)
    if body is None:
        raise UnreadableFile("it is no text document (ODT); save it as such again")
    author = metadata.get("initial-creator") or metadata.get("creator")
    yield Draft(
        text="\n\n".join(_odt_blocks(body)),
        title=metadata.get("title"),
        authors=(author,) if author else (),
        url=source.url,
    )


def _odt_blocks(body: Any) -> Iterator[str]:
    for element in body.iter():
        name = local_name(element)
        inside = {local_name(one) for one in element.iterancestors()}
        if name == "table-row":
            cells = (_odt_text(cell) for cell in element if local_name(cell) == "table-cell")
            yield " | ".join(cells)
        elif name in ("p", "h") and not inside & {"table-row", "note", "annotation"}:
            text = _odt_text(element)
            if text:
                yield f"- {text}" if "list-item" in inside else text


def _odt_text(element: Any) -> str:
    parts: list[str] = [element.text or ""]
    for one in element.iterdescendants():
        name = local_name(one)
        if name in ("tab", "s", "line-break"):
            parts.append(" ")
        if name not in ("note", "annotation"):
            parts.append(one.text or "")
        parts.append(one.tail or "")
    return " ".join("".join(parts).split())
