"""How fast passages and questions are embedded, by engine and by arithmetic, in one run.

    pip install openvino
    python -m tests.benchmarks.embedding_speed ARTICLES.jsonl[.xz] --cache data/models

All engines run the same transformer inside the same embedder: the same batches sorted by length,
the same pooling. They take turns, so that a machine that is busy with other things is as busy for
each; the medians of the turns are given, by the clock and by the processor. At the end, what share
of the processor's time of a whole sync is spent outside the encoder.
"""

from __future__ import annotations

import argparse
import json
import lzma
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from tokenizers import Tokenizer

from corpus.article import Span
from corpus.importer import Importer
from index.embedding.embedder import Embedder, PassageText, Vectors
from index.embedding.encoders import OnnxEncoder, TorchEncoder
from index.embedding.export import export_full
from index.embedding.late_chunking import Encoder, Tokens
from index.embedding.loading import load_embedder
from index.embedding.local import LocalEmbedder
from index.embedding.model_folder import find_model, read_recipe
from index.embedding.onnx_cache import find_export, weights_digest
from index.embedding.sentence_transformer import load_sentence_transformer
from index.opening import open_writer
from index.passage_texts import passage_text
from index.sync import sync

CHARACTERS = 900
QUESTION = "How long is the border between the two countries, and who guards it?"
QUESTIONS_A_TURN = 20


