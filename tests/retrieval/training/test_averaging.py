"""Averaging checkpoints of the reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from retrieval.reading.reader import PACKAGED_READER
from retrieval.training.averaging import WEIGHTS, average
from retrieval.training.packaged_start import write_checkpoint
from retrieval.training.reader_learning import open_encoder
from retrieval.training.reader_sets import base_folder
from retrieval.training.training_runs import RECORD


def checkpoint(folder: Path, moved: float, runs: list[dict[str, object]]) -> Path:
    """The packaged reader with every weight moved by so much."""
    write_checkpoint(PACKAGED_READER, base_folder(), folder)
    weights = {name: each + moved for name, each in load_file(folder / WEIGHTS).items()}
    save_file(weights, folder / WEIGHTS, metadata={"format": "pt"})
    (folder / RECORD).write_text(json.dumps(runs), encoding="utf-8")
    return folder


def test_weights_are_the_mean_and_runs_are_told_once(tmp_path: Path) -> None:
    first: dict[str, object] = {"seed": 1, "examples": 10}
    second: dict[str, object] = {"seed": 2, "examples": 20}
    one = checkpoint(tmp_path / "one", 0.0, [first])
    other = checkpoint(tmp_path / "other", 0.5, [first, second])
    average([one, other], tmp_path / "mean")
    weights, mean = load_file(one / WEIGHTS), load_file(tmp_path / "mean" / WEIGHTS)
    assert weights.keys() == mean.keys()
    for name, each in weights.items():
        torch.testing.assert_close(mean[name], each + 0.25)
    record = json.loads((tmp_path / "mean" / RECORD).read_text(encoding="utf-8"))
    assert record == [first, second, {"averaged": 2}]
    assert open_encoder(tmp_path / "mean").config.num_hidden_layers == 6


def test_checkpoints_of_other_networks_are_refused(tmp_path: Path) -> None:
    one = checkpoint(tmp_path / "one", 0.0, [])
    other = checkpoint(tmp_path / "other", 0.0, [])
    weights = load_file(other / WEIGHTS)
    weights.popitem()
    save_file(weights, other / WEIGHTS, metadata={"format": "pt"})
    with pytest.raises(ValueError, match="different networks"):
        average([one, other], tmp_path / "mean")
    assert not (tmp_path / "mean").exists()
