"""The report for people: tables that the terminal prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from retrieval.evaluation.bootstrap import Estimate
from retrieval.evaluation.quality import LABELS, OF_BOTH_KINDS
from retrieval.evaluation.report import Latency, Report, VariantReport

NOTHING_MEASURED = "–"


def report_tables(report: Report) -> Iterator[RenderableType]:
    """What to print, in order: a warning where quotes are broken, measures, kinds, latency."""
    if report.broken_quotes:
        yield _alarm(report)
    yield _measures(report)
    if len(report.whole.by_kind) > 1:
        yield _kinds(report.whole)
    yield _latencies(report.variants)


def _alarm(report: Report) -> Text:
    examples = [fault for variant in report.variants for fault in variant.broken_quotes][:3]
    return Text(
        f"{report.broken_quotes} QUOTES DO NOT STAND IN THEIR ARTICLE: report this as a defect.\n"
        + "\n".join(examples),
        style="bold red",
    )


def _title(report: Report) -> str:
    restricted = ", each question closed to its articles" if report.closed else ""
    return (
        f"{report.data_set}: {report.questions:,} questions over {report.articles:,} articles"
        f"{restricted}; answered from confidence {report.threshold:g}"
    )


def _measures(report: Report) -> Table:
    table = Table(title=_title(report), caption="in brackets: 95% bootstrap interval")
    table.add_column("measure")
    table.add_column("questions", justify="right")
    for variant in report.variants:
        table.add_column(variant.name, justify="right")
    for name, label in LABELS.items():
        measured = [variant.measures[name] for variant in report.variants]
        if all(one.value is None for one in measured):
            continue
        table.add_row(label, str(max(one.count for one in measured)), *map(cell, measured))
    areas = [f"{variant.curve.area:.3f}" for variant in report.variants]
    table.add_row("area under risk and coverage", str(report.questions), *areas)
    return table


def _kinds(variant: VariantReport) -> Table:
    table = Table(title=f"by kind of question ({variant.name})")
    table.add_column("measure")
    kinds: Mapping[str, Mapping[str, Estimate]] = variant.by_kind
    for kind in kinds:
        table.add_column(kind, justify="right", overflow="fold")
    for name, label in LABELS.items():
        measured = [kinds[kind][name] for kind in kinds]
        if name not in OF_BOTH_KINDS and any(one.value is not None for one in measured):
            table.add_row(label, *map(cell, measured))
    return table


def _latencies(variants: Sequence[VariantReport]) -> Table:
    table = Table(title="milliseconds a question, median / 95th percentile")
    table.add_column("stage")
    for variant in variants:
        table.add_column(variant.name, justify="right")
    columns = [{one.stage: one for one in variant.latencies} for variant in variants]
    for stage in dict.fromkeys(stage for column in columns for stage in column):
        table.add_row(stage, *(_times(column.get(stage)) for column in columns))
    return table


def cell(measure: Estimate) -> str:
    """A measure with its interval as a table shows it."""
    if measure.value is None or measure.low is None or measure.high is None:
        return NOTHING_MEASURED
    return f"{_short(measure.value)} [{_short(measure.low)} {_short(measure.high)}]"


def _short(value: float) -> str:
    """Three decimals without the leading zero, as figures between 0 and 1 are printed."""
    return f"{value:.3f}".removeprefix("0")


def _times(latency: Latency | None) -> str:
    return f"{latency.p50:.1f} / {latency.p95:.1f}" if latency else NOTHING_MEASURED
