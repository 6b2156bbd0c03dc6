"""What routes are given: the parts of the program, and the caller.

All of them are coroutines: FastAPI would send each plain function through a thread of its own.
"""

from __future__ import annotations

import asyncio
import threading
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request

from bot.composition import Parts
from bot.engine import Engine
from bot.http.access import Caller, caller_of, require_admin, require_asker
from bot.http.problems import PROBLEM_TYPE
from bot.http.schemas.operations import ProblemModel
from bot.librarian import Librarian
from bot.writing.writer import Writer

_MAKING = threading.Lock()


async def parts_of(request: Request) -> Parts:
    """The parts that the application was made from."""
    parts: Parts = request.app.state.parts
    return parts


async def engine_of(parts: Annotated[Parts, Depends(parts_of)]) -> Engine:
    """The engine that answers; made off the event loop where that was not possible before.

    Raises StoreError while there is no index that it could answer from.
    """
    if "engine" in vars(parts):
        return parts.engine
    return await asyncio.to_thread(make_engine, parts)


def make_engine(parts: Parts) -> Engine:
    """The engine, made by whichever thread comes first."""
    with _MAKING:
        return parts.engine


async def librarian_of(parts: Annotated[Parts, Depends(parts_of)]) -> Librarian:
    """Whoever changes the collection."""
    return parts.librarian


async def writer_given(request: Request) -> Writer | None:
    """The model that connects the quotes, where the settings name one."""
    writer: Writer | None = request.app.state.writer
    return writer


PartsGiven = Annotated[Parts, Depends(parts_of)]
EngineGiven = Annotated[Engine, Depends(engine_of)]
LibrarianGiven = Annotated[Librarian, Depends(librarian_of)]
WriterGiven = Annotated[Writer | None, Depends(writer_given)]
CallerGiven = Annotated[Caller, Depends(caller_of)]

ASKERS = [Depends(require_asker)]
ADMINS = [Depends(require_admin)]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How a route's errors are described in OpenAPI."""
    described = {
        400: "The request cannot be read.",
        401: "A key is needed.",
        403: "This key may not do that.",
        404: "There is no such thing.",
        409: "It cannot be done now.",
        413: "The body is too large.",
        415: "The body is of a kind that is not taken.",
        422: "The request does not fit, or cannot be carried out.",
        429: "Too many requests; `Retry-After` says how long to wait.",
        503: "There is no index yet, or it cannot be used.",
    }
    return {
        status: {
            "model": ProblemModel,
            "description": described[status],
            "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemModel"}}},
        }
        for status in statuses
    }
