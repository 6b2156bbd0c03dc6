"""The routes of OpenAI's API that chat clients speak: models and chat completions."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.responses import Response

from bot.answer_json import quote_json
from bot.cited_text import CitedText, cited_text
from bot.engine import Inquiry
from bot.http.asking import EVENT_STREAM
from bot.http.chat_history import ChatHistory
from bot.http.dependencies import ASKERS, EngineGiven, PartsGiven, WriterGiven, problems
from bot.http.problems import Problem
from bot.http.public_address import page_address
from bot.http.schemas.chat import MODEL, ChatRequest, Message, ModelCard, Models, Usage
from bot.http.schemas.examples import EXAMPLE_COMPLETION
from bot.http.watching import EventProgress, unless_gone
from bot.http.written_answer import Told, tell
from index.embedding.embedder import Embedder
from retrieval.answer import Quote
from retrieval.progress import Cancelled

VERSION_DIGITS = 12
"""Of an article's hash, in a link to a place in it: whether it has changed since (citations.js)."""

router = APIRouter(prefix="/v1", tags=["chat clients"], dependencies=ASKERS)


@router.get("/models", summary="List models", responses=problems(401, 429))
async def models() -> Models:
    """The one name that a chat client can choose."""
    return Models(data=[ModelCard()])


@router.get("/models/{model}", summary="One model", responses=problems(401, 404, 422, 429))
async def model(model: str) -> ModelCard:
    """The model of that name."""
    if model != MODEL:
        raise Problem(404, f"there is no model of that name; the one there is is called {MODEL}")
    return ModelCard()


@router.post(
    "/chat/completions",
    summary="Answer a chat",
    responses={
        200: {
            "description": "A `chat.completion`, or with `stream` its chunks. Citations are in"
            " `annotations`; the whole Answer is under `onrecord`.",
            "content": {
                "application/json": {"schema": {"type": "object"}, "example": EXAMPLE_COMPLETION},
                EVENT_STREAM: {},  # OpenAPI 3.1 has no schema for events
            },
        },
        **problems(400, 401, 413, 422, 429, 503),
    },
)
async def chat_completions(
    body: ChatRequest,
    request: Request,
    engine: EngineGiven,
    writer: WriterGiven,
    parts: PartsGiven,
) -> Response:
    """The cited answer to the last question of a chat, as an OpenAI-compatible completion."""
    progress = EventProgress()
    inquiry = _inquiry(body.messages, parts.settings.max_question_characters)
    try:
        told = await unless_gone(request, progress, tell(engine, writer, inquiry, progress))
    except Cancelled:
        return Response(status_code=499)
    completion = Completion(told, page_address(request, parts.settings))
    usage = None
    if body.wants_usage or not body.stream:
        usage = await asyncio.to_thread(_usage, parts.model, body.messages, completion.text)
    if body.stream:
        return StreamingResponse(completion.chunks(usage), media_type=EVENT_STREAM)
    return JSONResponse(completion.whole(usage))


class Completion:
    """One answer in the shapes of OpenAI's API."""

    def __init__(self, told: Told, page: str) -> None:
        self._told = told
        self._page = page
        self._cited: CitedText = cited_text(told.reply.answer, told.written)
        self._head = {
            "id": f"chatcmpl-{uuid.uuid4().hex}",
            "created": int(time.time()),
            "model": MODEL,
        }

    @property
    def text(self) -> str:
        """What the message says."""
        return self._cited.text

    def whole(self, usage: Usage | None) -> dict[str, Any]:
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
            "usage": usage and usage.model_dump(),
            "onrecord": self._told.document(),
        }

    async def chunks(self, usage: Usage | None) -> AsyncIterator[bytes]:
        """The same as server-sent events: a quote a chunk, then the sources and annotations.

        Where the usage is wanted it comes last, in a chunk without choices.
        """
        yield self._chunk({"role": "assistant", "content": ""})
        for piece in self._cited.pieces:
            yield self._chunk({"content": piece})
        yield self._chunk({"annotations": self._annotations()}, finish="stop")
        if usage is not None:
            yield self._event({"choices": [], "usage": usage.model_dump()})
        yield b"data: [DONE]\n\n"

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> bytes:
        return self._event({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    def _event(self, content: dict[str, Any]) -> bytes:
        chunk = {**self._head, "object": "chat.completion.chunk", **content}
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
                # Not OpenAI's: what it takes to prove the quote.
                "onrecord": quote_json(quote),
            }
            for quote, place in self._cited.marks
        ]

    def _place(self, quote: Quote) -> str:
        """Where this server's page shows the quote in its article."""
        place = {
            "article": quote.article.id,
            "start": quote.start,
            "end": quote.end,
            "version": quote.article.content_hash[:VERSION_DIGITS],
        }
        return f"{self._page}?{urlencode(place)}"


def _usage(embedder: Embedder, messages: Sequence[Message], answer: str) -> Usage:
    """How long chat and answer are. Takes about a millisecond for a thousand words."""
    *asked, answered = embedder.count_tokens([*(message.text for message in messages), answer])
    return Usage(
        prompt_tokens=sum(asked),
        completion_tokens=answered,
        total_tokens=sum(asked) + answered,
    )


def _inquiry(messages: Sequence[Message], longest: int) -> Inquiry:
    """The last message of the user as a question, the earlier ones as what came before it.

    `longest` is how many characters a question may have.
    """
    asked = [message for message in messages if message.role == "user"]
    if not asked:
        raise Problem(422, "the chat has no message of the user: nothing is asked")
    history = ChatHistory(messages, longest)
    return Inquiry(text=asked[-1].text, history=history, asked=date.today())
