"""The routes of OpenAI's API that chat clients speak: models and chat completions."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from bot.answer_json import answer_json
from bot.cited_text import CitedText, cited_text
from bot.engine import Inquiry, Reply
from bot.http.asking import EVENT_STREAM, count_answer
from bot.http.dependencies import ASKERS, EngineGiven, problems
from bot.http.problems import Problem
from bot.http.schemas import Words
from bot.http.watching import EventProgress, unless_gone
from retrieval.answer import Quote, Turn
from retrieval.conversation import standalone
from retrieval.progress import Cancelled

MODEL = "onrecord"
TURNS_READ = 6

router = APIRouter(prefix="/v1", tags=["chat clients"], dependencies=ASKERS)


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


class ModelCard(BaseModel):
    """A model that can be named in a request."""

    id: str
    object: Literal["model"] = "model"
    created: int = 1_700_000_000
    owned_by: str = "onrecord"


class Models(BaseModel):
    """All of them: there is one."""

    object: Literal["list"] = "list"
    data: list[ModelCard]


@router.get("/models", summary="List models", responses=problems(401, 429))
async def models() -> Models:
    """The one name that a chat client can choose."""
    return Models(data=[ModelCard(id=MODEL)])


@router.post(
    "/chat/completions",
    summary="Answer a chat",
    responses={
        200: {
            "description": "A `chat.completion`, or with `stream` its chunks. Citations are in"
            " `annotations`; the whole Answer is under `onrecord`.",
            "content": {
                "application/json": {"schema": {"type": "object"}},
                EVENT_STREAM: {"schema": {"type": "string"}},
            },
        },
        **problems(400, 401, 413, 422, 429, 503),
    },
)
async def chat_completions(body: ChatRequest, request: Request, engine: EngineGiven) -> Response:
    """The cited answer to the last question of a chat, as an OpenAI-compatible completion."""
    progress = EventProgress()
    try:
        reply = await unless_gone(request, progress, engine.ask(_inquiry(body.messages), progress))
    except Cancelled:
        return Response(status_code=499)
    count_answer(reply)
    completion = Completion(reply, str(request.base_url))
    if body.stream:
        return StreamingResponse(completion.chunks(), media_type=EVENT_STREAM)
    return JSONResponse(completion.whole())


class Completion:
    """One answer in the shapes of OpenAI's API."""

    def __init__(self, reply: Reply, base_url: str) -> None:
        self._reply = reply
        self._base_url = base_url
        self._cited: CitedText = cited_text(reply.answer)
        self._head = {
            "id": f"chatcmpl-{uuid.uuid4().hex}",
            "created": int(time.time()),
            "model": MODEL,
        }

    def whole(self) -> dict[str, Any]:
        """A `chat.completion`."""
        message = {
            "role": "assistant",
            "content": self._cited.text,
            "refusal": None,
            "annotations": self._annotations(),
        }
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return {
            **self._head,
            "object": "chat.completion",
            "choices": [choice],
            "onrecord": answer_json(self._reply.answer, self._reply.conversation_id),
        }

    async def chunks(self) -> AsyncIterator[bytes]:
        """The same as server-sent events: a quote a chunk, then the sources and annotations."""
        yield self._chunk({"role": "assistant", "content": ""})
        for piece in self._cited.pieces:
            yield self._chunk({"content": piece})
        yield self._chunk({"annotations": self._annotations()}, finish="stop")
        yield b"data: [DONE]\n\n"

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {**self._head, "object": "chat.completion.chunk", "choices": [choice]}
        return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()

    def _annotations(self) -> list[dict[str, Any]]:
        return [
            {
                "type": "url_citation",
                "url_citation": {
                    "url": quote.article.url or self._place(quote),
                    "title": quote.article.title,
                    "start_index": place.start,
                    "end_index": place.end,
                },
            }
            for quote, place in self._cited.marks
        ]

    def _place(self, quote: Quote) -> str:
        """Where this server's page shows the quote in its article."""
        place = {"article": quote.article.id, "start": quote.start, "end": quote.end}
        return f"{self._base_url}?{urlencode(place)}"


def _inquiry(messages: Sequence[Message]) -> Inquiry:
    """The last message of the user as a question, the earlier ones as what came before it."""
    asked = [message.text for message in messages if message.role == "user"]
    if not asked:
        raise Problem(422, "the chat has no message of the user: nothing is asked")
    history: list[Turn] = []
    for text in asked[:-1][-TURNS_READ:]:
        if text.strip():
            history.append(Turn(text, standalone(text, history), answered=True))
    return Inquiry(text=asked[-1], history=tuple(history), asked=date.today())
