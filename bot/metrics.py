"""What this process counts about itself, for Prometheus. Names and outcomes only, never text."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

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
REQUESTS_IN_FLIGHT = Gauge("onrecord_http_requests_in_flight", "HTTP requests being answered.")
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
    "Questions encoded in one pass of the embedding model.",
    buckets=(1, 2, 4, 8, 16, 32),
)
ARTICLES = Gauge("onrecord_index_articles", "Articles in the index.")
PASSAGES = Gauge("onrecord_index_passages", "Passages in the index.")
GENERATION = Gauge("onrecord_index_generation", "Generation of the index that readers see.")
