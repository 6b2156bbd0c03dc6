"""POST /ask: an answer as JSON, or as events while it is made."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.responses import Response

from bot import metrics
from bot.engine import Engine, Inquiry, Reply
from bot.http.dependencies import ASKERS, EngineGiven, WriterGiven, problems
from bot.http.problems import problem_document, status_of
from bot.http.schemas import AnswerModel, AskRequest
from bot.http.watching import EventProgress, unless_gone
from bot.http.written_answer import answer_document
from bot.writing.writer import Writer
from corpus.errors import OnRecordError
from retrieval.progress import Cancelled

EVENT_STREAM = "text/event-stream"

router = APIRouter(tags=["questions"], dependencies=ASKERS)


@router.post(
    "/ask",
    summary="Ask a question",
    response_model=AnswerModel,
    responses={
        200: {
            "description": "The answer. As an event stream: `retrieved`, `quote` (each), `answer`,"
            " `done`; or `error` with a problem document.",
            "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
        },
        **problems(400, 401, 413, 422, 429, 503),
    },
)
async def ask(
    body: AskRequest, request: Request, engine: EngineGiven, writer: WriterGiven
) -> Response:
    """Answer in the articles' own words, each quote with its exact place, or say that they don't.

    With `Accept: text/event-stream` what becomes true is sent at once.
    """
    progress = EventProgress()
    if prefers_events(request.headers.get("accept", "")):
        return StreamingResponse(
            _stream(engine, writer, body.inquiry(), progress),
            media_type=EVENT_STREAM,
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
    try:
        reply = await unless_gone(request, progress, engine.ask(body.inquiry(), progress))
    except Cancelled:
        return Response(status_code=499)
    count_answer(reply)
    return JSONResponse(await answer_document(reply, writer))


def prefers_events(accept: str) -> bool:
    """Whether an Accept header names the event stream and does not put JSON before it."""
    kinds = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    if EVENT_STREAM not in kinds:
        return False
    return "application/json" not in kinds[: kinds.index(EVENT_STREAM)]


def count_answer(reply: Reply) -> None:
    """Note the time of each stage, and whether the articles said anything."""
    for stage, milliseconds in reply.answer.stages.items():
        metrics.STAGE_SECONDS.labels(stage).observe(milliseconds / 1000)
    metrics.ANSWERS.labels("answered" if reply.answer.answered else "not_answered").inc()


async def _stream(
    engine: Engine, writer: Writer | None, inquiry: Inquiry, progress: EventProgress
) -> AsyncIterator[bytes]:
    """The events of one answer. Closing the iterator (the client left) stops the work."""

    async def work() -> Reply:
        try:
            return await engine.ask(inquiry, progress)
        finally:
            progress.finish()

    working = asyncio.create_task(work())
    try:
        async for name, data in progress.events():
            yield event_bytes(name, data)
        try:
            reply = await working
        except OnRecordError as error:
            yield event_bytes("error", problem_document(status_of(error), str(error)))
            return
        count_answer(reply)
        yield event_bytes("answer", await answer_document(reply, writer))
        yield event_bytes("done", {})
    finally:
        progress.cancel()
        working.cancel()


def event_bytes(name: str, data: dict[str, Any]) -> bytes:
    """One server-sent event (WHATWG HTML, 9.2). JSON has no line breaks, so it is one line."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
