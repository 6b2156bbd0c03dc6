"""The shapes that go over the wire, field for field those of the contract."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.answer_json import article_json
from bot.engine import Inquiry
from index.store import StoredPassage

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _whole_characters(text: str) -> str:
    """JSON can spell half a surrogate pair, which is no character and cannot be stored or sent."""
    if any("\ud800" <= mark <= "\udfff" for mark in text):
        raise ValueError("half a surrogate pair is no character")
    return text


def _written_out(value: object) -> object:
    """Pydantic would take numbers, and numbers in strings, for seconds since 1970."""
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("write the day as YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_written_out)]
Words = Annotated[str, AfterValidator(_whole_characters)]
# Limits stand before the check, or else OpenAPI would not show them.
Wording = Annotated[str, Field(pattern=r"\S"), AfterValidator(_whole_characters)]
Heading = Annotated[str, Field(pattern=r"\S", max_length=1000), AfterValidator(_whole_characters)]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_whole_characters)]
Address = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_whole_characters)]
Language = Annotated[str, Field(min_length=2, max_length=20), AfterValidator(_whole_characters)]

EXAMPLE_QUOTE: dict[str, Any] = {
    "number": 1,
    "text": "The two countries share a border of 1,084 kilometres.",
    "start": 1204,
    "end": 1257,
    "highlight": {"start": 1236, "end": 1252},
    "speaker": None,
    "before": "",
    "after": "",
    "score": 0.93,
    "article": {
        "id": "0f8a2c64c1d39b7e",
        "title": "A border under strain",
        "author": "A. Reporter",
        "source": "Example News",
        "published": "2024-08-26",
        "url": "https://news.example/border",
        "language": "en",
        "content_hash": "3b1c…",
    },
    "copies": [],
}

EXAMPLE_ANSWER: dict[str, Any] = {
    "question": "How long is the border?",
    "standalone_question": "How long is the border?",
    "answered": True,
    "confidence": 0.91,
    "answer": "“The two countries share a border of 1,084 kilometres.” [1]",
    "quotes": [EXAMPLE_QUOTE],
    "sides": [],
    "nearest": [],
    "notes": [],
    "conversation_id": "b7f3c1d2",
    "generation": 42,
    "took_ms": 11.8,
}


def _whole(value: object) -> object:
    """To JSON, 2.0 is the same integer as 2, and true is none."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


class Strict(BaseModel):
    """A request: what is not known is refused, so that a misspelt member is noticed."""

    model_config = ConfigDict(extra="forbid")


class AskRequest(Strict):
    """A question, and what may be drawn on to answer it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"question": "How long is the border between Ukraine and Belarus?"},
                {"question": "And what did Minsk say?", "since": "2024-08-01", "max_quotes": 5},
            ]
        },
    )

    question: Annotated[Wording, Field(description="In a sentence or a few words.")]
    conversation_id: Annotated[
        Name | None,
        Field(description="From an earlier answer, to ask a follow-up."),
    ] = None
    since: Annotated[Day | None, Field(description="Articles of this day or later.")] = None
    until: Annotated[Day | None, Field(description="Articles of this day or earlier.")] = None
    source: Annotated[
        Name | Annotated[list[Name], Field(max_length=50)] | None,
        Field(description="An outlet, or several; upper and lower case are alike."),
    ] = None
    language: Annotated[
        Language | None,
        Field(description="A language code such as `en`."),
    ] = None
    article_ids: Annotated[
        Annotated[list[Name], Field(max_length=1000)] | None,
        Field(description="Only these articles."),
    ] = None
    max_quotes: Annotated[int, Field(strict=True, ge=1, le=20), BeforeValidator(_whole)] | None = (
        None
    )

    def inquiry(self) -> Inquiry:
        """The question as the engine takes it."""
        sources = [self.source] if isinstance(self.source, str) else self.source or []
        return Inquiry(
            text=self.question,
            conversation_id=self.conversation_id or None,
            since=self.since,
            until=self.until,
            sources=frozenset(sources),
            languages=frozenset([self.language] if self.language else []),
            article_ids=frozenset(self.article_ids or []),
            max_quotes=self.max_quotes,
        )


class SpanModel(BaseModel):
    """A half-open range of code points of the article's text."""

    start: int
    end: int


class ArticleModel(BaseModel):
    """An article without its text. `content_hash` names the version that was quoted."""

    id: str
    title: str
    author: str | None
    source: str | None
    published: date | None
    url: str | None
    language: str | None
    content_hash: str


class QuoteModel(BaseModel):
    """Words of one article: `text` is the article's text from `start` to `end`, in code points."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_QUOTE]})

    number: int
    text: str
    start: int
    end: int
    highlight: SpanModel | None
    speaker: str | None
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
    written: Annotated[
        WrittenModel | None,
        Field(description="Only where the server has a model that writes, and its text held."),
    ] = None


class PassageModel(BaseModel):
    """A passage that a search found, and where it stands."""

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

    query: str
    passages: list[PassageModel]
    took_ms: float


class SummaryModel(ArticleModel):
    """An article in a list."""

    passages: int
    characters: int


class ArticlesModel(BaseModel):
    """A page of the list of articles, newest first, and how many there are in all."""

    total: int
    offset: int
    limit: int
    articles: list[SummaryModel]


class ArticleTextModel(ArticleModel):
    """An article with its text. Offsets of quotes count the code points of `text`."""

    updated: date | None
    text: str


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
    url: Address | None = None
    language: Language | None = None


class AddedModel(BaseModel):
    """What an import brought; `skipped` says in a line each what was left out and why."""

    article_ids: list[str]
    already_there: list[str]
    skipped: list[str]
    seconds: float


class IndexRequest(Strict):
    """How to bring the index in line."""

    rebuild: Annotated[
        bool, Field(strict=True, description="From nothing; the old index answers.")
    ] = False

    @model_validator(mode="before")
    @classmethod
    def _absent_is_empty(cls, value: Any) -> Any:
        """No body means the defaults."""
        return {} if value is None else value


class JobModel(BaseModel):
    """One run of the index, as far as it has come."""

    id: str
    state: Literal["queued", "running", "done", "failed"]
    rebuild: bool
    articles: int
    passages: int
    passages_per_second: float
    message: str


class StartedModel(BaseModel):
    """The run that was begun."""

    job: JobModel


class SourceModel(BaseModel):
    """An outlet, its number of articles, its first and last date."""

    source: str
    articles: int
    first: date | None
    last: date | None


class IndexModel(BaseModel):
    """The index as readers see it now."""

    generation: int
    articles: int
    passages: int
    embedder: str | None
    last_sync: str | None
    degraded: str | None
    job: JobModel | None
    sources: list[SourceModel]
    may_change: Annotated[bool, Field(description="Whether this caller may change the articles.")]


class HealthModel(BaseModel):
    """The process answers."""

    status: Literal["alive"]


class ReadyModel(BaseModel):
    """Questions can be answered from this generation of the index."""

    status: Literal["ready"]
    generation: int
    articles: int


class FaultModel(BaseModel):
    """One member of a request that does not fit."""

    at: str
    fault: str


class ProblemModel(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FaultModel] | None = None
