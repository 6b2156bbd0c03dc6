"""EPUB: each chapter is an article, the publication its outlet."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import Any
from urllib.parse import unquote

from corpus.cleaning.notices import has_no_sentence
from corpus.draft import Draft
from corpus.errors import CorpusError, UnreadableFile
from corpus.readers.archives import Archive, opened_archive
from corpus.readers.markup import local_name, parse_xml, text_of_element, text_of_markup
from corpus.readers.reading import Flaw, Source

_NAMED_CHARACTER = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_HEADINGS = ("h1", "h2", "h3", "title")


def read_epub(source: Source) -> Iterator[Draft | Flaw]:
    """One draft for each chapter of the spine that holds text."""
    with opened_archive(source.content, source.settings) as archive:
        package, folder = _package(archive)
        metadata: dict[str, str] = {}
        for element in package.iter():
            if element.text and element.text.strip():
                metadata.setdefault(local_name(element), element.text.strip())
        for place in _spine(package):
            path = posixpath.normpath(posixpath.join(folder, unquote(place)))
            try:
                draft = _chapter(archive.read(path), metadata, path)
            except CorpusError as error:
                yield Flaw(path, str(error))
                continue
            if not has_no_sentence(draft.text.split("\n")):
                yield draft
            elif draft.text:
                yield Flaw(path, "it holds no sentence (a cover or list of contents?)")


def _package(archive: Archive) -> tuple[Any, str]:
    container = parse_xml(archive.read("META-INF/container.xml"))
    for element in container.iter():
        if local_name(element) == "rootfile" and element.get("full-path"):
            path = str(element.get("full-path"))
            return parse_xml(archive.read(path)), posixpath.dirname(path)
    raise UnreadableFile("the EPUB names no contents; save it again")


def _spine(package: Any) -> list[str]:
    files: dict[str, str] = {}
    order: list[str] = []
    for element in package.iter():
        name = local_name(element)
        if name == "item" and element.get("id") and element.get("href"):
            files[element.get("id")] = element.get("href")
        elif name == "itemref" and element.get("idref"):
            order.append(element.get("idref"))
    return [files[name] for name in order if name in files]


def _chapter(content: bytes, metadata: dict[str, str], where: str) -> Draft:
    try:
        root = parse_xml(_without_names(content))
    except UnreadableFile:
        return Draft(text=text_of_markup(content), where=where, source=metadata.get("title"))
    found: dict[str, str] = {}
    for one in root.iter():
        if local_name(one) in _HEADINGS and (words := " ".join("".join(one.itertext()).split())):
            found.setdefault(local_name(one), words)
    title = next((found[name] for name in _HEADINGS if name in found), None)
    author = metadata.get("creator")
    return Draft(
        text=text_of_element(root),
        title=title,
        authors=(author,) if author else (),
        source=metadata.get("title"),
        published=metadata.get("date"),
        language=metadata.get("language"),
        where=where,
        as_given=True,
    )


def _without_names(content: bytes) -> bytes:
    """`&nbsp;` and the like by number: XHTML defines them in a document that is never fetched."""

    def numbered(name: re.Match[bytes]) -> bytes:
        written = name[1].decode("ascii")
        if written in _OF_XML or written not in name2codepoint:
            return name[0]
        return b"&#%d;" % name2codepoint[written]

    return _NAMED_CHARACTER.sub(numbered, content)
