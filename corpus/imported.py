"""What an import gives: articles, and a reason for everything that was left out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or record that was not let in. `reason` is one line that says what to do.

    Where it is `torn` the file breaks off inside it, and may have held more or be about to.
    """

    path: Path
    where: str
    reason: str
    torn: bool = False

    def __str__(self) -> str:
        place = f"{self.path} ({self.where})" if self.where else str(self.path)
        return f"{place!r}: {self.reason}" if "\n" in place else f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Dropped:
    """Whole lines, or blocks of a page, that are not in an article's text, and why."""

    text: str
    reason: str
    article_id: str = ""


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One file as it was read. `digest` is the SHA-256 (hex) of its bytes, empty if unread.

    `unwanted` are articles that it holds and nobody wants: told, and nothing is wrong with them.
    """

    path: Path
    digest: str
    articles: tuple[Article, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    unwanted: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """Limits of an import. Sizes are in bytes, of one file, and of what it unpacks to.

    `repeated_lines` is a file that keeps, between runs, what lines the outlets repeat.
    `tell_left_out` asks for the blocks of pages that are not part of their articles, too.
    """

    largest_file: int = 200_000_000
    largest_unpacked: int = 1_000_000_000
    largest_text: int = 20_000_000
    url_import: bool = True
    repeated_lines: Path | None = None
    tell_left_out: bool = False
