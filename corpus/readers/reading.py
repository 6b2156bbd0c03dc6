"""What every reader is given and what it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from corpus.draft import Draft
from corpus.imported import ImportSettings


@dataclass(frozen=True, slots=True)
class Flaw:
    """A record that could not be read, inside a file that could."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one file, its name, and where it came from if that is known."""

    name: str
    content: bytes
    settings: ImportSettings
    url: str | None = None
    encoding: str | None = None


class Reader(Protocol):
    """Turns a file into drafts. Raises CorpusError where the file as a whole is of no use."""

    def __call__(self, source: Source) -> Iterator[Draft | Flaw]:
        """The drafts of the file, in its order."""
