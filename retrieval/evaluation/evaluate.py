"""Evaluation: every question of a data set, by one or more variants of answering."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import structlog

from corpus.article import Article
from index.store import StoreReader
from retrieval.evaluation.data_set import DataSet
from retrieval.evaluation.measures import risk_coverage
from retrieval.evaluation.observation import Answering, Observation, observe
from retrieval.evaluation.quality import quality
from retrieval.evaluation.report import Report, VariantReport, latencies

log = structlog.get_logger(__name__)

# Told after each question: the variant, how many are done, how many there are.
Watcher = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of answering and what to call it ("vectors", "+ keywords", ...)."""

    name: str
    answering: Answering


def evaluate(
    data: DataSet,
    store: StoreReader,
    variants: Sequence[Variant],
    *,
    threshold: float,
    closed: bool = False,
    watcher: Watcher | None = None,
) -> Report:
    """Ask every question of every variant and measure.

    `store` holds the articles of `data` (see `index_data_set`). Variants should answer whatever
    their confidence; `threshold` is applied here. The last variant is the whole pipeline.
    `closed` lets each question see only the articles that it is about.
    """
    reports = [_evaluate(data, store, variant, threshold, closed, watcher) for variant in variants]
    report = Report(
        data_set=data.name,
        articles=len(data.articles),
        questions=len(data.questions),
        closed=closed,
        threshold=threshold,
        variants=tuple(reports),
    )
    if report.broken_quotes:
        log.error("quotes that do not stand in their article", count=report.broken_quotes)
    return report


def _evaluate(
    data: DataSet,
    store: StoreReader,
    variant: Variant,
    threshold: float,
    closed: bool,
    watcher: Watcher | None,
) -> VariantReport:
    stored: dict[str, Article | None] = {}

    def article(identity: str) -> Article | None:
        if identity not in stored:
            stored[identity] = store.article(identity)
        return stored[identity]

    # The first question of a process pays for loading; it is asked once beforehand.
    observe(variant.answering, data.questions[0], article, closed=closed)
    observations: list[Observation] = []
    for number, known in enumerate(data.questions, start=1):
        observations.append(observe(variant.answering, known, article, closed=closed))
        if watcher:
            watcher(variant.name, number, len(data.questions))
    return variant_report(variant.name, observations, threshold)


def variant_report(
    name: str, observations: Sequence[Observation], threshold: float
) -> VariantReport:
    """The measures of one variant from what was seen of it."""
    kinds = dict.fromkeys(one.question.kind for one in observations)
    timed = [one for one in observations if one.took_ms is not None]
    return VariantReport(
        name=name,
        measures=quality(observations, threshold),
        by_kind={
            kind: quality([one for one in observations if one.question.kind == kind], threshold)
            for kind in kinds
        },
        latencies=tuple(
            latencies([one.took_ms or 0.0 for one in timed], [one.stages for one in timed])
        ),
        curve=risk_coverage(
            np.array([one.confidence for one in observations]),
            np.array([float(one.right) for one in observations]),
        ),
        broken_quotes=tuple(
            f"{one.question.id}: {fault}" for one in observations for fault in one.broken_quotes
        ),
        refused=sum(one.refused is not None for one in observations),
    )