class OpenVinoEncoder:
    """Token embeddings by OpenVINO, one thread to a request as with ONNX Runtime."""

    def __init__(self, model: Path, precision: str, threads: int) -> None:
        import openvino

        core: Any = openvino.Core()
        compiled = core.compile_model(
            core.read_model(str(model)),
            "CPU",
            {
                "INFERENCE_PRECISION_HINT": precision,
                "INFERENCE_NUM_THREADS": threads,
                "NUM_STREAMS": threads,
            },
        )
        self._compiled: Any = compiled

    def encode(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Vectors:
        """Token embeddings (rows, tokens, dimension)."""
        request = self._compiled.create_infer_request()
        outputs = request.infer({"input_ids": ids, "attention_mask": mask})
        tokens: Vectors = np.array(outputs[0])
        return tokens


def read_passages(articles: Path, number: int) -> list[PassageText]:
    """The beginnings of some articles, with about ten sentences each."""
    passages = []
    opened = lzma.open if articles.suffix == ".xz" else open
    with opened(articles, "rt", encoding="utf-8") as lines:
        for line, _ in zip(lines, range(number), strict=False):
            record = json.loads(line)
            text = record["text"][:CHARACTERS]
            step = max(len(text) // 10, 1)
            spans = [Span(start, start + step) for start in range(0, len(text) - step, step)]
            passages.append(PassageText(record["title"], text, tuple(spans)))
    return passages


def engines(model: str, cache: Path, threads: int, scratch: Path) -> dict[str, Embedder]:
    """Every engine with every arithmetic that it offers here."""
    import torch

    torch.set_num_threads(threads)
    load_embedder(model, cache=cache, threads=threads)
    folder = find_model(model, allow_downloads=False)
    recipe = read_recipe(folder)
    exported = find_export(cache, weights_digest(folder, cache))
    if exported is None or not exported.usable:
        raise SystemExit(f"{model} does not run on ONNX Runtime")
    full = scratch / "full.onnx"
    plain = load_sentence_transformer(folder)
    export_full(plain[0].auto_model, full)

    def embedder(encoder: Encoder, workers: int) -> Embedder:
        tokens = Tokens(Tokenizer.from_file(str(exported.tokenizer)), recipe)
        return LocalEmbedder("benchmark", encoder, tokens, recipe, workers)

    half = load_sentence_transformer(folder).bfloat16()
    return {
        "torch fp32": embedder(TorchEncoder(plain), 1),
        "torch bf16": embedder(TorchEncoder(half), 1),
        "ONNX Runtime fp32": embedder(OnnxEncoder(full), threads),
        "ONNX Runtime int8": embedder(OnnxEncoder(exported.model), threads),
        "OpenVINO fp32": embedder(OpenVinoEncoder(full, "f32", threads), threads),
        "OpenVINO bf16": embedder(OpenVinoEncoder(full, "bf16", threads), threads),
        "OpenVINO int8": embedder(OpenVinoEncoder(exported.model, "f32", threads), threads),
    }


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and by the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def measure(
    compared: dict[str, Embedder], passages: Sequence[PassageText], turns: int
) -> dict[str, NDArray[np.float64]]:
    """For each engine an array (turns, 3): wall and CPU seconds of passages, wall of a question."""
    spent: defaultdict[str, list[tuple[float, float, float]]] = defaultdict(list)
    parts = np.array_split(np.arange(len(passages)), turns)
    for turn in range(turns):
        part = [passages[place] for place in parts[turn]]
        for name, embedder in compared.items():
            if not turn:
                embedder.embed_passages(part[:8])
            wall, processor = timed(lambda one=embedder: one.embed_passages(part))  # type: ignore[misc]  # noqa: B023
            questions = [
                timed(lambda one=embedder: one.embed_questions([QUESTION]))[0]  # type: ignore[misc]
                for _ in range(QUESTIONS_A_TURN)
            ]
            row = (wall / len(part), processor / len(part), float(np.median(questions)))
            spent[name].append(row)
    return {name: np.array(rows) for name, rows in spent.items()}


def share_outside(articles: Path, embedder: Embedder, number: int, scratch: Path) -> float:
    """The share of a sync's processor time that embedding its passages alone does not take."""
    opened = lzma.open if articles.suffix == ".xz" else open
    path = scratch / "articles.jsonl"
    with opened(articles, "rt", encoding="utf-8") as lines:
        path.write_text("".join(islice(lines, number)), "utf-8")
    embedded: list[PassageText] = []
    with open_writer(scratch / "data", embedder.key, embedder.dimension) as writer:
        whole = timed(lambda: sync([path], writer, embedder, Importer()))[1]
        for one in writer.stored(sorted(writer.versions())):
            embedded += [passage_text(one.article, part) for part in one.passages]
    return 1 - timed(lambda: embedder.embed_passages(embedded))[1] / whole


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("articles", type=Path)
    arguments.add_argument("--model", default="all-MiniLM-L6-v2")
    arguments.add_argument("--cache", type=Path, default=Path("data/models"))
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--passages", type=int, default=200)
    arguments.add_argument("--turns", type=int, default=5)
    arguments.add_argument("--synced", type=int, default=60, help="articles of the whole sync")
    given = arguments.parse_args()
    passages = read_passages(given.articles, given.passages)
    with tempfile.TemporaryDirectory() as scratch:
        compared = engines(given.model, given.cache, given.threads, Path(scratch))
        reference = compared["torch fp32"].embed_passages(passages[:40])
        spent = measure(compared, passages, given.turns)
        product = load_embedder(given.model, cache=given.cache, threads=given.threads)
        outside = share_outside(given.articles, product, given.synced, Path(scratch))
    table = Table(
        "engine", "passages/s", "passages/CPU s", "against torch fp32", "question ms", "cosine"
    )
    first = np.median(spent["torch fp32"], axis=0)
    for name, rows in spent.items():
        wall, processor, question = np.median(rows, axis=0)
        made = compared[name].embed_passages(passages[:40])
        cosine = np.mean(
            [one.passage @ other.passage for one, other in zip(made, reference, strict=True)]
        )
        table.add_row(
            name,
            f"{1 / wall:.1f}",
            f"{1 / processor:.1f}",
            f"{first[1] / processor:.2f}",
            f"{1000 * question:.1f}",
            f"{cosine:.4f}",
        )
    Console().print(table)
    Console().print(f"outside the encoder: {outside:.1%} of a sync's processor time")


if __name__ == "__main__":
    main()
