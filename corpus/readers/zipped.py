"""A ZIP of files of any format that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from corpus.draft import Draft
from corpus.errors import CorpusError, ImportRefused
from corpus.files import is_ignored, pages_of, safe_name
from corpus.readers.archives import opened_archive
from corpus.readers.reading import Flaw, ReadAny, Source

_DEEPEST = 2
_DEEPEST_PAGE = 30
"""So many folders deep a saved page is looked for; a name may have thousands."""


def read_zip(source: Source, read_any: ReadAny) -> Iterator[Draft | Flaw]:
    """The drafts of every member; a member that cannot be read is a flaw, the rest goes in.

    Nothing is ever written to disk, so a name like `../x` leads nowhere.
    """
    if source.depth >= _DEEPEST:
        raise ImportRefused("archives inside archives inside archives; unpack the outer ones")
    with opened_archive(source.content, source.settings) as archive:
        members = frozenset(map(_parts, archive.names))
        for name in archive.names:
            if _is_ignored(name) or _is_of_page(name, members):
                continue
            where = printable(name)
            try:
                content = archive.read(name)
                member = _member(source, name, content)
                for draft in read_any(member):
                    draft_where = f"{where}, {draft.where}" if draft.where else where
                    yield replace(draft, where=draft_where)
            except CorpusError as error:
                yield Flaw(where, str(error))
                if archive.spent >= source.settings.largest_unpacked:
                    return


def _member(source: Source, name: str, content: bytes) -> Source:
    """One file of an archive.

    The archive's address and character set are not its own: under one address all members would be
    versions of one article.
    """
    return replace(
        source,
        name=safe_name(name),
        content=content,
        url=None,
        encoding=None,
        depth=source.depth + 1,
    )


def printable(name: str) -> str:
    """A name for a message: on one line whatever is in it."""
    shown = name[:200]
    return shown if shown.isprintable() else ascii(shown)


def _is_ignored(name: str) -> bool:
    parts = _parts(name)
    folders = [part for part in parts if part not in ("..", ".", "/")]
    return "__MACOSX" in parts or any(is_ignored(part) for part in folders)


def _is_of_page(name: str, members: frozenset[tuple[str, ...]]) -> bool:
    """Whether a member lies below a folder of a saved page, and that page is in the archive."""
    parts = _parts(name)
    return any(
        (*parts[:depth], page) in members
        for depth, folder in enumerate(parts[:-1][:_DEEPEST_PAGE])
        for page in pages_of(folder)
    )


def _parts(name: str) -> tuple[str, ...]:
    return PurePosixPath(name.replace("\\", "/")).parts
