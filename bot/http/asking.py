"""POST /ask: an answer as JSON, or as events while it is made."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.responses import Response

from bot.engine import Engine, Inquiry
from bot.http.dependencies import ASKERS, EngineGiven, WriterGiven, problems
from bot.http.problems import problem_document, status_of
from bot.http.schemas.answers import AnswerModel
from bot.http.schemas.questions import AskRequest
from bot.http.watching import EventProgress, unless_gone
from bot.http.written_answer import Told, tell
from bot.writing.writer import Writer
from corpus.errors import OnRecordError
from retrieval.progress import Cancelled

EVENT_STREAM = "text/event-stream"
_WEIGHT = re.compile(r"q=[01](?:\.\d{0,3})?", re.ASCII)
EXAMPLE_EVENTS = (
    'event: retrieved\ndata: {"passages": 40, "articles": [...]}\n\n'
    'event: quote\ndata: {"number": 1, "text": "The two countries share...", ...}\n\n'
    'event: answer\ndata: {"answered": true, ...}\n\n'
    "event: done\ndata: {}\n\n"
)

router = APIRouter(tags=["questions"], dependencies=ASKERS)


@router.post(
    "/ask",
    summary="Ask a question",
    response_model=AnswerModel,
    responses={
        200: {
            "description": "The answer. As an event stream: `retrieved`, `quote` (each), `answer`,"
            " `done`; or `error` with a problem document.",
            "content": {EVENT_STREAM: {"example": EXAMPLE_EVENTS}},
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
        told = await unless_gone(request, progress, tell(engine, writer, body.inquiry(), progress))
    except Cancelled:
        return Response(status_code=499)
    return JSONResponse(told.document())


def prefers_events(accept: str) -> bool:
    """Whether an Accept header names the event stream and does not put JSON before it."""
    weighed = sorted(map(_weighed, accept.split(",")), key=lambda kind: -kind[1])
    kinds = [kind for kind, weight in weighed if weight > 0]
    if EVENT_STREAM not in kinds:
        return False
    return "application/json" not in kinds[: kinds.index(EVENT_STREAM)]


def _weighed(part: str) -> tuple[str, float]:
    """A media type and its weight (RFC 9110, 12.4.2); one that cannot be read is as none."""
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weights = [piece[2:] for piece in parameters if _WEIGHT.fullmatch(piece)]
    return kind, float(weights[-1]) if weights else 1.0


async def _stream(
    engine: Engine, writer: Writer | None, inquiry: Inquiry, progress: EventProgress
) -> AsyncIterator[bytes]:
    """The events of one answer. Closing the iterator (the client left) stops the work."""

    async def work() -> Told:
        try:
            return await tell(engine, writer, inquiry, progress)
        finally:
            progress.finish()

    working = asyncio.create_task(work())
    try:
        async for name, data in progress.events():
            yield event_bytes(name, data)
        try:
            told = await working
        except OnRecordError as error:
            yield event_bytes("error", problem_document(status_of(error), str(error)))
            return
        yield event_bytes("answer", told.document())
        yield event_bytes("done", {})
    finally:
        progress.cancel()
        working.cancel()


def event_bytes(name: str, data: dict[str, Any]) -> bytes:
    """One server-sent event (WHATWG HTML, 9.2). JSON has no line breaks, so it is one line."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
