"""What is counted, for Prometheus. Names and outcomes only, never text."""

from __future__ import annotations

from pathlib import Path

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from retrieval.answer import Answer

_MILLISECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

REQUESTS = Counter(
    "onrecord_http_requests_total", "HTTP requests answered.", ("method", "route", "status")
)
REQUEST_SECONDS = Histogram(
    "onrecord_http_request_seconds",
    "Seconds from the first byte of a request to the end of its response.",
    ("route",),
    buckets=_MILLISECONDS,
)
REQUESTS_IN_FLIGHT = Gauge(
    "onrecord_http_requests_in_flight",
    "HTTP requests being answered.",
    multiprocess_mode="livesum",
)
STAGE_SECONDS = Histogram(
    "onrecord_stage_seconds",
    "Seconds spent in each stage of an answer.",
    ("stage",),
    buckets=_MILLISECONDS,
)
ANSWERS = Counter("onrecord_answers_total", "Answers given, and refusals.", ("outcome",))
WRITTEN = Counter(
    "onrecord_written_answers_total", "What became of a text that a model wrote.", ("outcome",)
)
QUESTION_BATCH = Histogram(
    "onrecord_question_batch_size",
    "Questions that the encoding worker takes in one turn.",
    buckets=(1, 2, 4, 8, 16, 32),
)
ARTICLES = Gauge(
    "onrecord_index_articles", "Articles in the index.", multiprocess_mode="mostrecent"
)
PASSAGES = Gauge(
    "onrecord_index_passages", "Passages in the index.", multiprocess_mode="mostrecent"
)
GENERATION = Gauge(
    "onrecord_index_generation",
    "Generation of the index that readers see.",
    multiprocess_mode="mostrecent",
)


def count_answer(answer: Answer) -> None:
    """Note the time of each stage, and whether the articles said anything."""
    for stage, milliseconds in answer.stages.items():
        STAGE_SECONDS.labels(stage).observe(milliseconds / 1000)
    ANSWERS.labels("answered" if answer.answered else "not_answered").inc()


def exposition(shared: Path | None) -> bytes:
    """Everything counted, in Prometheus's text format: by this process, or by all workers.

    `shared` is the folder where the workers keep their counts; None where there is one process.
    """
    if shared is None:
        return generate_latest(REGISTRY)
    together = CollectorRegistry()
    MultiProcessCollector(together, path=str(shared))  # type: ignore[no-untyped-call]
    return generate_latest(together)
