"""Which engine of keyword search: FTS5 as it ranks by itself, this store's use of it, tantivy.

    pip install tantivy
    python -m tests.benchmarks.keyword_engines INDEX QUESTIONS.jsonl 50000 1000000

INDEX is a data folder with real passages. More passages than it holds are made of the first half
of one and the second half of another, so that the frequencies of words and their company stay
those of the language. The same questions are asked of each for the best fifty passages; times are
of the processor. `best ten` is the score of the ten best found, by full BM25, as a share of what
the best ten of all passages that hold one of the eight rarest terms score.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.embedded import keyword_index
from index.embedded.keyword_changes import KeywordChanges
from index.embedded.keyword_scan import TITLE_WEIGHT
from index.embedded.location import Location
from index.embedded.schema import create
from index.keywords import terms
from index.store import Filter

FOUND = 50
COMMON = ("What did the president say?", "the war", "government", "Who is he?")
COMPARED = 10
RAREST = 8
ROWS_AT_ONCE = 5_000

Search = Callable[[str], Sequence[int]]
Passage = tuple[int, str, str]


def passages(index: Path, number: int) -> Iterator[Passage]:
    """So many passages: id, terms of the title, terms of the text."""
    connection = sqlite3.connect(Location(index).current())
    rows = connection.execute("SELECT title, body FROM keywords").fetchall()
    choice = random.Random(1)
    for row in range(number):
        title, body = rows[row % len(rows)]
        if row >= len(rows):
            one, other = body.split(), choice.choice(rows)[1].split()
            body = " ".join(one[: len(one) // 2] + other[len(other) // 2 :])
        yield row + 1, title, body


def build_store(folder: Path, source: Iterator[Passage]) -> sqlite3.Connection:
    """The keyword tables of the store."""
    connection = sqlite3.connect(folder / "store.db", isolation_level=None)
    create(connection, "none", 1, 0)
    changes = KeywordChanges(connection)
    connection.execute("BEGIN")
    for row, title, body in source:
        changes.add(row, title, body)
        if row % ROWS_AT_ONCE == 0:
            changes.finish()
            connection.execute("COMMIT")
            connection.execute("BEGIN")
    changes.finish()
    connection.execute("COMMIT")
    return connection


def build_fts5(folder: Path, source: Iterator[Passage]) -> sqlite3.Connection:
    """An FTS5 table that ranks by itself."""
    connection = sqlite3.connect(folder / "fts5.db")
    connection.execute("CREATE VIRTUAL TABLE keywords USING fts5 (title, body)")
    connection.executemany("INSERT INTO keywords (rowid, title, body) VALUES (?, ?, ?)", source)
    connection.commit()
    return connection


def build_tantivy(folder: Path, source: Iterator[Passage]) -> Search:
    """A tantivy index of the same terms; ranks by all of them."""
    import tantivy

    engine: Any = tantivy
    builder = engine.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True, stored=True)
    for field in ("title", "body"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    folder.mkdir()
    index = engine.Index(schema, path=str(folder))
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for row, title, body in source:
        writer.add_document(engine.Document(id=row, title=title, body=body))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> Sequence[int]:
        clauses = []
        for term in dict.fromkeys(terms(question)):
            title = engine.Query.term_query(schema, "title", term)
            body = engine.Query.term_query(schema, "body", term)
            clauses.append((engine.Occur.Should, engine.Query.boost_query(title, TITLE_WEIGHT)))
            clauses.append((engine.Occur.Should, body))
        hits = searcher.search(engine.Query.boolean_query(clauses), FOUND, count=False).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    return search


def by_store(connection: sqlite3.Connection) -> Search:
    """As the store searches."""

    def search(question: str) -> Sequence[int]:
        visible = keyword_index.Visible(Filter())
        hits = keyword_index.search_keywords(connection, question, FOUND, visible)
        return [hit.passage_id for hit in hits]

    return search


def by_fts5(connection: sqlite3.Connection) -> Search:
    """As FTS5 ranks by itself."""

    def search(question: str) -> Sequence[int]:
        match = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms(question)))
        rows = connection.execute(
            f"SELECT rowid FROM keywords WHERE keywords MATCH ? "  # noqa: S608
            f"ORDER BY bm25(keywords, {TITLE_WEIGHT}, 1.0) LIMIT {FOUND}",
            (match,),
        )
        return [row[0] for row in rows]

    return search


def latency(search: Search, questions: Sequence[str]) -> str:
    """Median, 95th percentile and longest of the questions, in milliseconds of the processor."""
    spent = []
    for question in questions:
        started = time.process_time()
        search(question)
        spent.append(1000 * (time.process_time() - started))
    p50, p95, longest = np.percentile(spent, [50, 95, 100])
    return f"p50 {p50:6.1f} ms, p95 {p95:6.1f} ms, longest {longest:6.1f} ms"


def quality(connection: sqlite3.Connection, search: Search, questions: Sequence[str]) -> float:
    """The score of the ten best found against the best ten there are."""
    shares = []
    for question in questions:
        counts = keyword_index.counts_of(connection, list(dict.fromkeys(terms(question))))
        rarest = sorted(counts, key=counts.__getitem__)[:RAREST]
        match = " OR ".join(f'"{term}"' for term in rarest)
        rows = connection.execute("SELECT rowid FROM keywords WHERE keywords MATCH ?", (match,))
        best = _total(connection, question, [row[0] for row in rows])
        shares.append(_total(connection, question, search(question)) / best)
    return float(np.mean(shares))


def _total(connection: sqlite3.Connection, question: str, ids: Sequence[int]) -> float:
    hits = keyword_index.score_all(connection, question, ids, 10, Filter())
    return sum(hit.score for hit in hits)


def compare(index: Path, questions: Sequence[str], number: int) -> None:
    """All engines at one size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        searches: dict[str, Search] = {}
        for engine in ("store", "tantivy", "fts5"):
            started = time.process_time()
            source = passages(index, number)
            if engine == "tantivy":
                searches[engine] = build_tantivy(folder / "tantivy", source)
            elif engine == "store":
                connection = build_store(folder, source)
                searches[engine] = by_store(connection)
            else:
                searches[engine] = by_fts5(build_fts5(folder, source))
            say(number, engine, f"built in {time.process_time() - started:.0f} CPU s")
        for engine, search in searches.items():
            latency(search, questions[:5])
            say(number, engine, latency(search, questions))
        for engine in ("store", "tantivy"):
            share = quality(connection, searches[engine], questions[:COMPARED])
            say(number, engine, f"best ten {share:.3f}")


def say(number: int, engine: str, text: str) -> None:
    """One line of the report."""
    print(f"{number:>8}  {engine:<8} {text}", flush=True)  # noqa: T201


def main() -> None:
    """Compare at the sizes given."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("index", type=Path)
    arguments.add_argument("questions", type=Path)
    arguments.add_argument("sizes", type=int, nargs="*", default=[50_000])
    arguments.add_argument("--most", type=int, default=100, help="so many questions are asked")
    given = arguments.parse_args()
    lines = given.questions.read_text("utf-8").splitlines()[: given.most]
    questions = [str(json.loads(line)["question"]) for line in lines]
    for size in given.sizes:
        compare(given.index, [*questions, *COMMON], size)


if __name__ == "__main__":
    main()
