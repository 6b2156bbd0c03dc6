"""A ZIP of files of any format that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from corpus.draft import Draft
from corpus.errors import CorpusError, ImportRefused
from corpus.files import is_ignored, safe_name
from corpus.readers.archives import opened_archive
from corpus.readers.reading import Flaw, ReadAny, Source

_DEEPEST = 2


def read_zip(source: Source, read_any: ReadAny) -> Iterator[Draft | Flaw]:
    """The drafts of every member; a member that cannot be read is a flaw, the rest goes in.

    Nothing is ever written to disk, so a name like `../x` leads nowhere.
    """
    if source.depth >= _DEEPEST:
        raise ImportRefused("archives inside archives inside archives; unpack the outer ones")
    with opened_archive(source.content, source.settings) as archive:
        for name in archive.names:
            if _is_ignored(name):
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
    parts = PurePosixPath(name.replace("\\", "/")).parts
    folders = [part for part in parts if part not in ("..", ".", "/")]
    return "__MACOSX" in parts or any(is_ignored(part) for part in folders)
