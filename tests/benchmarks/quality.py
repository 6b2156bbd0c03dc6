"""Every quality figure of the README: the open sets, evaluated one after the other.

    nice -n 10 python -m tests.benchmarks.quality DATA_DIR [--work DIR] [--sets news,squad,clapnq]
        [--reader packaged|none|DIR] [--limit N] [--stages] [--json FILE] [--plots DIR]

`news` is asked over all its articles; `squad` and `clapnq`, whose unanswerable questions are so
for one article only, are closed to it. The first run embeds the articles; later ones reuse that.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from index.embedding.embedder import Embedder
from index.embedding.loading import load_embedder
from retrieval.evaluation.folder import Wanted, evaluate_folder
from retrieval.evaluation.plot import risk_coverage_svg
from retrieval.evaluation.quality import LABELS
from retrieval.evaluation.report import Report, report_json
from retrieval.evaluation.steps import CloserLook
from retrieval.evaluation.table import cell, report_tables
from retrieval.reading.readers import load_reader

CLOSED: Mapping[str, bool] = {"news": False, "squad": True, "clapnq": True}
THRESHOLD = 0.5
BUDGET_MS = 150.0


def main() -> None:
    """Evaluate the sets that are asked for and print what came out."""
    options = _options()
    console = Console(width=options.width)
    embedder = load_embedder(options.model, cache=options.work / "models", threads=options.threads)
    reports: dict[str, Report] = {}
    for name in options.sets.split(","):
        reports[name] = _evaluate(name, options, embedder)
        for part in report_tables(reports[name]):
            console.print(part)
        if options.plots:
            options.plots.mkdir(parents=True, exist_ok=True)
            picture = options.plots / f"{name}.svg"
            picture.write_text(risk_coverage_svg(reports[name]), encoding="utf-8")
    console.print(_side_by_side(reports))
    if options.json:
        content = {name: report_json(report) for name, report in reports.items()}
        options.json.write_text(json.dumps(content, indent=1), encoding="utf-8")


def _evaluate(name: str, options: argparse.Namespace, embedder: Embedder) -> Report:
    return evaluate_folder(
        options.data / name,
        options.work,
        embedder,
        CloserLook(load_reader(options.reader, options.threads), budget_ms=options.budget_ms),
        Wanted(closed=CLOSED[name], limit=options.limit, stages=options.stages),
        threshold=options.threshold,
    )


def _side_by_side(reports: Mapping[str, Report]) -> Table:
    """The whole pipeline, a column for each set; `news` by how its gold label came about."""
    columns = {}
    for name, report in reports.items():
        columns[name] = report.whole.measures
        for kind, measures in report.whole.by_kind.items():
            if name == "news":
                columns[f"{name} {kind.split('_')[0]}: {kind}"] = measures
    table = Table(title="the whole pipeline, in brackets 95% bootstrap intervals")
    table.add_column("measure")
    for heading in columns:
        table.add_column(heading, justify="right", overflow="fold")
    for measure, label in LABELS.items():
        row = [measures[measure] for measures in columns.values()]
        if any(one.value is not None for one in row):
            table.add_row(label, *map(cell, row))
    return table


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    parser.add_argument("--work", type=Path, default=Path("data/evaluation"))
    parser.add_argument("--sets", default=",".join(CLOSED))
    parser.add_argument("--model", default="all-MiniLM-L6-v2")
    parser.add_argument("--reader", default="packaged")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    parser.add_argument("--budget-ms", type=float, default=BUDGET_MS)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--stages", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plots", type=Path)
    parser.add_argument("--width", type=int, default=200)
    return parser.parse_args()


if __name__ == "__main__":
    main()
