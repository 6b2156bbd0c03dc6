"""Changes to the collection, asked for by a person: add, remove, bring in line, rebuild."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from corpus.imported import ImportedFile

PagesFetched = Callable[[int], None]


def unheard(pages: int) -> None:
    """For who does not want to hear how far an import has come."""


@dataclass(frozen=True, slots=True)
class Added:
    """What an import brought. `skipped` holds one line for each thing left out, saying why.

    `read` is what the files and pages held, with the lines that cleaning took out of them.
    """

    article_ids: tuple[str, ...]
    already_there: tuple[str, ...]
    skipped: tuple[str, ...]
    seconds: float
    read: tuple[ImportedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One run of the index, as far as it has come."""

    id: str
    state: Literal["queued", "running", "done", "failed"]
    rebuild: bool
    articles: int
    passages: int
    passages_per_second: float
    message: str


class Librarian(Protocol):
    """Carries out changes one after the other, in a thread of its own."""

    async def add_file(self, name: str, content: bytes) -> Added:
        """Put a file into the article folder and index it. `name` is only a suggestion."""

    async def add_link(self, url: str, fetched: PagesFetched = unheard) -> Added:
        """Fetch a page safely, put it into the article folder and index it.

        Of a feed or a sitemap the same for every page that it lists and that is not there yet;
        `fetched` is told, from another thread, how many of them have come so far.
        """

    async def add_text(
        self,
        title: str,
        text: str,
        *,
        author: str | None = None,
        source: str | None = None,
        published: str | None = None,
        url: str | None = None,
        language: str | None = None,
    ) -> Added:
        """Put an article given as text into the article folder and index it."""

    async def remove(self, article_id: str) -> bool:
        """Take an article out for good; False where there is none of that id."""

    async def start_index(self, *, rebuild: bool) -> Job:
        """Begin bringing the index in line with the folders, in the background."""

    def job(self, job_id: str | None = None) -> Job | None:
        """The run of that id, or else the one under way or the last one; None if there is none."""

    def follow(self) -> None:
        """From now on bring the index in line whenever something changes in the folders."""

    def catch_up(self) -> None:
        """Bring the index in line once, in the background, where the folders are followed."""

    def close(self) -> None:
        """Finish the change under way, drop those that wait, and stop following."""
