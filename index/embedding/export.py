"""From a sentence-transformers model to an int8 ONNX file that runs without torch.

Weights are quantised per channel: per tensor, or unsigned, the vectors drift (cosine .95 to
.98); per channel they keep .99.
"""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

log = structlog.get_logger(__name__)

OPSET = 17


def export_model(model: SentenceTransformer, target: Path) -> None:
    """Write the transformer of `model` to `target` as int8 ONNX, and its tokenizer beside it.

    Raises RuntimeError, ValueError or OSError where the architecture cannot be exported.
    """
    full = target.with_name("full.onnx")
    export_full(model[0].auto_model, full)
    _quantise(full, target)
    full.unlink()
    model.tokenizer.backend_tokenizer.save(str(target.with_name("tokenizer.json")))


def export_full(transformer: Any, target: Path) -> None:
    """Write a transformer as fp32 ONNX: token ids and mask in, token embeddings out."""
    import torch

    class LastHiddenState(torch.nn.Module):
        """The transformer with two inputs and one output."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
            return self.transformer(
                input_ids=input_ids, attention_mask=attention_mask, return_dict=True
            ).last_hidden_state

    ids = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "rows", 1: "tokens"}
    with torch.inference_mode(), warnings.catch_warnings():
        # The tracer warns of every Python number in the graph; the check against
        # sentence-transformers afterwards is what decides.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            LastHiddenState().eval(),
            (ids, torch.ones_like(ids)),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["token_embeddings"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "token_embeddings": axes},
            opset_version=OPSET,
            dynamo=False,
        )


def _quantise(full: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # The quantiser logs advice to the root logger that nobody here can follow.
    logging.getLogger().addFilter(_not_quantiser)
    try:
        quantize_dynamic(full, target, weight_type=QuantType.QInt8, per_channel=True)
    finally:
        logging.getLogger().removeFilter(_not_quantiser)


def _not_quantiser(record: logging.LogRecord) -> bool:
    return "pre-process" not in record.getMessage()
