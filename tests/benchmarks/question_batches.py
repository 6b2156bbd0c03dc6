"""Questions encoded one by one, or several in one pass: processor time, and what becomes of them.

    python -m tests.benchmarks.question_batches [--cache FOLDER]

For int8 (what is used) and fp32, and for each number of questions at once: processor milliseconds
a question, and the smallest cosine between a question's vector in company and alone. An answer
must not depend on who else is asking, so only a cosine of 1 (to rounding) will do.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from index.embedding.encoders import OnnxEncoder
from index.embedding.export import export_full
from index.embedding.loading import load_embedder
from index.embedding.local import LocalEmbedder
from tests.benchmarks.http_load import QUESTIONS

TOWNS = ("Orle", "Halvern", "Veldmoor", "Zarnow", "Minsk", "Kyiv", "Ostholm", "Tarn")
ROUNDS = 6
SIZES = (1, 4, 8, 32)


def questions(number: int) -> list[str]:
    """Different questions of the lengths that people ask."""
    return [
        QUESTIONS[place % len(QUESTIONS)].replace("?", f" in {TOWNS[place // 8 % len(TOWNS)]}?")
        for place in range(number)
    ]


def full_precision(embedder: LocalEmbedder, folder: Path) -> LocalEmbedder:
    """The same model without quantisation."""
    from sentence_transformers import SentenceTransformer

    from index.embedding.model_folder import find_model

    model = SentenceTransformer(
        str(find_model("all-MiniLM-L6-v2", allow_downloads=False).path), device="cpu"
    )
    target = folder / "full.onnx"
    export_full(model[0].auto_model, target)
    return LocalEmbedder("fp32", OnnxEncoder(target), embedder._tokens, embedder._recipe, 1)


def measure(embedder: LocalEmbedder, size: int) -> tuple[float, float]:
    """Processor milliseconds a question, and the smallest cosine to the question alone."""
    asked = questions(64)
    alone = np.stack([embedder.embed_questions([one])[0] for one in asked])
    spent, worst = [], 1.0
    for _ in range(ROUNDS):
        started = time.process_time()
        rows = [
            embedder.embed_questions(asked[first : first + size])
            for first in range(0, len(asked), size)
        ]
        spent.append((time.process_time() - started) * 1000 / len(asked))
        worst = min(worst, float((np.concatenate(rows) * alone).sum(axis=1).min()))
    return float(np.median(spent)), worst


def main() -> None:
    """Print one line of JSON for each arithmetic and number of questions at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path)
    with tempfile.TemporaryDirectory() as folder:
        cache = parser.parse_args().cache or Path(folder)
        quantised = load_embedder("all-MiniLM-L6-v2", cache=cache, threads=1)
        assert isinstance(quantised, LocalEmbedder)
        for name, embedder in (
            ("int8", quantised),
            ("fp32", full_precision(quantised, Path(folder))),
        ):
            for size in SIZES:
                milliseconds, worst = measure(embedder, size)
                line = {"arithmetic": name, "at_once": size, "cpu_ms": round(milliseconds, 2)}
                sys.stdout.write(json.dumps({**line, "smallest_cosine": round(worst, 6)}) + "\n")


if __name__ == "__main__":
    main()
