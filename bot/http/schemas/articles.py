"""Articles, with and without their text, and passages of them."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from bot.answer_json import article_json
from bot.http.schemas.examples import (
    EXAMPLE_ARTICLE,
    EXAMPLE_ARTICLE_TEXT,
    EXAMPLE_ARTICLES,
    EXAMPLE_PASSAGE,
    EXAMPLE_SEARCH,
)
from index.store import StoredPassage


class ArticleModel(BaseModel):
    """An article without its text. `content_hash` names the version that was quoted."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_ARTICLE]})

    id: str
    title: str
    author: str | None
    source: str | None
    published: date | None
    url: str | None
    language: str | None
    content_hash: str


class PassageModel(BaseModel):
    """A passage that a search found, and where it stands."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_PASSAGE]})

    text: str
    start: int
    end: int
    score: float
    article: ArticleModel

    @classmethod
    def of(cls, passage: StoredPassage, score: float) -> PassageModel:
        """A passage that a search found."""
        return cls(
            text=passage.text,
            start=passage.passage.start,
            end=passage.passage.end,
            score=round(score, 4),
            article=ArticleModel(**article_json(passage.article)),
        )


class SearchModel(BaseModel):
    """Passages, best first."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_SEARCH]})

    query: str
    passages: list[PassageModel]
    took_ms: float


class SummaryModel(ArticleModel):
    """An article in a list."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_ARTICLES["articles"][0]]})

    passages: int
    characters: int


class ArticlesModel(BaseModel):
    """A page of the list of articles, newest first, and how many there are in all."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_ARTICLES]})

    total: int
    offset: int
    limit: int
    articles: list[SummaryModel]


class ArticleTextModel(ArticleModel):
    """An article with its text. Offsets of quotes count the code points of `text`."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_ARTICLE_TEXT]})

    updated: date | None
    text: str
