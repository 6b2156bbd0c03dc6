"""How the server is, and what goes wrong (RFC 9457)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.http.schemas.examples import EXAMPLE_PROBLEM, EXAMPLE_READY


class HealthModel(BaseModel):
    """The process answers."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "alive"}]})

    status: Literal["alive"]


class ReadyModel(BaseModel):
    """Questions can be answered from this generation of the index."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_READY]})

    status: Literal["ready"]
    generation: int
    articles: int
    degraded: str | None = Field(
        default=None, description="What works less well than it could, in words."
    )


class FaultModel(BaseModel):
    """One member of a request that does not fit."""

    at: str
    fault: str


class ChatErrorModel(BaseModel):
    """The same as OpenAI's clients read it."""

    message: str
    type: str
    param: None
    code: None


class ProblemModel(BaseModel):
    """An error (RFC 9457)."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_PROBLEM]})

    type: str
    title: str
    status: int
    detail: str
    errors: list[FaultModel] | None = None
    error: Annotated[ChatErrorModel | None, Field(description="Only of addresses below `/v1`.")] = (
        None
    )
