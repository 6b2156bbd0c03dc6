"""Trains the passage reader: `python -m retrieval.training.reader DATA_DIR --out DIR`.

DATA_DIR holds the open sets, each a folder of `articles.jsonl` and `questions.jsonl` (or `.xz`).
With `--teacher` it learns from the large reader of `retrieval.training.teacher` besides.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
from dataclasses import asdict, replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before torch reads it; see reader_learning

import torch

from retrieval.reading.reader import PACKAGED_READER
from retrieval.reading.reader_tokens import ReaderTokenizer
from retrieval.training.distilling import learned_from
from retrieval.training.packaged_start import write_checkpoint
from retrieval.training.reader_data import CLOSE_UP, Recipe
from retrieval.training.reader_export import export_reader
from retrieval.training.reader_learning import (
    ENCODER_RATE,
    Loss,
    Pace,
    endless_batches,
    learn,
    open_encoder,
    right_answers,
)
from retrieval.training.reader_sets import base_folder, training_sets
from retrieval.training.teacher import Teacher
from retrieval.training.training_runs import Run, record_runs, recorded_runs

TEACHER_NAME = "all-mpnet-base-v2, trained on the same questions"

logger = logging.getLogger(__name__)


def _loss(teacher: Path | None, tokenizer: ReaderTokenizer) -> Loss:
    """That of the right answers, or one that learns from a teacher too."""
    if teacher is None:
        return right_answers
    return learned_from(Teacher(teacher, tokenizer).eval().bfloat16())


def _train(given: argparse.Namespace, base: Path, checkpoint: Path) -> None:
    """Train, and record the run beside those that the start was trained in."""
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    chance = random.Random(given.seed)  # noqa: S311 - chooses examples, not secrets
    tokenizer = ReaderTokenizer(base / "tokenizer.json")
    start, runs = base, list[Run]()
    if given.start is not None:
        start, runs = given.start, recorded_runs(given.start)
    if given.start_packaged:
        start, runs = checkpoint, write_checkpoint(PACKAGED_READER, base, checkpoint)
    pace = Pace(given.minutes, given.rate)
    if start != base:
        pace = replace(pace, head_rate=given.rate)  # its head is no longer a fresh one
    learned = learn(
        open_encoder(start),
        endless_batches(
            Recipe(training_sets(given.data), chance, given.close_up), tokenizer, given.seed
        ),
        checkpoint,
        pace,
        _loss(given.teacher, tokenizer),
    )
    logger.info("%d examples in %.0f s", learned.examples, learned.seconds)
    taught = {"teacher": TEACHER_NAME} if given.teacher else {}
    run = asdict(learned) | {"seed": given.seed, "rate": given.rate} | taught
    record_runs(checkpoint, [*runs, run])


def main() -> None:
    """Train, then write the reader as int8 ONNX."""
    parser = argparse.ArgumentParser(description="Train the passage reader.")
    parser.add_argument("data", type=Path, help="folder of the open sets")
    parser.add_argument("--out", type=Path, required=True, help="where the reader is written")
    parser.add_argument("--checkpoint", type=Path, help="where the fp32 model is kept")
    parser.add_argument("--minutes", type=float, default=60.0, help="time to train")
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--start-packaged", action="store_true", help="go on from the packaged one")
    parser.add_argument("--teacher", type=Path, help="a large reader to learn from")
    parser.add_argument("--rate", type=float, default=ENCODER_RATE, help="of the encoder, at most")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--close-up", type=float, default=CLOSE_UP, help="share of short passages")
    parser.add_argument("--export-only", action="store_true", help="write what was trained before")
    parser.add_argument("--full-precision", action="store_true", help="write fp32, to compare")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    checkpoint = given.checkpoint or given.out / "checkpoint"
    base = base_folder()
    if not given.export_only:
        _train(given, base, checkpoint)
    runs = recorded_runs(checkpoint)
    export_reader(checkpoint, base, given.out, runs, int8=not given.full_precision)


if __name__ == "__main__":
    main()
