"""Growing a large segment: cells that are taken over against cells that are trained anew.

    python -m tests.benchmarks.growing_structures 50000 200000

A segment of so many rows is nearly doubled, in four merges, by rows of the same kind or by rows
about something else (clusters on another surface). Told are the processor's time for all merges and
for a search, recall@10 against exact search, and how unlike in length the lists are.
"""

from __future__ import annotations

import sys
import time

import faiss
import numpy as np

from index.embedded.joining import Source, join
from index.embedded.structures import exact_structure, search_structure
from tests.benchmarks.vector_structures import Vectors, questions_near, synthetic_vectors

MERGES = 4
NEAREST = 10


def source(structure: object, rows: int) -> Source:
    """All rows of a structure."""
    return Source(structure, np.arange(rows))


def grown(first: Vectors, added: Vectors, *, anew: bool) -> tuple[object, float]:
    """The structure after all merges, and the seconds of the processor that they took."""
    structure = join([source(exact_structure(first), len(first))])
    seconds = 0.0
    for number in range(1, MERGES + 1):
        more = added[len(added) * (number - 1) // MERGES : len(added) * number // MERGES]
        so_far = np.concatenate([first, added[: len(added) * number // MERGES]])
        started = time.process_time()
        if anew:
            structure = join([source(exact_structure(so_far), len(so_far))])
        else:
            before = source(structure, len(so_far) - len(more))
            structure = join([before, source(exact_structure(more), len(more))])
        seconds += time.process_time() - started
    return structure, seconds


def told(structure: object, questions: Vectors, exact: np.ndarray) -> str:
    """Recall, time of a search, and imbalance."""
    hits = 0
    started = time.process_time()
    for question, truth in zip(questions, exact, strict=True):
        _, places = search_structure(structure, question, NEAREST, None)
        hits += len(set(places.tolist()) & set(truth.tolist()))
    spent = (time.process_time() - started) / len(questions) * 1000
    lists, imbalance = structure.nlist, structure.invlists.imbalance_factor()  # type: ignore[attr-defined]
    recall = hits / exact.size
    return f"{lists} lists, imbalance {imbalance:.2f}, {spent:.1f} ms, recall@10 {recall:.4f}"


def measure(number: int) -> None:
    """Both ways, for both kinds of additions."""
    first = synthetic_vectors(number)
    for name, seed in (("the same kind", 71), ("something else", 17)):
        if name == "the same kind":
            both = synthetic_vectors(2 * number)
            first, added = both[::2].astype(np.float16).astype(np.float32), both[1::2]
        else:
            added = synthetic_vectors(number, seed)
        added = added[: number * 9 // 10].astype(np.float16).astype(np.float32)
        for part, rows in (("all", np.concatenate([first, added])), ("the added", added)):
            everything = np.concatenate([first, added])
            questions = questions_near(rows)
            _, exact = exact_structure(everything).search(questions, NEAREST)
            for anew in (False, True):
                structure, seconds = grown(first, added, anew=anew)
                way = "trained anew" if anew else "taken over"
                print(  # noqa: T201
                    f"{number:>8} + {name}, near {part}: {way:<13} {seconds:6.1f} CPU s,",
                    told(structure, questions, exact),
                )


if __name__ == "__main__":
    faiss.omp_set_num_threads(1)
    for size in map(int, sys.argv[1:] or ["50000"]):
        measure(size)
