"""Changes to the collection, asked for by a person: add, remove, bring in line, rebuild."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Added:
    """What an import brought. `skipped` holds one line for each thing left out, saying why."""

    article_ids: tuple[str, ...]
    already_there: tuple[str, ...]
    skipped: tuple[str, ...]
    seconds: float


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

    async def add_link(self, url: str) -> Added:
        """Fetch a page safely, put it into the article folder and index it."""

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

    def job(self) -> Job | None:
        """The run under way or the last one; None where there was none."""

    def follow(self) -> None:
        """From now on bring the index in line whenever something changes in the folders."""

    def close(self) -> None:
        """Finish the change under way, drop those that wait, and stop following."""
