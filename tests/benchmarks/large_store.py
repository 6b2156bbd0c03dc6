"""How the embedded store grows: build time, disk, memory, latency, recall, adding one article.

    python -m tests.benchmarks.large_store 10000 100000 1000000 --folder /tmp/large

Text is made of words with the frequencies of a natural language (Zipf), vectors as in
`vector_structures`; both go through the store's writer as a sync's articles do. A million passages
take about 6 GB. What is built stays in the folder, and a call that is stopped, or that has used up
its `--minutes`, is gone on with by the next. Building is measured by the clock and by the
processor, without the making of the texts; searching in a process of its own, which holds nothing
but the store.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, Passage, Span, content_hash
from corpus.errors import IndexMissing
from index.embedded.connections import open_reading
from index.embedded.keyword_index import number_of_passages
from index.embedded.location import Location
from index.embedded.reader import EmbeddedReader
from index.embedding.embedder import PassageVectors
from index.opening import open_store, open_writer
from index.store import Change, Filter, Indexed
from tests.benchmarks.vector_structures import DIMENSION, questions_near, synthetic_vectors

PASSAGES_EACH = 9
WORDS_EACH = 110
VOCABULARY = 200_000
ARTICLES_AT_ONCE = 50
PASSAGES_AT_ONCE = PASSAGES_EACH * ARTICLES_AT_ONCE
OUTLETS = 50
MODEL = "synthetic/384"
SAME = 0.999
LONGEST_WAIT = 60.0
ASKED = 100
NEAREST = 10
SEARCHES = {
    "open": Filter(),
    "2 of 50 outlets": Filter(sources=frozenset({"s7", "s8"})),
    "one article": Filter(article_ids=frozenset({"a7"})),
}
Floats = NDArray[np.float32]


class Language:
    """Words with the frequencies of a natural language."""

    def __init__(self, seed: int = 1) -> None:
        shares = 1 / np.arange(1, VOCABULARY + 1) ** 1.05
        self._bounds = np.cumsum(shares / shares.sum())
        self.seed(seed)

    def seed(self, seed: int) -> None:
        """What comes from now on follows from this number."""
        self._random = np.random.default_rng(seed)

    def words(self, number: int) -> str:
        """So many words."""
        drawn = np.searchsorted(self._bounds, self._random.random(number))
        return " ".join(f"w{word}" for word in np.minimum(drawn, VOCABULARY - 1).tolist())


def article_of(number: int, vectors: Floats, language: Language) -> Indexed:
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
        f"a{number}", title, text, content_hash(title, text), source=f"s{number % OUTLETS}"
    )
    return Indexed(
        article,
        passages,
        tuple(PassageVectors(vector, vector[None, :]) for vector in vectors),
        tuple(f"{number * 1000 + place:040x}" for place in range(len(vectors))),
    )


def batches(vectors: Floats, first: int = 0) -> Iterator[list[Indexed]]:
    """Articles over all vectors from one place on, in batches; each follows from its number."""
    language = Language()
    for start in range(first, len(vectors), PASSAGES_AT_ONCE):
        language.seed(start)
        stop = min(start + PASSAGES_AT_ONCE, len(vectors))
        yield [
            article_of(place // PASSAGES_EACH, vectors[place : place + PASSAGES_EACH], language)
            for place in range(start, stop, PASSAGES_EACH)
        ]


@dataclass
class Spent:
    """What building has taken so far."""

    wall: float = 0.0
    processor: float = 0.0
    finished: bool = False

    def measure(self, work: Callable[[], object]) -> None:
        """Do something and add what it took."""
        wall, processor = time.perf_counter(), time.process_time()
        work()
        self.wall += time.perf_counter() - wall
        self.processor += time.process_time() - processor


def build(size: int, folder: Path, deadline: float) -> bool:
    """Build one size, or go on building it; whether it is done."""
    notes = folder / "spent.json"
    spent = Spent(**json.loads(notes.read_text())) if notes.exists() else Spent()
    if spent.finished:
        return True
    vectors = vectors_of(size, folder)
    first = stored = stored_in(folder / "data")
    # Closed without being published, it is gone on with by the next call.
    with closing(open_writer(folder / "data", MODEL, DIMENSION)) as writer:
        earlier = spent.processor
        for batch in batches(vectors, first):
            spent.measure(lambda one=batch: writer.apply(Change(put=one)))  # type: ignore[misc]
            stored += sum(len(one.passages) for one in batch)
            notes.write_text(json.dumps(asdict(spent)))
            if time.monotonic() > deadline:
                break
        if stored > first:
            rate = (stored - first) / (spent.processor - earlier)
            say(size, f"from {first} to {stored}", f"{rate:.0f} passages/CPU s")
        if stored < size:
            return False
        say(size, "stored", told(size, spent))
        checkpoint = Spent()
        checkpoint.measure(writer.publish)
    taken = f"{checkpoint.wall:.1f} s, {checkpoint.processor:.1f} CPU s"
    say(size, "structure and checkpoint", taken)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(size, "most memory while building", f"{held:.0f} MB, the vectors given to it among them")
    spent.finished = True
    notes.write_text(json.dumps(asdict(spent)))
    return True


def told(size: int, spent: Spent) -> str:
    """What building took."""
    return (
        f"{spent.wall:.0f} s, {size / spent.wall:.0f} passages/s; "
        f"{spent.processor:.0f} CPU s, {size / spent.processor:.0f} passages/CPU s"
    )


def stored_in(data: Path) -> int:
    """How many passages are stored already."""
    with suppress(IndexMissing), closing(open_reading(Location(data).current())) as connection:
        return number_of_passages(connection)
    return 0


def vectors_of(size: int, folder: Path) -> Floats:
    """The vectors, mapped; beside them questions, and what exact search finds."""
    path = folder / "vectors.npy"
    if not path.exists():
        made = synthetic_vectors(size)
        questions = questions_near(made)[:ASKED]
        outlets = np.arange(size) // PASSAGES_EACH % OUTLETS
        few = np.flatnonzero((outlets == 7) | (outlets == 8))
        np.savez(
            folder / "truth.npz",
            questions=questions,
            open=nearest(questions, made),
            few=few[nearest(questions, made[few])],
        )
        np.save(path, made)
    result: Floats = np.load(path, mmap_mode="r")
    return result


def nearest(questions: Floats, vectors: Floats) -> NDArray[np.int64]:
    """The places of the nearest vectors of each question."""
    return np.stack(
        [np.argpartition(-(vectors @ one), NEAREST)[:NEAREST] for one in questions]
    ).astype(np.int64)


def latency(work: Callable[[int], object], times: int) -> str:
    """Median and 95th percentile of some calls, in milliseconds, and what the processor spent."""
    spent = []
    processor = time.process_time()
    for number in range(times):
        started = time.perf_counter()
        work(number)
        spent.append((time.perf_counter() - started) * 1000)
    processor = (time.process_time() - processor) * 1000 / times
    p50, p95 = np.percentile(spent, [50, 95])
    return f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, {processor:.1f} CPU ms"


def measure(size: int, folder: Path) -> None:
    """Measure one size as a reader sees it."""
    data = folder / "data"
    disk = sum(path.stat().st_size for path in data.rglob("*")) / 1e6
    say(size, "disk", f"{disk:.0f} MB, {disk / size * 1000:.2f} KB a passage")
    before = resident()
    started = time.perf_counter()
    store = open_store(data)
    say(size, "opened", f"{time.perf_counter() - started:.2f} s")
    search(size, store, folder / "truth.npz")
    own, mapped = (after - first for after, first in zip(resident(), before, strict=True))
    say(size, "memory of reading", f"{own:.0f} MB of its own, {mapped:.0f} MB mapped from files")
    add_one(size, data, store)
    store.close()


def search(size: int, store: EmbeddedReader, truth: Path) -> None:
    """Latency of both searches, open and filtered, and the recall of the vectors' one."""
    known = np.load(truth)
    questions: Floats = known["questions"]
    language = Language(2)
    asked = [language.words(8) for _ in range(ASKED)]

    def by_vector(number: int, where: Filter) -> object:
        return store.search_vectors(questions[number], NEAREST, where)

    def by_words(number: int, where: Filter) -> object:
        return store.search_keywords(asked[number], 50, where)

    for name, where in SEARCHES.items():
        say(size, f"vectors, {name}", latency(partial(by_vector, where=where), ASKED))
        say(size, f"keywords, {name}", latency(partial(by_words, where=where), ASKED))
    for name, places in (("open", known["open"]), ("2 of 50 outlets", known["few"])):
        hits = 0
        for question, best in zip(questions, places, strict=True):
            found = store.search_vectors(question, NEAREST, SEARCHES[name])
            hits += len({hit.passage_id - 1 for hit in found} & set(best.tolist()))
        say(size, f"recall@10, {name}", f"{hits / places.size:.4f}")


