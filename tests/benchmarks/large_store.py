"""How the embedded store grows: build time, disk, memory, latency, recall, adding one article.

    python -m tests.benchmarks.large_store 10000 100000 1000000

Text is made of words with the frequencies of a natural language (Zipf), vectors as in
`vector_structures`. Each size is built in a temporary folder (give one with --folder: a million
passages take about 6 GB) and measured as a reader sees it.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, Passage, Span, content_hash
from index.embedded.reader import EmbeddedReader
from index.embedding.embedder import PassageVectors
from index.opening import open_store, open_writer
from index.store import Change, Filter, Indexed
from tests.benchmarks.vector_structures import DIMENSION, questions_near, synthetic_vectors

PASSAGES_EACH = 9
WORDS_EACH = 110
VOCABULARY = 200_000
ARTICLES_AT_ONCE = 50
MODEL = "synthetic/384"


class Language:
    """Words with the frequencies of a natural language."""

    def __init__(self, seed: int = 1) -> None:
        shares = 1 / np.arange(1, VOCABULARY + 1) ** 1.05
        self._bounds = np.cumsum(shares / shares.sum())
        self._random = np.random.default_rng(seed)

    def words(self, number: int) -> str:
        """So many words."""
        drawn = np.searchsorted(self._bounds, self._random.random(number))
        return " ".join(f"w{word}" for word in np.minimum(drawn, VOCABULARY - 1))


def article_of(number: int, vectors: NDArray[np.float32], language: Language) -> Indexed:
    """An article of as many passages as there are vectors, one sentence each."""
    bodies = [language.words(WORDS_EACH) + "\n" for _ in vectors]
    text, title = "".join(bodies), language.words(8)
    ends = np.cumsum([len(body) for body in bodies]).tolist()
    starts = [0, *ends[:-1]]
    passages = tuple(
        Passage(start, end, (Span(start, end - 1),))
        for start, end in zip(starts, ends, strict=True)
    )
    article = Article(
        f"a{number}", title, text, content_hash(title, text), source=f"s{number % 50}"
    )
    return Indexed(
        article,
        passages,
        tuple(PassageVectors(vector, vector[None, :]) for vector in vectors),
        tuple(f"{number * 1000 + place:040x}" for place in range(len(vectors))),
    )


def batches(vectors: NDArray[np.float32]) -> Iterator[list[Indexed]]:
    """Articles over all vectors, in batches."""
    language = Language()
    batch: list[Indexed] = []
    for number, first in enumerate(range(0, len(vectors), PASSAGES_EACH)):
        batch.append(article_of(number, vectors[first : first + PASSAGES_EACH], language))
        if len(batch) == ARTICLES_AT_ONCE:
            yield batch
            batch = []
    yield batch


def latency(work: Callable[[int], object], times: int) -> str:
    """Median and 95th percentile of some calls, in milliseconds."""
    spent = []
    for number in range(times):
        started = time.perf_counter()
        work(number)
        spent.append((time.perf_counter() - started) * 1000)
    p50, p95 = np.percentile(spent, [50, 95])
    return f"p50 {p50:.1f} ms, p95 {p95:.1f} ms"


def measure(size: int, folder: Path) -> None:
    """Build and measure one size."""
    vectors = synthetic_vectors(size)
    questions = questions_near(vectors)
    started = time.perf_counter()
    with open_writer(folder, MODEL, DIMENSION) as writer:
        for batch in batches(vectors):
            writer.apply(Change(put=batch))
        stored = time.perf_counter()
    say(size, "stored", f"{stored - started:.1f} s, {size / (stored - started):.0f} passages/s")
    say(size, "structure and checkpoint", f"{time.perf_counter() - stored:.1f} s")
    disk = sum(path.stat().st_size for path in folder.rglob("*")) / 1e6
    say(size, "disk", f"{disk:.0f} MB, {disk / size * 1000:.2f} KB a passage")
    started = time.perf_counter()
    store = open_store(folder)
    say(size, "opened", f"{time.perf_counter() - started:.2f} s")
    search(size, store, vectors, questions)
    add_one(size, folder, store, vectors)
    store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(size, "peak memory of building and reading in one process", f"{peak:.0f} MB")


def search(
    size: int, store: EmbeddedReader, vectors: NDArray[np.float32], questions: NDArray[np.float32]
) -> None:
    """Latency of both searches, open and filtered, and the recall of the vectors' one."""
    few = Filter(sources=frozenset({"s7", "s8"}))
    one = Filter(article_ids=frozenset({"a7"}))
    language = Language(2)
    asked = [language.words(8) for _ in range(100)]
    for name, where in (("open", Filter()), ("2 of 50 outlets", few), ("one article", one)):
        by_vector = latency(lambda n, w=where: store.search_vectors(questions[n], 10, w), 100)  # type: ignore[misc]
        by_words = latency(lambda n, w=where: store.search_keywords(asked[n], 50, w), 100)  # type: ignore[misc]
        say(size, f"vectors, {name}", by_vector)
        say(size, f"keywords, {name}", by_words)
    exact = np.argsort(-(questions[:100] @ vectors.T), axis=1)[:, :10]
    hits = 0
    for question, truth in zip(questions[:100], exact, strict=True):
        found = {hit.passage_id - 1 for hit in store.search_vectors(question, 10, Filter())}
        hits += len(found & set(truth.tolist()))
    say(size, "recall@10", f"{hits / 1000:.4f}")


def add_one(size: int, folder: Path, store: EmbeddedReader, vectors: NDArray[np.float32]) -> None:
    """From the article's vectors to a reader that finds it."""
    fresh = synthetic_vectors(PASSAGES_EACH, seed=99)
    started = time.perf_counter()
    with open_writer(folder, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[article_of(len(vectors), fresh, Language(3))]))
    stored = time.perf_counter()
    best = store.search_vectors(fresh[0], 1, Filter())[0]
    if store.passages([best.passage_id])[0].article.id != f"a{len(vectors)}":
        raise SystemExit("the added article was not found")
    found = time.perf_counter()
    say(size, "one article stored", f"{stored - started:.3f} s, found {found - stored:.3f} s later")


def say(size: int, what: str, value: str) -> None:
    """One line of the report."""
    print(f"{size:>9}  {what:<52} {value}", flush=True)  # noqa: T201


def main() -> None:
    """Measure the sizes given."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sizes", type=int, nargs="*", default=[10_000, 50_000])
    arguments.add_argument("--folder", type=Path)
    given = arguments.parse_args()
    for size in given.sizes:
        folder = Path(tempfile.mkdtemp(prefix="onrecord-", dir=given.folder))
        try:
            measure(size, folder)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
