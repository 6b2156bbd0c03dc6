"""How fast passages and questions are embedded, by backend and by tokens in a batch.

    python -m tests.benchmarks.embedding_speed ARTICLES.jsonl --cache data/models

Beside the wall clock, passages a second of processor time are given: they hold on a machine that
is busy with other things.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Literal

import numpy as np

from corpus.article import Span
from index.embedding import late_chunking
from index.embedding.embedder import Embedder, PassageText
from index.embedding.loading import load_embedder

CHARACTERS = 900
QUESTION = "How long is the border between the two countries, and who guards it?"


def read_passages(articles: Path, number: int) -> list[PassageText]:
    """The beginnings of some articles, with about ten sentences each."""
    passages = []
    with articles.open(encoding="utf-8") as lines:
        for line, _ in zip(lines, range(number), strict=False):
            record = json.loads(line)
            text = record["text"][:CHARACTERS]
            step = max(len(text) // 10, 1)
            spans = [Span(start, start + step) for start in range(0, len(text) - step, step)]
            passages.append(PassageText(record["title"], text, tuple(spans)))
    return passages


def speed(embedder: Embedder, passages: list[PassageText]) -> str:
    """Passages a second, by the clock and by the processor."""
    embedder.embed_passages(passages[:8])
    wall, processor = time.perf_counter(), time.process_time()
    embedder.embed_passages(passages)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return f"{len(passages) / wall:6.1f} a second, {len(passages) / processor:6.1f} a CPU second"


def question_time(embedder: Embedder) -> str:
    """Milliseconds of one question."""
    spent = []
    for _ in range(100):
        started = time.perf_counter()
        embedder.embed_questions([QUESTION])
        spent.append((time.perf_counter() - started) * 1000)
    p50, p95 = np.percentile(spent, [50, 95])
    return f"one question p50 {p50:.1f} ms, p95 {p95:.1f} ms"


def main() -> None:
    """Measure both backends, and the exported one with several sizes of batch."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("articles", type=Path)
    arguments.add_argument("--model", default="all-MiniLM-L6-v2")
    arguments.add_argument("--cache", type=Path, default=Path("data/models"))
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--passages", type=int, default=200)
    given = arguments.parse_args()
    passages = read_passages(given.articles, given.passages)
    chosen = late_chunking.BATCH_TOKENS
    backends: tuple[Literal["onnx", "torch"], ...] = ("onnx", "torch")
    for backend in backends:
        embedder = load_embedder(
            given.model, backend=backend, cache=given.cache, threads=given.threads
        )
        for tokens in (256, 1024, 4096) if backend == "onnx" else (chosen, 4096):
            late_chunking.BATCH_TOKENS = tokens
            line = f"{backend:<6} batches of {tokens:>5} tokens: {speed(embedder, passages)}"
            print(line, question_time(embedder), sep="; ", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
