"""The large structure over real passages: recall@10 of real questions against exact search."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedded.codec import unpack_vectors
from index.embedded.connections import open_reading
from index.embedded.joining import Source, join
from index.embedded.location import Location
from index.embedded.structures import LARGE, exact_structure, is_large, search_structure
from index.embedding.embedder import Embedder, Vectors
from index.embedding.recorded import load_recorded
from index.opening import open_store
from index.store import Filter, StoreReader
from tests.benchmarks.figures import markdown

K = 10
Places = NDArray[np.int64]
Search = Callable[[Vectors], Places]


def stored_vectors(data: Path, dimension: int) -> tuple[Places, Places, Vectors]:
    """Ids, article numbers and vectors (rows, dimension) of all passages, in the order of ids."""
    with closing(open_reading(Location(data).current())) as connection:
        rows = connection.execute(
            "SELECT passages.id, passages.article, vectors.passage FROM passages "
            "JOIN vectors ON vectors.number = passages.vector ORDER BY passages.id"
        ).fetchall()
    ids, articles, packed = zip(*rows, strict=True)
    return np.array(ids), np.array(articles), unpack_vectors(packed, dimension)


def question_vectors(model: Embedder, path: Path) -> Vectors:
    """The vectors (questions, dimension) of a file of questions, one JSON object a line."""
    lines = path.read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    return model.embed_questions(list(dict.fromkeys(questions)))


def exact(vectors: Vectors, questions: Vectors, allowed: NDArray[np.bool_]) -> Places:
    """The places (questions, K) of the nearest allowed vectors."""
    places = np.flatnonzero(allowed)
    best = [np.argsort(-(vectors[places] @ one), kind="stable")[:K] for one in questions]
    return places[np.stack(best)]


def measured(search: Search, questions: Vectors, truth: Places) -> dict[str, str]:
    """What one way to search finds of the truth, and how long it takes."""
    spent, hits = [], 0
    processor = time.process_time()
    for question, best in zip(questions, truth, strict=True):
        started = time.perf_counter()
        found = search(question)
        spent.append((time.perf_counter() - started) * 1000)
        hits += len(set(found.tolist()) & set(best.tolist()))
    processor = (time.process_time() - processor) * 1000 / len(questions)
    p50, p95 = np.percentile(spent, [50, 95])
    return {
        "recall@10": f"{hits / truth.size:.4f}",
        "p50 / p95 ms": f"{p50:.2f} / {p95:.2f}",
        "CPU ms": f"{processor:.2f}",
    }


def by_structure(structure: Any, mask: NDArray[np.bool_] | None) -> Search:
    """Search in a structure, among the rows of a mask."""
    return lambda question: search_structure(structure, question, K, mask)[1]


def by_store(store: StoreReader, ids: Places) -> Search:
    """Search as answering does it."""

    def search(question: Vectors) -> Places:
        hits = store.search_vectors(question, K, Filter())
        return np.searchsorted(ids, [hit.passage_id for hit in hits])

    return search


def compare_real(data: Path, questions_file: Path, cache: Path | None) -> str:
    """The report on one index: a table of the ways to search, after a line that says of what.

    The models of the index are looked for in `cache`, by default the folder `models` in it.
    """
    store = open_store(data)
    model = load_recorded(store.embedder_key, cache=cache or data / "models")
    questions = question_vectors(model, questions_file)
    ids, articles, vectors = stored_vectors(data, model.dimension)
    everything = np.ones(len(ids), np.bool_)
    half = articles % 2 == 0
    truth, truth_of_half = (exact(vectors, questions, mask) for mask in (everything, half))
    flat = exact_structure(vectors)
    started = time.process_time()
    large = join([Source(flat, np.arange(len(ids)))])
    built = time.process_time() - started
    ways: dict[str, tuple[Search, Places]] = {
        "exact": (by_structure(flat, None), truth),
        "large structure": (by_structure(large, None), truth),
        "large structure, half of the articles": (by_structure(large, half), truth_of_half),
        "the store itself": (by_store(store, ids), truth),
    }
    rows = {name: measured(search, questions, best) for name, (search, best) in ways.items()}
    store.close()
    kind = "large" if len(ids) >= LARGE else "exact"
    columns = {
        figure: {name: figures[figure] for name, figures in rows.items()}
        for figure in rows["exact"]
    }
    return (
        f"{len(ids):,} passages, {len(questions)} questions; of so many the store searches by the "
        f"{kind} structure. The large one: {_lists(large)}, built in {built:.1f} CPU s.\n\n"
    ) + markdown("way to search", columns)


def _lists(structure: Any) -> str:
    return f"{structure.nlist} lists" if is_large(structure) else "no lists"
