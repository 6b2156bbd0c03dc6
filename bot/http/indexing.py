"""The index: its state, and bringing it in line with the folders."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response

from bot.http.dependencies import (
    ADMINS,
    ASKERS,
    CallerGiven,
    LibrarianGiven,
    PartsGiven,
    engine_of,
    problems,
)
from bot.http.problems import Problem
from bot.http.schemas.indexing import IndexModel, IndexRequest, JobModel, SourceModel, StartedModel
from corpus.errors import IndexMissing
from index.store import StoreStatus

router = APIRouter(tags=["index"])

JobId = Annotated[
    str | None,
    Query(description="The run to show, as POST /index named it.", min_length=1, max_length=100),
]


@router.get(
    "/index",
    summary="State of the index",
    dependencies=ASKERS,
    responses=problems(401, 404, 422, 429, 503),
)
async def index_state(
    parts: PartsGiven, librarian: LibrarianGiven, caller: CallerGiven, job: JobId = None
) -> IndexModel:
    """Generation and counts, the outlets, and the run asked for, under way or the last one."""
    shown = await asyncio.to_thread(librarian.job, job)
    if job is not None and shown is None:
        raise Problem(404, "There is no such run, or too many have ended since. Leave out `job`.")
    sources: Sequence[tuple[str, int, date | None, date | None]] = ()
    try:
        engine = await engine_of(parts)
        status, sources = await engine.status(), await engine.sources()
    except IndexMissing as error:
        status = StoreStatus(0, 0, 0, None, degraded=str(error))
    return IndexModel(
        generation=status.generation,
        articles=status.articles,
        passages=status.passages,
        embedder=status.embedder_key,
        last_sync=status.last_sync,
        degraded=status.degraded,
        job=JobModel(**asdict(shown)) if shown else None,
        sources=[
            SourceModel(source=name, articles=count, first=first, last=last)
            for name, count, first, last in sources
        ],
        may_change=caller.may_change,
    )


@router.post(
    "/index",
    summary="Bring the index in line with the folders",
    status_code=202,
    dependencies=ADMINS,
    responses=problems(400, 401, 403, 409, 413, 422, 429, 503),
)
async def start_index(
    librarian: LibrarianGiven, response: Response, body: IndexRequest | None = None
) -> StartedModel:
    """Begin a run in the background; GET /index, as in `Location`, tells how far it is."""
    job = await librarian.start_index(rebuild=body.rebuild if body else False)
    # Relative: a proxy may serve this below a folder of its own.
    response.headers["Location"] = f"index?job={job.id}"
    return StartedModel(job=JobModel(**asdict(job)))
