"""The packaged reader's int8 weights as a checkpoint, so that it can learn on.

A checkpoint in full precision is four times the size and is not kept. What int8 rounds away is
soon learned again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from retrieval.reading.reader import FACTS
from retrieval.training.reader_learning import open_encoder

ROOT = "_reader."
QUANTISED = "_quantized"


def write_checkpoint(packaged: Path, base: Path, out: Path) -> list[dict[str, object]]:
    """Write the reader in the folder `packaged` to `out`; its training, run by run.

    `base` is the encoder that it was trained from, whose vectors of words it still has.
    """
    model = open_encoder(base)
    known = model.state_dict()
    for name, values in _weights(onnx.load(str(packaged / "reader.onnx"))).items():
        if name != "bert.embeddings.word_embeddings.weight":
            known[name] = torch.tensor(values).reshape(known[name].shape)
    model.load_state_dict(known)
    model.save_pretrained(out)
    facts: dict[str, Any] = json.loads((packaged / FACTS).read_text(encoding="utf-8"))
    runs: list[dict[str, object]] = facts["training"]
    return runs


def _weights(model: onnx.ModelProto) -> dict[str, NDArray[np.float32]]:
    """Every weight of the graph under the name that the module gives it."""
    stored = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    named: dict[str, NDArray[np.float32]] = {}
    for name, values in stored.items():
        if name.startswith(ROOT) and values.dtype == np.float32 and not name.endswith("_scale"):
            named[name.removeprefix(ROOT)] = values
    for node in model.graph.node:
        # A product's weights have lost their names; the node keeps its place in the module.
        if node.op_type == "MatMulInteger":
            place = node.name.removeprefix("/").rpartition("/")[0].replace("/", ".")
            product = _restored(stored, node.input[1])
            named[f"{place.removeprefix(ROOT)}.weight"] = np.ascontiguousarray(product.T)
        elif node.op_type == "Gather" and node.input[0].endswith(f".weight{QUANTISED}"):
            name = node.input[0].removeprefix(ROOT).removesuffix(QUANTISED)
            named[name] = _restored(stored, node.input[0])
    return named


def _restored(stored: dict[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    """int8 weights times their scale; the scale is one for all, or one for each column."""
    root = name.removesuffix(QUANTISED)
    zero = stored[f"{root}_zero_point"].astype(np.float32)
    centred = stored[name].astype(np.float32) - zero
    restored: NDArray[np.float32] = (centred * stored[f"{root}_scale"]).astype(np.float32)
    return restored
