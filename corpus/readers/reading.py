"""What every reader is given and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.draft import Draft
from corpus.imported import ImportSettings


@dataclass(frozen=True, slots=True)
class Flaw:
    """A record that could not be read, inside a file that could.

    Where it is `torn` the file breaks off inside it, as one that is being written does.
    """

    where: str
    reason: str
    torn: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one file, its name, and where it came from if that is known.

    `depth` counts the archives and mails that it was packed in.
    """

    name: str
    content: bytes
    settings: ImportSettings
    url: str | None = None
    encoding: str | None = None
    depth: int = 0


Reader = Callable[[Source], Iterator[Draft | Flaw]]
"""Turns a file into drafts, in its order.

Raises CorpusError where the file as a whole is of no use.
"""

ReadAny = Callable[[Source], Iterator[Draft | Flaw]]
"""Reads a file by the reader that its name calls for: for formats that hold others."""
