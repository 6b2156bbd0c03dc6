"""Averages checkpoints of the reader: `python -m retrieval.training.averaging OUT CHECKPOINT ...`.

Checkpoints that went on from one another, or from the same start, lie in one basin: the mean of
their weights reads better than each of them, at no cost when reading (Wortsman et al. 2022,
arXiv:2203.05482). What further training has learned is kept, most of what it forgot comes back.
"""

from __future__ import annotations

import argparse
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from retrieval.training.reader_export import export_reader
from retrieval.training.reader_sets import base_folder
from retrieval.training.training_runs import Run, record_runs, recorded_runs

WEIGHTS, CONFIGURATION = "model.safetensors", "config.json"


def average(checkpoints: Sequence[Path], out: Path) -> list[Run]:
    """Write to `out` a checkpoint whose weights are the mean of theirs; its runs.

    Its record has the runs of all of them, each once, and how many were averaged.

    Raises ValueError where they are not checkpoints of one network.
    """
    weights = [load_file(folder / WEIGHTS) for folder in checkpoints]
    shapes = [{name: tensor.shape for name, tensor in each.items()} for each in weights]
    if any(each != shapes[0] for each in shapes):
        raise ValueError("the checkpoints are of different networks: average those of one")
    mean = {
        name: torch.stack([each[name].float() for each in weights]).mean(dim=0)
        for name in weights[0]
    }
    out.mkdir(parents=True, exist_ok=True)
    save_file(mean, out / WEIGHTS, metadata={"format": "pt"})
    shutil.copyfile(checkpoints[0] / CONFIGURATION, out / CONFIGURATION)
    runs: list[Run] = []
    for folder in checkpoints:
        runs += [run for run in recorded_runs(folder) if run not in runs]
    runs.append({"averaged": len(checkpoints)})
    record_runs(out, runs)
    return runs


def main() -> None:
    """Average, then write the reader as int8 ONNX beside its checkpoint."""
    parser = argparse.ArgumentParser(description="Average checkpoints of the reader.")
    parser.add_argument("out", type=Path, help="where the reader and its checkpoint are written")
    parser.add_argument("checkpoints", type=Path, nargs="+")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    checkpoint = given.out / "checkpoint"
    runs = average(given.checkpoints, checkpoint)
    export_reader(checkpoint, base_folder(), given.out, runs)


if __name__ == "__main__":
    main()
