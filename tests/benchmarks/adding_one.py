"""From a file in the article folder to an answerable article, in an index of real size.

    python -m tests.benchmarks.adding_one INDEX 5000 50000 --cache INDEX/models

INDEX is a data folder; what is worked on is a copy of as many of its passages as are named. A
running reader is open all the time. Each turn writes a new article, tells the index of that file,
and asks until the reader finds it by both searches.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from corpus.importer import Importer
from index.embedding.embedder import Embedder
from index.embedding.loading import load_embedder
from index.opening import open_store, open_writer
from index.store import Change, Filter, StoreReader
from index.sync import sync_changed

TURNS = 9
SENTENCES = 40
ARTICLES_AT_ONCE = 200
EVERYTHING = Filter()


def write_article(folder: Path, number: int) -> tuple[Path, str]:
    """An article of several passages, and a question that only it answers."""
    name = f"Zarnowek{number}"
    lines = [
        f"The {place}. council of {name} met on day {place} and voted on bridge {place}."
        for place in range(SENTENCES)
    ]
    path = folder / f"added-{number}.md"
    path.write_text(
        f"---\ntitle: {name} votes\ndate: 2024-05-0{number + 1}\n---\n" + " ".join(lines)
    )
    return path, f"What did the council of {name} vote on?"


def is_found(store: StoreReader, model: Embedder, question: str, article: str) -> bool:
    """Whether both searches propose the article first."""
    by_words = store.search_keywords(question, 1, EVERYTHING)
    by_vector = store.search_vectors(model.embed_questions([question])[0], 1, EVERYTHING)
    found = store.passages([hit.passage_id for hit in (*by_words, *by_vector)])
    return len(found) > 0 and all(article in one.article.title for one in found)


def copy_part(source: Path, target: Path, model: Embedder, passages: int) -> None:
    """An index of the first articles of another, so many passages together."""
    with (
        open_writer(source, model.key, model.dimension) as known,
        open_writer(target, model.key, model.dimension) as copy,
    ):
        ids = sorted(known.versions())
        for first in range(0, len(ids), ARTICLES_AT_ONCE):
            articles = known.stored(ids[first : first + ARTICLES_AT_ONCE])
            counts = np.cumsum([len(one.passages) for one in articles])
            articles = articles[: int(np.searchsorted(counts, passages)) + 1]
            copy.apply(Change(put=articles))
            passages -= sum(len(one.passages) for one in articles)
            if passages <= 0:
                return


def measure(data: Path, model: Embedder) -> None:
    """Add some articles, one after the other."""
    articles = data / "added"
    articles.mkdir()
    store = open_store(data)
    say(f"{store.status().passages} passages are there")
    waited, worked = [], []
    for number in range(TURNS):
        wall, processor = time.perf_counter(), time.process_time()
        path, question = write_article(articles, number)
        with open_writer(data, model.key, model.dimension) as writer:
            report = sync_changed([path], [articles], writer, model, Importer())
        stored = time.perf_counter() - wall
        while not is_found(store, model, question, f"Zarnowek{number}"):
            pass
        found = time.perf_counter() - wall
        spent = time.process_time() - processor
        say(
            f"{report.embedded} passages stored after {stored:.2f} s, found after {found:.2f} s "
            f"({spent:.2f} s of the processor)"
        )
        waited.append(found)
        worked.append(spent)
    say(
        f"median: found after {np.median(waited):.2f} s, {np.median(worked):.2f} s of the processor"
    )
    store.close()


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Copy the index and measure."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("index", type=Path)
    arguments.add_argument("passages", type=int, nargs="*", default=[5_000, 50_000])
    arguments.add_argument("--cache", type=Path, required=True)
    arguments.add_argument("--folder", type=Path, help="where the copies go")
    given = arguments.parse_args()
    model = load_embedder("all-MiniLM-L6-v2", cache=given.cache, threads=2)
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        source = Path(name) / "source"
        shutil.copytree(given.index, source)
        for number in given.passages:
            data = Path(name) / f"data-{number}"
            copy_part(source, data, model, number)
            measure(data, model)
            shutil.rmtree(data)


if __name__ == "__main__":
    main()