def add_one(size: int, data: Path, store: EmbeddedReader) -> None:
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
    say(
        size,
        "one article stored",
        f"{stored - started:.3f} s, found {found - stored:.3f} s later, {processor:.3f} CPU s",
    )
    with open_writer(data, MODEL, DIMENSION) as writer:
        writer.apply(Change(remove=[added.article.id]))


def resident() -> tuple[float, float]:
    """MB of memory that are this process's own, and that are mapped from files."""
    lines = Path("/proc/self/status").read_text().splitlines()
    fields = dict(line.split(":", 1) for line in lines)
    own, mapped = (float(fields[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile"))
    return own, mapped


def say(size: int, what: str, value: str) -> None:
    """One line of the report."""
    sys.stdout.write(f"{size:>9}  {what:<32} {value}\n")
    sys.stdout.flush()


def main() -> None:
    """Build and measure the sizes given."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("sizes", type=int, nargs="*", default=[10_000, 50_000])
    arguments.add_argument("--folder", type=Path)
    arguments.add_argument("--minutes", type=float, default=1e6)
    arguments.add_argument("--build-only", action="store_true")
    arguments.add_argument("--measure-only", action="store_true")
    given = arguments.parse_args()
    deadline = time.monotonic() + 60 * given.minutes
    with tempfile.TemporaryDirectory(prefix="onrecord-") as scratch:
        for size in given.sizes:
            folder = (given.folder or Path(scratch)) / str(size)
            folder.mkdir(parents=True, exist_ok=True)
            if given.measure_only:
                measure(size, folder)
            elif build(size, folder, deadline) and not given.build_only:
                command = [sys.executable, "-m", "tests.benchmarks.large_store", str(size)]
                command += ["--folder", str(folder.parent), "--measure-only"]
                subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
