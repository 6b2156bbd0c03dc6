"""A draft: what a reader found of one article, before it is cleaned and dated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(slots=True)
class Draft:
    """Text and metadata as the file has them. Dates may still be in words.

    `where` names the record in its file ("line 12"); empty where the file is one article.
    `as_given` says that the text came separate from its metadata, so no heading block of
    title, author and date is looked for at its top. `left_out` are blocks of a page that are no
    part of the text, where that was asked for.
    """

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    published: str | date | None = None
    updated: str | date | None = None
    url: str | None = None
    language: str | None = None
    id: str | None = None
    where: str = ""
    as_given: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells a prepared draft from the others of its outlet, however often it is read."""
        return self.id or self.url or f"{self.title}\n{self.text}"
