"""The outcome of an evaluation, and its JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from retrieval.evaluation.bootstrap import COVERED, RESAMPLES, SEED, Estimate
from retrieval.evaluation.measures import RiskCoverage


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of one stage over all questions."""

    stage: str
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class VariantReport:
    """How one variant of answering did. `by_kind` repeats the measures for each kind."""

    name: str
    measures: Mapping[str, Estimate]
    by_kind: Mapping[str, Mapping[str, Estimate]]
    latencies: tuple[Latency, ...]
    curve: RiskCoverage
    broken_quotes: tuple[str, ...]
    refused: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that an evaluation found. The last variant is the whole pipeline.

    `threshold` is the confidence from which a question counts as answered.
    """

    data_set: str
    articles: int
    questions: int
    closed: bool
    threshold: float
    variants: tuple[VariantReport, ...]

    @property
    def whole(self) -> VariantReport:
        """The pipeline with all its steps."""
        return self.variants[-1]

    @property
    def broken_quotes(self) -> int:
        """Quotes that are not what stands in their article: a defect, whatever the figures."""
        return sum(len(variant.broken_quotes) for variant in self.variants)


def latencies(took_ms: Sequence[float], stages: Sequence[Mapping[str, float]]) -> list[Latency]:
    """Percentiles of each stage, in the order of the stages, and of the whole ("total")."""
    names = list(dict.fromkeys(name for stage in stages for name in stage))
    columns = {name: [stage[name] for stage in stages if name in stage] for name in names}
    columns["total"] = list(took_ms)
    return [
        Latency(name, *(float(value) for value in np.percentile(column, [50, 95])))
        for name, column in columns.items()
        if column
    ]


def report_json(report: Report) -> dict[str, Any]:
    """A report as JSON values; a measure that had nothing to measure is null."""
    return {
        "data_set": report.data_set,
        "articles": report.articles,
        "questions": report.questions,
        "closed": report.closed,
        "threshold": report.threshold,
        "interval": {"covers": COVERED, "resamples": RESAMPLES, "seed": SEED},
        "broken_quotes": report.broken_quotes,
        "variants": [_variant_json(variant) for variant in report.variants],
    }


def _variant_json(variant: VariantReport) -> dict[str, Any]:
    area = variant.curve.area
    return {
        "name": variant.name,
        "measures": _measures_json(variant.measures),
        "by_kind": {kind: _measures_json(one) for kind, one in variant.by_kind.items()},
        "latency_ms": {one.stage: {"p50": one.p50, "p95": one.p95} for one in variant.latencies},
        "risk_coverage": {
            "area": None if math.isnan(area) else area,
            "confidence": variant.curve.confidence.tolist(),
            "coverage": variant.curve.coverage.tolist(),
            "risk": variant.curve.risk.tolist(),
        },
        "broken_quotes": list(variant.broken_quotes),
        "refused": variant.refused,
    }


def _measures_json(measures: Mapping[str, Estimate]) -> dict[str, Any]:
    return {
        name: asdict(measure) if measure.value is not None else None
        for name, measure in measures.items()
    }
