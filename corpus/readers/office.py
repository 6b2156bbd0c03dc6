"""Word processors' documents: DOCX, opened by python-docx, and ODT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from corpus.draft import Draft
from corpus.errors import UnreadableFile
from corpus.readers import word_body
from corpus.readers.archives import opened_archive
from corpus.readers.markup import local_name, parse_xml, refuse_entities
from corpus.readers.odt_body import odt_blocks
from corpus.readers.reading import Flaw, Source

_PROGRAMS = frozenset({"python-docx", "microsoft office user", "user", "admin", "author"})
_TITLE_STYLES = ("Title", "Heading 1")
_DEEPEST_STYLES = 10
_OF_DAMAGED_PARTS = (AttributeError, TypeError, AssertionError)
"""What the library meets where a part of a document is another than it says."""


def read_docx(source: Source) -> Iterator[Draft | Flaw]:
    """One draft: paragraphs and tables in order, without headers, footers and notes."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    _check_package(source)
    from io import BytesIO

    try:
        document = docx.Document(BytesIO(source.content))
        properties = document.core_properties
        given, author = (properties.title or "").strip(), (properties.author or "").strip()
        styles = {style.style_id: style for style in document.styles}
    except (PackageNotFoundError, LookupError, ValueError, SyntaxError, *_OF_DAMAGED_PARTS):
        raise UnreadableFile("it is no Word document (DOCX); save it as such again") from None
    title = given or None
    blocks: list[str] = []
    for text, style in _docx_blocks(document.element.body, styles):
        if title is None and style in _TITLE_STYLES:
            title = text
        else:
            blocks.append(text)
    authors = (author,) if author and author.lower() not in _PROGRAMS else ()
    yield Draft(text="\n\n".join(blocks), title=title, authors=authors, url=source.url)


def _check_package(source: Source) -> None:
    """Unpack every part once within the limits, so that the library meets no bomb."""
    with opened_archive(source.content, source.settings) as archive:
        if any(name.startswith("EncryptedPackage") for name in archive.names):
            raise UnreadableFile("it is encrypted; save it without a password")
        for name in archive.names:
            content = archive.read(name)
            if name.endswith((".xml", ".rels")):
                refuse_entities(content)


def _docx_blocks(body: Any, styles: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each block that says something, and the name of its style."""
    begun = ""
    for block in word_body.blocks(body):
        if word_body.is_table(block):
            text, style = word_body.text_of_table(block), None
        else:
            style = styles.get(word_body.style_of(block) or "")
            begun += word_body.text_of_paragraph(block)
            if word_body.is_joined_to_next(block):
                continue
            text, begun = begun.strip(), ""
            if text and _is_list_item(block, style):
                text = f"- {text}"
        if text:
            yield text, str(style.name) if style is not None else ""
    if begun.strip():
        yield begun.strip(), ""


def _is_list_item(paragraph: Any, style: Any) -> bool:
    """Whether a paragraph is numbered or has a bullet, itself or by its style; no heading is."""
    if style is not None and str(style.name).startswith(("Heading", "Title")):
        return False
    numbered = word_body.is_numbered(word_body.properties_of(paragraph))
    for _ in range(_DEEPEST_STYLES):
        if numbered is not None or style is None:
            break
        numbered = word_body.is_numbered(word_body.properties_of(style.element))
        style = getattr(style, "base_style", None)
    return bool(numbered)


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
        text="\n\n".join(odt_blocks(body)),
        title=metadata.get("title"),
        authors=(author,) if author else (),
        url=source.url,
    )
