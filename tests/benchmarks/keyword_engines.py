"""SQLite's FTS5 against tantivy as the engine of keyword search.

    pip install tantivy
    python -m tests.benchmarks.keyword_engines 50000 1000000

Both index the same made-up passages and answer the same questions of eight words, for the best
fifty passages. FTS5 is measured scoring all terms, as it does by itself; what the store makes of
it is measured by `large_store`.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.large_store import WORDS_EACH, Language, latency

QUESTIONS = 100
Search = Callable[[Sequence[str]], object]


def build_fts5(number: int, folder: Path) -> Search:
    """An FTS5 table of its own."""
    connection = sqlite3.connect(folder / "keywords.db")
    connection.execute("CREATE VIRTUAL TABLE keywords USING fts5 (body)")
    language = Language()
    rows = ((language.words(WORDS_EACH),) for _ in range(number))
    connection.executemany("INSERT INTO keywords VALUES (?)", rows)
    connection.commit()

    def search(words: Sequence[str]) -> object:
        match = " OR ".join(f'"{word}"' for word in words)
        return connection.execute(
            "SELECT rowid, rank FROM keywords WHERE keywords MATCH ? ORDER BY rank LIMIT 50",
            (match,),
        ).fetchall()

    return search


def build_tantivy(number: int, folder: Path) -> Search:
    """A tantivy index with the same words."""
    import tantivy

    engine: Any = tantivy
    builder = engine.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_text_field("body", tokenizer_name="whitespace")
    schema = builder.build()
    index = engine.Index(schema, path=str(folder))
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    language = Language()
    for row in range(number):
        writer.add_document(engine.Document(id=row, body=language.words(WORDS_EACH)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(words: Sequence[str]) -> object:
        terms = [
            (engine.Occur.Should, engine.Query.term_query(schema, "body", word)) for word in words
        ]
        return searcher.search(engine.Query.boolean_query(terms), 50).hits

    return search


def compare(number: int) -> None:
    """Both engines at one size."""
    language = Language(2)
    questions = [list(dict.fromkeys(language.words(8).split())) for _ in range(QUESTIONS)]
    for name, build in (("fts5", build_fts5), ("tantivy", build_tantivy)):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            search = build(number, Path(folder))
            built = time.perf_counter() - started
            disk = np.sum([path.stat().st_size for path in Path(folder).rglob("*")]) / 1e6
            spent = latency(lambda n, ask=search: ask(questions[n]), QUESTIONS)  # type: ignore[misc]
            line = f"{number:>8}  {name:<8} built {built:6.1f} s, {disk:.0f} MB; {spent}"
            print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    for size in map(int, sys.argv[1:] or ["50000"]):
        compare(size)
