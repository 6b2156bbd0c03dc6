"""What the choice of quotes costs and spares, on open questions with known answers.

    python -m tests.benchmarks.distinct_answers DATA/squad --index INDEX --articles a13 a8

Each question is asked of its own article, `--articles` being those that no weights were learned
from. For every value of a threshold, the others staying as they are: the share of questions whose
answer stands in the first three quotes, and the share of answers in which two quotes hold the
same accepted answer, which are places that something else could have had.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from index.embedding.loading import load_embedder
from index.opening import open_store
from index.store import StoreReader
from retrieval.answer import Question
from retrieval.answerer import Ranked, Stopwatch
from retrieval.assembling import assemble
from retrieval.evaluation.data_set import KnownQuestion, read_data_set
from retrieval.evaluation.matching import holds_answer
from retrieval.progress import Unwatched
from retrieval.reading.readers import load_reader
from retrieval.selection import choosing, distinct

UNHURRIED_MS = 1e9
QUOTES = 3
TRIED = {
    (distinct, "SAME_WORDING"): (0.6, 0.7, 0.8, 0.9, 1.1),
    (distinct, "SAME_MEANING"): (0.85, 0.9, 0.95, 1.1),
    (choosing, "LEAST_PROBABILITY"): (0.0, 0.002, 0.005, 0.01, 0.02),
}

Case = tuple[KnownQuestion, Ranked]


def ranked_cases(store: StoreReader, given: argparse.Namespace) -> list[Case]:
    """The questions that the articles answer, with everything found for them."""
    answerer = assemble(
        store,
        load_embedder("all-MiniLM-L6-v2", cache=given.index / "models"),
        threshold=0.0,
        reader=load_reader(given.reader, 2),
        budget_ms=UNHURRIED_MS,
    )
    cases: list[Case] = []
    for known in read_data_set(given.set).questions:
        ours = any(one.endswith(tuple(given.articles)) for one in known.article_ids)
        if known.answerable and ours and len(cases) < given.limit:
            question = Question(known.text, known.asked, article_ids=known.article_ids)
            cases.append((known, answerer.rank(question, Stopwatch(), Unwatched())))
    return [case for case in cases if case[1].sentences]


def measure(store: StoreReader, cases: Sequence[Case]) -> tuple[float, float, float]:
    """Answer in the first three quotes, accepted answers shown twice, quotes shown."""
    found, twice, shown = [], [], []
    for known, ranked in cases:
        quotes = choosing.select(store, ranked.asked, ranked.sentences, QUOTES).quotes
        right = [holds_answer(quote.text, known.answers) for quote in quotes]
        found.append(any(right))
        twice.append(sum(right) > 1)
        shown.append(len(quotes))
    return float(np.mean(found)), float(np.mean(twice)), float(np.mean(shown))


def main() -> None:
    """Measure every threshold by itself."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("set", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--articles", nargs="+", default=["a13", "a8"])
    parser.add_argument("--reader", default="packaged")
    parser.add_argument("--limit", type=int, default=10_000)
    given = parser.parse_args()
    store = open_store(given.index)
    cases = ranked_cases(store, given)
    held = [
        any(holds_answer(one.text, known.answers) for one in ranked.sentences[:QUOTES])
        for known, ranked in cases
    ]
    table = Table("threshold", "value", "answer in three", "shown twice", "quotes")
    table.add_row("three best sentences, unchosen", "", f"{np.mean(held):.4f}", "", "")
    for (module, name), values in TRIED.items():
        packaged = getattr(module, name)
        for value in values:
            setattr(module, name, value)
            row = [f"{share:.4f}" for share in measure(store, cases)]
            table.add_row(name, f"{value}{' *' if value == packaged else ''}", *row)
        setattr(module, name, packaged)
    Console().print(table)


if __name__ == "__main__":
    main()
