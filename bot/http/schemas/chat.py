"""Chats and models as OpenAI's API shapes them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.http.schemas.words import Words

MODEL = "onrecord"


class Part(BaseModel):
    """A part of a message; parts other than text are passed over."""

    type: str
    text: Words | None = None


class Message(BaseModel):
    """One message of a chat."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Words | list[Part] | None = None

    @property
    def text(self) -> str:
        """The message's words."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or () if part.text)


class StreamOptions(BaseModel):
    """What a stream holds besides the answer."""

    include_usage: Annotated[bool, Field(strict=True)] | None = False


class ChatRequest(BaseModel):
    """A chat whose last message of the user is the question. Sampling settings have no effect."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "model": MODEL,
                    "messages": [{"role": "user", "content": "How long is the border?"}],
                }
            ]
        }
    )

    messages: Annotated[list[Message], Field(min_length=1, max_length=500)]
    model: str = MODEL
    stream: Annotated[bool, Field(strict=True)] | None = False
    stream_options: StreamOptions | None = None

    @property
    def wants_usage(self) -> bool:
        """Whether the last event of a stream tells the usage."""
        return self.stream_options is not None and bool(self.stream_options.include_usage)


class ModelCard(BaseModel):
    """A model that can be named in a request."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"id": MODEL, "object": "model", "created": 1_700_000_000, "owned_by": MODEL}
            ]
        }
    )

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 1_700_000_000
    owned_by: str = MODEL


class Usage(BaseModel):
    """How long chat and answer are, in tokens of the embedding model. Nothing is charged."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Models(BaseModel):
    """All of them: there is one."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "object": "list",
                    "data": [
                        {
                            "id": MODEL,
                            "object": "model",
                            "created": 1_700_000_000,
                            "owned_by": MODEL,
                        }
                    ],
                }
            ]
        }
    )

    object: Literal["list"] = "list"
    data: list[ModelCard]
