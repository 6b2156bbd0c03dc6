"""For whoever runs the server: alive, ready, metrics."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response

from bot import metrics
from bot.http.dependencies import EngineGiven, PartsGiven, engine_of, problems
from bot.http.schemas.operations import HealthModel, ReadyModel
from corpus.errors import StoreError

router = APIRouter(tags=["operations"])


@router.get("/healthz", summary="Alive")
async def healthz() -> HealthModel:
    """The process answers."""
    return HealthModel(status="alive")


@router.get("/readyz", summary="Ready to answer", responses=problems(503))
async def readyz(engine: EngineGiven) -> ReadyModel:
    """An index is loaded. 503 says what is missing."""
    status = await engine.status()
    return ReadyModel(
        status="ready",
        generation=status.generation,
        articles=status.articles,
        degraded=status.degraded,
    )


@router.get(
    "/metrics",
    summary="Metrics for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def show_metrics(request: Request, parts: PartsGiven) -> Response:
    """Counters, of all workers together, and the size of the index; never any text."""
    try:
        status = await (await engine_of(parts)).status()
    except StoreError:
        pass  # without an index the gauges keep what they last showed
    else:
        metrics.ARTICLES.set(status.articles)
        metrics.PASSAGES.set(status.passages)
        metrics.GENERATION.set(status.generation)
    counted = await asyncio.to_thread(metrics.exposition, request.app.state.shared)
    return Response(counted, media_type=CONTENT_TYPE_LATEST)
