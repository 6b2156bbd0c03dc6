"""The runs that a checkpoint was trained in, recorded beside its weights."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

RECORD = "training.json"

Run = dict[str, object]
"""One run of training, or what else was done to the weights: examples, seconds, rate and so on."""


def recorded_runs(checkpoint: Path) -> list[Run]:
    """The runs of a checkpoint, first to last."""
    runs: list[Run] = json.loads((checkpoint / RECORD).read_text(encoding="utf-8"))
    return runs


def record_runs(checkpoint: Path, runs: Sequence[Run]) -> None:
    """Write the runs of a checkpoint."""
    (checkpoint / RECORD).write_text(json.dumps(list(runs)), encoding="utf-8")
