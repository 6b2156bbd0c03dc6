"""For whoever runs the server: alive, ready, metrics."""

from __future__ import annotations

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import Response

from bot import metrics
from bot.http.dependencies import EngineGiven, PartsGiven, engine_of, problems
from bot.http.schemas import HealthModel, ReadyModel
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
    return ReadyModel(status="ready", generation=status.generation, articles=status.articles)


@router.get(
    "/metrics",
    summary="Metrics for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def show_metrics(parts: PartsGiven) -> Response:
    """Counters of this process and the size of the index; never any text."""
    try:
        status = await (await engine_of(parts)).status()
    except StoreError:
        pass  # without an index the gauges keep what they last showed
    else:
        metrics.ARTICLES.set(status.articles)
        metrics.PASSAGES.set(status.passages)
        metrics.GENERATION.set(status.generation)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
