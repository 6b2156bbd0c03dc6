"""An answer: quotes with their exact places, or that the articles do not say."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.http.schemas.articles import ArticleModel
from bot.http.schemas.examples import EXAMPLE_ANSWER, EXAMPLE_QUOTE


class SpanModel(BaseModel):
    """A half-open range of code points of the article's text."""

    start: int
    end: int


class QuoteModel(BaseModel):
    """Words of one article: `text` is the article's text from `start` to `end`, in code points."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_QUOTE]})

    number: int
    text: str
    start: int
    end: int
    highlight: SpanModel | None
    speaker: str | None
    direct: Annotated[
        bool, Field(description="Whether these are the speaker's own words, not a report of them.")
    ] = False
    before: str
    after: str
    score: float
    article: ArticleModel
    copies: list[ArticleModel]


class SideModel(BaseModel):
    """One speaker's quotes, by their numbers."""

    speaker: str
    quotes: list[int]


class WrittenModel(BaseModel):
    """Prose that a model wrote around the quotes, every sentence of it checked and cited."""

    text: str
    citations: list[int]
    removed: int


class MadeByModel(BaseModel):
    """The versions of program and models that an answer comes from."""

    onrecord: str
    embedding_model: str | None
    reader: str | None
    weights: str
    store: str
    reranker: str | None = None
    writer: str | None = None


class AnswerModel(BaseModel):
    """What the articles say, or that they do not."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_ANSWER]})

    question: str
    standalone_question: str
    answered: bool
    confidence: float
    answer: str
    quotes: list[QuoteModel]
    sides: list[SideModel]
    nearest: list[QuoteModel]
    notes: list[str]
    conversation_id: str | None
    generation: int
    took_ms: float
    made_by: MadeByModel | None = None
    written: Annotated[
        WrittenModel | None,
        Field(description="Only where the server has a model that writes, and its text held."),
    ] = None
