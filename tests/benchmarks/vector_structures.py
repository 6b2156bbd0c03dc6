"""Which FAISS structure at which size: build time, memory, latency, recall@10 against exact search.

    python -m tests.benchmarks.vector_structures 10000 100000 1000000
    python -m tests.benchmarks.vector_structures --index INDEX --questions QUESTIONS.jsonl

Vectors are synthetic: news-like clusters on a low-dimensional surface, plus noise, so that
neighbours are neither trivial nor random. With an INDEX, a data folder, and a file of QUESTIONS,
one JSON object a line, it is the structure chosen for many passages over the vectors stored there.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

DIMENSION = 384
QUESTIONS = 200

Vectors = NDArray[np.float32]


def synthetic_vectors(number: int, seed: int = 7) -> Vectors:
    """Unit vectors (number, DIMENSION): clusters of unequal size on a 48-dimensional surface."""
    random = np.random.default_rng(seed)
    surface = random.normal(size=(48, DIMENSION)).astype(np.float32)
    clusters = random.normal(size=(max(number // 50, 10), 48)).astype(np.float32)
    chosen = (random.random(number) ** 2 * len(clusters)).astype(np.int64)
    points = clusters[chosen] + 0.6 * random.normal(size=(number, 48)).astype(np.float32)
    vectors = points @ surface / np.sqrt(48)
    vectors += 0.3 * random.normal(size=vectors.shape).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors, np.float32)


def questions_near(vectors: Vectors, seed: int = 8) -> Vectors:
    """Questions: stored vectors, moved."""
    random = np.random.default_rng(seed)
    chosen = vectors[random.integers(0, len(vectors), QUESTIONS)]
    moved = chosen + 0.03 * random.normal(size=chosen.shape).astype(np.float32)
    moved /= np.linalg.norm(moved, axis=1, keepdims=True)
    return np.ascontiguousarray(moved, np.float32)


def inverted(number: int, quantiser: int) -> Callable[[Vectors], Any]:
    """An inverted file with about the square root of `number` lists, scalar quantised."""

    def build(vectors: Vectors) -> Any:
        lists = max(int(np.sqrt(number)), 16)
        coarse = faiss.IndexFlatIP(DIMENSION)
        index = faiss.IndexIVFScalarQuantizer(
            coarse, DIMENSION, lists, quantiser, faiss.METRIC_INNER_PRODUCT, False
        )
        index.train(vectors[:: max(1, number // (lists * 50))])
        index.add(vectors)
        return index

    return build


def scalar(quantiser: int) -> Callable[[Vectors], Any]:
    """Exhaustive search over quantised vectors."""

    def build(vectors: Vectors) -> Any:
        index = faiss.IndexScalarQuantizer(DIMENSION, quantiser, faiss.METRIC_INNER_PRODUCT)
        index.train(vectors[:50_000])
        index.add(vectors)
        return index

    return build


def flat(vectors: Vectors) -> Any:
    """Exact search."""
    index = faiss.IndexFlatIP(DIMENSION)
    index.add(vectors)
    return index


def graph(vectors: Vectors) -> Any:
    """Hierarchical navigable small worlds over 8-bit vectors."""
    structure: Any = faiss.IndexHNSWSQ
    index = structure(DIMENSION, faiss.ScalarQuantizer.QT_8bit, 32, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = 80
    index.hnsw.efSearch = 96
    index.train(vectors[:50_000])
    index.add(vectors)
    return index


def measure(name: str, index: Any, questions: Vectors, exact: NDArray[np.int64]) -> str:
    """One line of the table."""
    times, hits = [], 0
    for question, truth in zip(questions, exact, strict=True):
        started = time.perf_counter()
        _, found = index.search(question[None, :], 10)
        times.append((time.perf_counter() - started) * 1000)
        hits += len(set(found[0].tolist()) & set(truth.tolist()))
    p50, p95 = np.percentile(times, [50, 95])
    return f"{name:<22} p50 {p50:7.2f} ms  p95 {p95:7.2f} ms  recall@10 {hits / exact.size:.4f}"


def compare(number: int) -> None:
    """All structures at one size."""
    vectors = synthetic_vectors(number)
    questions = questions_near(vectors)
    _, exact = flat(vectors).search(questions, 10)
    types = faiss.ScalarQuantizer
    structures: dict[str, Callable[[Vectors], Any]] = {
        "flat": flat,
        "scalar fp16": scalar(types.QT_fp16),
        "scalar 8 bit": scalar(types.QT_8bit),
        "inverted fp16": inverted(number, types.QT_fp16),
        "inverted 8 bit": inverted(number, types.QT_8bit),
    }
    if number <= 100_000:
        structures["graph 8 bit"] = graph
    for name, build in structures.items():
        started = time.perf_counter()
        index = build(vectors)
        built = time.perf_counter() - started
        for probes in (16, 32, 64, 128) if name.startswith("inverted") else (0,):
            if probes:
                index.nprobe = probes
            label = f"{name} {probes}" if probes else name
            print(f"{number:>8} build {built:6.1f} s ", measure(label, index, questions, exact))  # noqa: T201


def main() -> None:
    """Compare at the sizes given, or over an index."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("sizes", type=int, nargs="*", default=[10_000, 100_000])
    arguments.add_argument("--index", type=Path)
    arguments.add_argument("--questions", type=Path)
    arguments.add_argument("--cache", type=Path, help="the models, where not INDEX/models")
    given = arguments.parse_args()
    if (given.index is None) != (given.questions is None):
        arguments.error("--index and --questions go together")
    faiss.omp_set_num_threads(1)
    if given.index is not None:
        from tests.benchmarks.real_recall import compare_real

        sys.stdout.write(compare_real(given.index, given.questions, given.cache))
        return
    for size in given.sizes:
        compare(size)


if __name__ == "__main__":
    main()
