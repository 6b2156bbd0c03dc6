"""The transformer behind the embedder: ONNX Runtime, or torch where that does not serve."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from index.embedding.embedder import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class OnnxEncoder:
    """Token embeddings by ONNX Runtime.

    A run uses the calling thread and no other: with a pool of its own inside, a run waits for its
    slowest thread, which on a busy machine costs far more than the second core brings. So
    several batches run side by side, and a question never queues behind one of them.
    """

    def __init__(self, model: Path) -> None:
        # ONNX Runtime reports usage by default on some systems; only the variable stops it.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(model), options, providers=["CPUExecutionProvider"]
            )
        except (RuntimeError, ValueError, OSError) as error:
            reason = str(error).splitlines()[0]
            raise ModelError(f"{model} cannot be loaded ({reason}); delete it") from None

    def encode(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Vectors:
        """Token embeddings (rows, tokens, dimension)."""
        tokens: Vectors = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return tokens


class TorchEncoder:
    """Token embeddings by the transformer of a sentence-transformers model."""

    def __init__(self, model: SentenceTransformer) -> None:
        self._transformer: Any = model[0]

    def encode(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Vectors:
        """Token embeddings (rows, tokens, dimension)."""
        import torch

        with torch.inference_mode():
            features = {
                "input_ids": torch.from_numpy(ids),
                "attention_mask": torch.from_numpy(mask),
            }
            tokens: Vectors = self._transformer(features)["token_embeddings"].float().numpy()
        return tokens
