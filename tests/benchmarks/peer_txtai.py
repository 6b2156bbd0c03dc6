"""OnRecord's index beside txtai's: the same model, the same passages, one run.

    python -m venv /tmp/txtai && /tmp/txtai/bin/pip install txtai
    python -m tests.benchmarks.peer_txtai ARTICLES.jsonl QUESTIONS.jsonl \
        --txtai /tmp/txtai/bin/python --cache data/models --articles 120 \
        --index INDEX --passages 10000

txtai: all-MiniLM-L6-v2 by its default (sentence embeddings on torch), hybrid search, content
stored. OnRecord: the packaged int8 export, both searches, passages with their articles; reading,
cleaning and splitting the articles is within its indexing time, while txtai is handed the
passages that came of it. Each works in a process of its own with the same number of threads.
Seconds by the clock and, where the machine is busy, by the processor.

Indexing and adding are measured on the articles. Questions are asked of these too or, with
`--index`, of as many passages of an index that is there; txtai is then given their vectors as they
are stored, since making them again would take it a quarter of an hour and changes no search. Its
clients take turns: two searches at once fail on the one cursor of its content ("Recursive use of
cursors not allowed").
"""

from __future__ import annotations

import argparse
import json
import lzma
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

K = 10
MODEL = "all-MiniLM-L6-v2"


class OnRecord:
    """Index and hybrid search of this project."""

    def __init__(self, data: Path, cache: Path, threads: int) -> None:
        from index.embedding.batching import BatchingEmbedder
        from index.embedding.loading import load_embedder

        self._data = data
        self._model = load_embedder(MODEL, cache=cache, threads=threads)
        self._embedder = BatchingEmbedder(self._model)
        self._store: Any = None

    def index(self, articles: Path) -> int:
        """Bring the index in line with the articles; the number of passages."""
        self._sync(articles)
        return self.open()

    def open(self) -> int:
        """Open what is indexed; the number of passages."""
        from index.opening import open_store

        self._store = open_store(self._data)
        return int(self._store.status().passages)

    def take(self, index: Path, passages: int) -> int:
        """Take so many passages of another index; the number of passages."""
        from tests.benchmarks.adding_one import copy_part

        copy_part(index, self._data, self._model, passages)
        return self.open()

    def vectors(self) -> Any:
        """The vectors of all passages, in the order of `passages`."""
        import numpy as np

        from index.opening import open_writer
        from index.store import Filter

        ids = [one.id for one in self._store.articles(Filter(), 0, 1_000_000)[0]]
        with open_writer(self._data, self._model.key, self._model.dimension) as writer:
            stored = writer.stored(ids)
        return np.stack([one.passage for article in stored for one in article.vectors])

    def passages(self) -> list[str]:
        """The text of every passage, its title before it."""
        from index.store import Filter

        summaries, _ = self._store.articles(Filter(), 0, 1_000_000)
        return [
            f"{one.article.title}\n{one.text}"
            for summary in summaries
            for one in self._store.neighbours(summary.id)
        ]

    def search(self, question: str) -> int:
        """The number of passages found, each with its text."""
        from index.store import Filter
        from retrieval.candidates import Searches, gather

        vector = self._embedder.embed_questions([question])[0]
        return len(gather(self._store, question, vector, Filter(), Searches(), k=K))

    def add(self, article: Path) -> None:
        """Read, embed and store one article."""
        self._sync(article)

    def _sync(self, path: Path) -> None:
        from corpus.importer import Importer
        from index.opening import open_writer
        from index.sync import sync

        with open_writer(self._data, self._model.key, self._model.dimension) as writer:
            sync([path], writer, self._model, Importer())


