"""What a reader of a large store sees: disk, memory, latency, recall, and one article more."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedded.reader import EmbeddedReader
from index.opening import open_store, open_writer
from index.store import Change, Filter
from tests.benchmarks.figures import Figures, resident
from tests.benchmarks.made_articles import (
    MODEL,
    OUTLETS,
    PASSAGES_EACH,
    Floats,
    Language,
    article_of,
)
from tests.benchmarks.vector_structures import DIMENSION, questions_near, synthetic_vectors

SAME = 0.999
LONGEST_WAIT = 60.0
ASKED = 100
WARMING = 10
NEAREST = 10
MOST_BY_WORDS = 50
FEW = "2 of 50 outlets"
SEARCHES = {
    "all": Filter(),
    FEW: Filter(sources=frozenset({"s7", "s8"})),
    "one article": Filter(article_ids=frozenset({"a7"})),
}


def write_truth(vectors: Floats, path: Path) -> None:
    """Questions, and what exact search over all vectors and over those of two outlets finds."""
    questions = questions_near(vectors)[:ASKED]
    outlets = np.arange(len(vectors)) // PASSAGES_EACH % OUTLETS
    few = np.flatnonzero((outlets == 7) | (outlets == 8))
    np.savez(
        path,
        questions=questions,
        open=nearest(questions, vectors),
        few=few[nearest(questions, vectors[few])],
    )


def nearest(questions: Floats, vectors: Floats) -> NDArray[np.int64]:
    """The places of the nearest vectors of each question."""
    return np.stack(
        [np.argpartition(-(vectors @ one), NEAREST)[:NEAREST] for one in questions]
    ).astype(np.int64)


def measure(size: int, data: Path, truth: Path, figures: Figures) -> None:
    """Measure one size as a reader sees it, in a process that holds nothing else."""
    disk = sum(path.stat().st_size for path in data.rglob("*")) / 1e6
    figures.note("disk, MB", f"{disk:.0f}")
    figures.note("disk, KB a passage", f"{disk / size * 1000:.2f}")
    known = dict(np.load(truth))
    before = resident()
    started = time.perf_counter()
    store = open_store(data)
    figures.note("opened, s", f"{time.perf_counter() - started:.2f}")
    search(store, known, figures)
    own, mapped = (after - first for after, first in zip(resident(), before, strict=True))
    figures.note("memory of searching, MB: own + mapped from files", f"{own:.0f} + {mapped:.0f}")
    add_one(size, data, store, figures)
    store.close()


def search(store: EmbeddedReader, known: dict[str, Floats], figures: Figures) -> None:
    """Latency of both searches, open and filtered, and the recall of the vectors' one."""
    questions = known["questions"]
    language = Language(2)
    asked = [language.words(8) for _ in range(ASKED)]

    def by_vector(number: int, where: Filter) -> object:
        return store.search_vectors(questions[number], NEAREST, where)

    def by_words(number: int, where: Filter) -> object:
        return store.search_keywords(asked[number], MOST_BY_WORDS, where)

    for kind, work in ((f"vectors, best {NEAREST}", by_vector), ("keywords, best 50", by_words)):
        for name, where in SEARCHES.items():
            spent = latency(partial(work, where=where), ASKED)
            figures.note(f"{kind} of {name}: p50 / p95 ms (CPU ms)", spent)
    for name, places in (("all", known["open"]), (FEW, known["few"])):
        hits = 0
        for question, best in zip(questions, places, strict=True):
            found = store.search_vectors(question, NEAREST, SEARCHES[name])
            hits += len({hit.passage_id - 1 for hit in found} & set(best.tolist()))
        figures.note(f"recall@{NEAREST} against exact search, {name}", f"{hits / places.size:.4f}")


def latency(work: Callable[[int], object], times: int) -> str:
    """Median and 95th percentile of calls, in milliseconds, and what the processor spent.

    The first calls, which read files, do not count.
    """
    for number in range(WARMING):
        work(number)
    spent = []
    processor = time.process_time()
    for number in range(WARMING, times):
        started = time.perf_counter()
        work(number)
        spent.append((time.perf_counter() - started) * 1000)
    processor = (time.process_time() - processor) * 1000 / len(spent)
    p50, p95 = np.percentile(spent, [50, 95])
    return f"{p50:.1f} / {p95:.1f} ({processor:.1f})"


def add_one(size: int, data: Path, store: EmbeddedReader, figures: Figures) -> None:
    """From the article's vectors to a reader that finds it; then it is taken out again."""
    fresh = synthetic_vectors(PASSAGES_EACH, seed=99)
    added = article_of(size, fresh, Language(3))
    started, processor = time.perf_counter(), time.process_time()
    with open_writer(data, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[added]))
    stored = time.perf_counter()
    while store.search_vectors(fresh[0], 1, Filter())[0].score < SAME:
        if time.perf_counter() - stored > LONGEST_WAIT:
            raise SystemExit("the added article was not found")
    found, processor = time.perf_counter(), time.process_time() - processor
    figures.note(
        "one article more: stored / found, s (CPU s)",
        f"{stored - started:.3f} / {found - started:.3f} ({processor:.3f})",
    )
    with open_writer(data, MODEL, DIMENSION) as writer:
        writer.apply(Change(remove=[added.article.id]))
