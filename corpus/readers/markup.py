"""XML and HTML that is not a page: parsed safely, and as text with its paragraphs."""

from __future__ import annotations

import re
from typing import Any

from corpus.errors import ImportRefused, UnreadableFile

BLOCKS = frozenset(
    {"p", "div", "section", "article", "header", "main", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "table", "tr", "figure", "br"}
    | {"hr", "body", "caption"}
)
_SILENT = frozenset(
    {"script", "style", "template", "noscript", "nav", "aside", "footer", "form", "button"}
    | {"figcaption", "svg", "iframe", "head", "select", "audio", "video", "canvas", "object"}
)
_CELLS = frozenset({"td", "th"})
_ENTITY = re.compile(rb"<\x00{0,3}!" + b"".join(rb"\x00{0,3}%c" % sign for sign in b"ENTITY"), re.I)
"""In any encoding: UTF-16 and UTF-32 write letters of ASCII as themselves with zeros between."""
_ENTITIES = "the XML declares entities, which may be a bomb; save it without"
_SPACE = re.compile(r"\s+")


def parse_xml(content: bytes) -> Any:
    """The root element (lxml). Nothing outside the document is ever read.

    Raises ImportRefused for a document that declares entities (a bomb could hide in them) and
    UnreadableFile for one that is not well-formed.
    """
    from lxml import etree

    refuse_entities(content)
    parser = etree.XMLParser(resolve_entities=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableFile("it is not well-formed XML; save it again") from None
    if root is None:
        raise UnreadableFile("it is not well-formed XML; save it again")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise ImportRefused(_ENTITIES)  # in an encoding that hid them from the search
    return root


def parse_page(page: str | bytes) -> Any:
    """The root element (lxml) of an HTML page; None where there is none.

    Bytes are read in the encoding that they name.
    """
    from lxml import etree

    encoding = "utf-8" if isinstance(page, str) else None
    content = page.encode("utf-8", "replace") if isinstance(page, str) else page
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, encoding=encoding
    )
    try:
        return etree.fromstring(content, parser) if content.strip() else None
    except (etree.XMLSyntaxError, ValueError):
        return None


def refuse_entities(content: bytes) -> None:
    """Raises ImportRefused where a document type declares entities."""
    if _ENTITY.search(content):
        raise ImportRefused(_ENTITIES)


def text_of_markup(markup: str | bytes) -> str:
    """The text of a piece of HTML: paragraphs apart, list items and table rows on lines."""
    root = parse_page(markup)
    return "" if root is None else text_of_element(root)


def text_of_element(root: Any) -> str:
    """The same for an lxml element. Walks without recursion, however deep the nesting."""
    from lxml import etree

    parts: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local_name(element)
        if event == "start":
            silent += name in _SILENT
            if not silent:
                parts.append(_opening(name))
                parts.append(_flat(element.text))
            continue
        if not silent and name in BLOCKS:
            parts.append("\n\n" if name not in ("li", "tr", "br", "dt", "dd") else "\n")
        if not silent and name in _CELLS and element.getnext() is not None:
            parts.append(" | ")
        silent -= name in _SILENT
        if not silent and element is not root:
            parts.append(_flat(element.tail))
    return _tidied("".join(parts))


def local_name(element: Any) -> str:
    """`p` of `{http://www.w3.org/1999/xhtml}p`; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _opening(name: str) -> str:
    if name == "li":
        return "\n- "
    if name == "tr":
        return "\n"
    return "\n\n" if name in BLOCKS - {"br", "dt", "dd"} else ""


def _flat(text: str | None) -> str:
    return _SPACE.sub(" ", text) if text else ""


def _tidied(text: str) -> str:
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n"))
    kept = (line for line in lines if line not in ("-", "|"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
