"""Articles that come: as a link or a text, and what became of them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from bot.http.schemas.examples import EXAMPLE_ADDED
from bot.http.schemas.words import (
    Address,
    Day,
    Heading,
    Language,
    Name,
    Strict,
    WebAddress,
    Wording,
)


class LinkRequest(Strict):
    """A page to fetch."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"url": "https://news.example/border"}]}
    )

    url: Address


class TextRequest(Strict):
    """An article given as text."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": "A border under strain",
                    "text": "The two countries share a border of 1,084 kilometres.",
                    "source": "Example News",
                    "published": "2024-08-26",
                }
            ]
        },
    )

    title: Heading
    text: Wording
    author: Name | None = None
    source: Name | None = None
    published: Day | None = None
    url: WebAddress | None = None
    language: Language | None = None


class AddedModel(BaseModel):
    """What an import brought; `skipped` says in a line each what was left out and why."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_ADDED]})

    article_ids: list[str]
    already_there: list[str]
    skipped: list[str]
    seconds: float
