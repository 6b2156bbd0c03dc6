"""EPUB: each chapter is an article, the publication its outlet."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from corpus.draft import Draft
from corpus.errors import CorpusError, UnreadableFile
from corpus.readers.archives import Archive, opened_archive
from corpus.readers.markup import local_name, parse_xml, text_of_element, text_of_markup
from corpus.readers.reading import Flaw, Source

_LEAST_CHARACTERS = 200
"""Covers, title pages and tables of contents are shorter."""
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
            if len(draft.text) >= _LEAST_CHARACTERS:
                yield draft


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
        root = parse_xml(content)
    except UnreadableFile:
        return Draft(text=text_of_markup(content), where=where, source=metadata.get("title"))
    found = {local_name(one): " ".join("".join(one.itertext()).split()) for one in root.iter()
             if local_name(one) in _HEADINGS}  # fmt: skip
    title = next((found[name] for name in _HEADINGS if found.get(name)), None)
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
