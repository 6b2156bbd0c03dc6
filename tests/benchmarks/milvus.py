"""Milvus against the embedded store, in one run: recall, latency, memory.

    python -m tests.benchmarks.milvus 20000 [--index HNSW IVF_SQ8] [--lite]

The same made passages (`made_articles`: words as frequent as in a language, vectors as in
`vector_structures`) go into the embedded store and into the real standalone server (Milvus 2.3.5,
without keyword search), once for each kind of index. With `--lite` they go into milvus-lite too,
which has BM25, but is written in Python: give it a few hundred passages, as its time grows with
them. Calls are interleaved, so that a busy machine slows all stores alike. Recall@10 is against
exact search over all vectors.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pymilvus import MilvusClient

from index.milvus.connection import Connection
from index.milvus.log import newest
from index.milvus.settings import IndexType, MilvusSettings
from index.opening import StorePlace, open_store, open_writer
from index.store import Change, Filter, Indexed, OpenStore
from tests.benchmarks.made_articles import MODEL, Language, batches
from tests.benchmarks.vector_structures import DIMENSION, questions_near, synthetic_vectors
from tests.milvus.standalone import Standalone

OPEN = Filter()
QUESTIONS = 200
PROPOSED = 50

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Filled:
    """A store with all passages in it."""

    name: str
    store: OpenStore
    seconds: float
    megabytes: float | None


def fill(place: StorePlace, vectors: Vectors) -> float:
    """Put all passages; seconds spent in the store alone."""
    spent = 0.0
    with open_writer(place, MODEL, DIMENSION, rebuild=True) as writer:
        for batch in batches(vectors):
            started = time.perf_counter()
            writer.apply(Change(put=batch))
            spent += time.perf_counter() - started
    return spent


def settle(settings: MilvusSettings) -> None:
    """Let the server seal what it has and build its indexes, as it does by itself in time."""
    connection = Connection(settings)
    entry = newest(connection)
    connection.close()
    assert entry is not None
    client = MilvusClient(settings.uri, timeout=300, dedicated=True)
    for collection in (entry.names.passages, entry.names.documents):
        client.flush(collection)
    while client.describe_index(entry.names.passages, "vector")["pending_index_rows"]:
        time.sleep(0.5)
    client.release_collection(entry.names.passages)
    client.load_collection(entry.names.passages)
    client.close()


def recall(store: OpenStore, vectors: Vectors, questions: Vectors, names: Sequence[str]) -> float:
    """Share of the ten nearest passages that are among the ten found."""
    found = wanted = 0
    for question in questions:
        exact = np.argsort(-(vectors @ question), kind="stable")[:10]
        hits = store.search_vectors(question, 10, OPEN)
        passages = store.passages([hit.passage_id for hit in hits])
        places = {f"{one.article.id}/{one.ordinal}" for one in passages}
        found += sum(names[one] in places for one in exact)
        wanted += len(exact)
    return found / wanted


def question(store: OpenStore, vector: Vectors, words: str) -> None:
    """All that one question asks of a store before anything is ranked."""
    store.status()
    store.term_shares(words.split())
    hits = store.search_vectors(vector, PROPOSED, OPEN)
    hits += store.search_keywords(words, PROPOSED, OPEN)
    store.passages(list(dict.fromkeys(hit.passage_id for hit in hits)))


def interleaved(
    stores: Sequence[Filled], work: Mapping[str, Callable[[OpenStore, int], object]]
) -> None:
    """Median and 95th percentile of each kind of call in each store."""
    for what, call in work.items():
        times: dict[str, list[float]] = {one.name: [] for one in stores}
        for number in range(QUESTIONS):
            for one in stores:
                started = time.perf_counter()
                call(one.store, number)
                times[one.name].append((time.perf_counter() - started) * 1000)
        for name, spent in times.items():
            median, slow = np.percentile(spent, [50, 95])
            sys.stdout.write(
                f"{what:28} {name:22} median {median:7.1f} ms   95 % {slow:7.1f} ms" + "\n"
            )


def measure(size: int, indexes: Sequence[IndexType], folder: Path, *, lite: bool) -> None:
    """Fill every store and ask all of them."""
    vectors = synthetic_vectors(size)
    questions = questions_near(vectors, QUESTIONS)
    language = Language(7)
    words = [language.words(8) for _ in range(QUESTIONS)]
    with ExitStack() as opened:
        stores = [embedded(folder, vectors)]
        for index in indexes:
            stores.append(standalone(folder, index, vectors, opened))
        if lite:
            place = StorePlace(folder, MilvusSettings(str(folder / "lite.db")))
            seconds = fill(place, vectors)
            stores.append(Filled("milvus-lite", open_store(place), seconds, None))
        names = [name for batch in batches(vectors) for name in names_of(batch)]
        for one in stores:
            opened.callback(one.store.close)
            memory = "" if one.megabytes is None else f", memory +{one.megabytes:,.0f} MB"
            nearest = recall(one.store, vectors, questions, names)
            sys.stdout.write(
                f"{one.name:22} filled in {one.seconds:6.1f} s{memory}, recall@10 {nearest:.3f}"
                + "\n"
            )
        interleaved(
            stores,
            {
                "vectors, 50 nearest": lambda store, n: store.search_vectors(
                    questions[n], PROPOSED, OPEN
                ),
                "keywords, 50 best": lambda store, n: store.search_keywords(
                    words[n], PROPOSED, OPEN
                ),
                "how rare 8 words are": lambda store, n: store.term_shares(words[n].split()),
                "all that a question asks": lambda store, n: question(
                    store, questions[n], words[n]
                ),
            },
        )


def embedded(folder: Path, vectors: Vectors) -> Filled:
    """The embedded store, in this process."""
    place = StorePlace(folder / "embedded")
    seconds = fill(place, vectors)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    store = open_store(place)
    store.search_vectors(vectors[0], 1, OPEN)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Filled("embedded", store, seconds, (after - before) / 1024)


def standalone(folder: Path, index: IndexType, vectors: Vectors, opened: ExitStack) -> Filled:
    """A server of its own for each kind of index: its memory is that of one collection."""
    server = Standalone(folder / f"server-{index}", folder / "program")
    server.start()
    opened.callback(server.kill)
    before = server.memory_megabytes()
    settings = MilvusSettings(server.uri, index_type=index, timeout_seconds=60.0)
    place = StorePlace(folder, settings)
    seconds = fill(place, vectors)
    settle(settings)
    store = open_store(place)
    store.search_vectors(vectors[0], 1, OPEN)
    grown = server.memory_megabytes() - before
    return Filled(f"Milvus 2.3.5 {index}", store, seconds, grown)


def names_of(batch: Sequence[Indexed]) -> list[str]:
    """Article and ordinal of every passage of some articles, in the order of the vectors."""
    return [f"{one.article.id}/{ordinal}" for one in batch for ordinal in range(len(one.passages))]


def main() -> None:
    """Read the command line and measure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sizes", nargs="*", type=int, default=[10_000])
    arguments.add_argument("--index", nargs="*", default=["HNSW"])
    arguments.add_argument("--lite", action="store_true")
    given = arguments.parse_args()
    for size in given.sizes:
        sys.stdout.write(f"{size:,} passages, {DIMENSION} dimensions" + "\n")
        with tempfile.TemporaryDirectory() as folder:
            measure(size, given.index, Path(folder), lite=given.lite)


if __name__ == "__main__":
    main()
