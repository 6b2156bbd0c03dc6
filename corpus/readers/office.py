"""Word processors' documents: DOCX, opened by python-docx, and ODT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.cleaning.lines import ends_like_sentence, folded
from corpus.draft import Draft
from corpus.errors import UnreadableFile
from corpus.readers import word_body
from corpus.readers.archives import opened_archive
from corpus.readers.markup import local_name, parse_xml, refuse_entities
from corpus.readers.odt_body import odt_blocks
from corpus.readers.reading import Flaw, Source

_PROGRAMS = frozenset({"python-docx", "microsoft office user", "user", "admin", "author"})
_TITLE_STYLES = ("Title", "Heading 1")
_LONGEST_HEAD = 8
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
    blocks = list(_docx_blocks(document.element.body, styles))
    place = _title_place(blocks, given)
    title = (given if place is None else blocks.pop(place)[0]) or None
    authors = (author,) if author and author.lower() not in _PROGRAMS else ()
    text = "\n\n".join(text for text, _ in blocks)
    yield Draft(text=text, title=title, authors=authors, url=source.url)


def _title_place(blocks: Sequence[tuple[str, str]], given: str) -> int | None:
    """Which block is the title; None where it is the one given in the document's properties.

    That is often of the template or document that this one was made from, so it counts only where
    the document says it too, or has no title of its own above its text.
    """
    head = _head(blocks) if given else blocks
    if given and any(folded(text) == folded(given) for text, _ in head):
        return None
    styled = (
        place
        for wanted in _TITLE_STYLES
        for place, (_, style) in enumerate(head)
        if style == wanted
    )
    return next(styled, None)


def _head(blocks: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """The blocks above the first sentence of the text."""
    for place, (text, style) in enumerate(blocks[:_LONGEST_HEAD]):
        if style not in _TITLE_STYLES and ends_like_sentence(text):
            return blocks[:place]
    return blocks[:_LONGEST_HEAD]


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