class Txtai:
    """txtai with the same model."""

    def __init__(self, model: str, threads: int) -> None:
        import torch
        from txtai import Embeddings

        torch.set_num_threads(threads)
        self._embeddings = Embeddings(path=model, content=True, hybrid=True)
        self._number = 0
        self._turn = threading.Lock()

    def index(self, passages: Sequence[str], vectors: Any = None) -> int:
        """Index the passages, whose vectors may be given."""
        encode = self._embeddings.model.encode
        if vectors is not None:
            import numpy as np

            known = dict(zip(passages, vectors, strict=True))
            self._embeddings.model.encode = lambda texts, *_: np.stack(
                [known[one] for one in texts]
            )
        self._embeddings.index(list(enumerate(passages)))
        self._embeddings.model.encode = encode
        self._number = len(passages)
        return self._number

    def search(self, question: str) -> int:
        """The number of passages found, each with its text."""
        with self._turn:
            return len(self._embeddings.search(question, K))

    def add(self, passages: Sequence[str]) -> None:
        """Add the passages of one article."""
        self._embeddings.upsert([(self._number + n, text) for n, text in enumerate(passages)])
        self._number += len(passages)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and by the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def measure_queries(search: Callable[[str], int], questions: Sequence[str]) -> dict[str, float]:
    """Latency of one client by clock and processor, of eight, and what eight get done."""
    for question in questions[:5]:
        search(question)
    spent = sorted(timed(lambda one=one: search(one)) for one in questions)  # type: ignore[misc]
    middle = len(spent) // 2
    waited: list[float] = []
    with ThreadPoolExecutor(8) as pool:
        started = time.perf_counter()
        twice = [*questions, *questions]
        jobs = [pool.submit(timed, lambda one=one: search(one)) for one in twice]  # type: ignore[misc]
        waited = sorted(job.result()[0] for job in jobs)
        seconds = time.perf_counter() - started
    return {
        "one client, ms (median)": 1000 * spent[middle][0],
        "one client, CPU ms (median)": 1000 * sorted(cpu for _, cpu in spent)[middle],
        "eight clients, ms (median)": 1000 * waited[len(waited) // 2],
        "eight clients, questions/s": len(waited) / seconds,
    }


def side_of_onrecord(given: argparse.Namespace) -> dict[str, float]:
    """Measure OnRecord, and leave the passages for txtai."""
    one = OnRecord(given.folder / "data", given.cache, given.threads)
    number = 0

    def index() -> None:
        nonlocal number
        number = one.index(given.folder / "articles.jsonl")

    wall, processor = timed(index)
    result = {"indexing, passages/s": number / wall, "indexing, passages/CPU s": number / processor}
    (given.folder / "passages.json").write_text(json.dumps(one.passages()), "utf-8")
    added = timed(lambda: one.add(given.folder / "added.jsonl"))
    found = timed(lambda: one.search("the article that was added"))
    result |= _added(added[0] + found[0], added[1] + found[1])
    if given.index is not None:
        import numpy as np

        one = OnRecord(given.folder / "many", given.cache, given.threads)
        one.take(given.index, given.passages)
        (given.folder / "many.json").write_text(json.dumps(one.passages()), "utf-8")
        np.save(given.folder / "many.npy", one.vectors())
    return result | measure_queries(one.search, _questions(given.folder)) | _memory()


def side_of_txtai(given: argparse.Namespace) -> dict[str, float]:
    """Measure txtai on the same passages."""
    one = Txtai(given.model_folder, given.threads)
    passages = json.loads((given.folder / "passages.json").read_text("utf-8"))
    wall, processor = timed(lambda: one.index(passages))
    result = {
        "indexing, passages/s": len(passages) / wall,
        "indexing, passages/CPU s": len(passages) / processor,
    }
    added = timed(lambda: one.add(passages[:9]))
    found = timed(lambda: one.search("the article that was added"))
    result |= _added(added[0] + found[0], added[1] + found[1])
    if given.index is not None:
        import numpy as np

        one = Txtai(given.model_folder, given.threads)
        many = json.loads((given.folder / "many.json").read_text("utf-8"))
        one.index(many, np.load(given.folder / "many.npy"))
    return result | measure_queries(one.search, _questions(given.folder)) | _memory()


def _added(wall: float, processor: float) -> dict[str, float]:
    return {
        "one article added and found, s": wall,
        "one article added and found, CPU s": processor,
    }


def _memory() -> dict[str, float]:
    return {"peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _questions(folder: Path) -> list[str]:
    questions: list[str] = json.loads((folder / "questions.json").read_text("utf-8"))
    return questions


def _lines(path: Path) -> list[str]:
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        return [line for line in file if line.strip()]


def prepare(given: argparse.Namespace, folder: Path) -> None:
    """The articles, one more to add, and the questions."""
    articles = _lines(given.articles_file)[: given.articles + 1]
    (folder / "articles.jsonl").write_text("".join(articles[1:]), "utf-8")
    (folder / "added.jsonl").write_text(articles[0], "utf-8")
    asked = [json.loads(line)["question"] for line in _lines(given.questions_file)]
    (folder / "questions.json").write_text(json.dumps(asked[: given.questions]), "utf-8")


def run_sides(given: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Both sides, each in its own process."""
    from index.embedding.model_folder import find_model

    model = find_model(MODEL, allow_downloads=False).path
    results = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(given, folder)
        for side, python in (("onrecord", sys.executable), ("txtai", given.txtai)):
            command = [python, "-m", "tests.benchmarks.peer_txtai", "-", "-", "--side", side]
            command += ["--folder", str(folder), "--cache", str(given.cache.absolute())]
            command += ["--model-folder", str(model), "--threads", str(given.threads)]
            if given.index is not None:
                command += ["--index", str(given.index), "--passages", str(given.passages)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
            results[side] = json.loads(done.stdout.splitlines()[-1])
    return results


def show(results: dict[str, dict[str, float]]) -> None:
    """A table of both, and how many times better OnRecord does."""
    from rich.console import Console
    from rich.table import Table

    table = Table("", *results, "txtai / onrecord")
    ours, theirs = results["onrecord"], results["txtai"]
    for name, value in ours.items():
        table.add_row(name, f"{value:.3g}", f"{theirs[name]:.3g}", f"{theirs[name] / value:.2f}")
    Console().print(table)


def main() -> None:
    """Measure one side, or both and print."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("articles_file", type=Path)
    arguments.add_argument("questions_file", type=Path)
    arguments.add_argument("--txtai", default=sys.executable, help="a Python that has txtai")
    arguments.add_argument("--cache", type=Path, default=Path("data/models"))
    arguments.add_argument("--articles", type=int, default=200)
    arguments.add_argument("--questions", type=int, default=60)
    arguments.add_argument("--index", type=Path, help="a data folder to take passages from")
    arguments.add_argument("--passages", type=int, default=10_000)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--side", choices=("onrecord", "txtai"))
    arguments.add_argument("--folder", type=Path)
    arguments.add_argument("--model-folder")
    given = arguments.parse_args()
    if given.side is None:
        show(run_sides(given))
        return
    result = (side_of_onrecord if given.side == "onrecord" else side_of_txtai)(given)
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
