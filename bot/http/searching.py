"""GET /search: passages with their scores."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Query

from bot.days import in_order
from bot.http.dependencies import ASKERS, EngineGiven, problems
from bot.http.schemas.articles import PassageModel, SearchModel
from bot.http.schemas.words import NOT_EMPTY, SINCE, UNTIL, Day
from index.store import Filter

router = APIRouter(tags=["questions"], dependencies=ASKERS)

Since = Annotated[Day | None, Query(description=SINCE)]
Until = Annotated[Day | None, Query(description=UNTIL)]
Sources = Annotated[
    list[Annotated[str, Query(max_length=200)]] | None,
    Query(description="An outlet; may be given several times.", max_length=50),
]


@router.get("/search", summary="Search passages", responses=problems(401, 422, 429, 503))
async def search(
    engine: EngineGiven,
    q: Annotated[
        str, Query(pattern=NOT_EMPTY, description="Words or a question.", examples=["border"])
    ],
    k: Annotated[int, Query(ge=1, le=100, description="How many passages.")] = 10,
    since: Since = None,
    until: Until = None,
    source: Sources = None,
) -> SearchModel:
    """The passages nearest to a text, best first, by meaning and by words."""
    started = time.perf_counter()
    in_order(since, until)
    where = Filter(since=since, until=until, sources=frozenset(source or ()))
    found = await engine.search(q, k, where)
    return SearchModel(
        query=q,
        passages=[PassageModel.of(passage, score) for passage, score in found],
        took_ms=round((time.perf_counter() - started) * 1000, 2),
    )
