"""The index: its state, and the runs that bring it in line."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.http.schemas.examples import EXAMPLE_INDEX, EXAMPLE_JOB
from bot.http.schemas.words import Strict


class IndexRequest(Strict):
    """How to bring the index in line."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"rebuild": True}]})

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

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_JOB]})

    id: str
    state: Literal["queued", "running", "done", "failed"]
    rebuild: bool
    articles: int
    passages: int
    passages_per_second: float
    message: str


class StartedModel(BaseModel):
    """The run that was begun."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"job": EXAMPLE_JOB}]})

    job: JobModel


class SourceModel(BaseModel):
    """An outlet, its number of articles, its first and last date."""

    source: str
    articles: int
    first: date | None
    last: date | None


class IndexModel(BaseModel):
    """The index as readers see it now."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_INDEX]})

    generation: int
    articles: int
    passages: int
    embedder: str | None
    last_sync: str | None
    degraded: Annotated[
        str | None, Field(description="What works less well than it could, in words.")
    ] = None
    job: JobModel | None = None
    sources: list[SourceModel]
    may_change: Annotated[bool, Field(description="Whether this caller may change the articles.")]
