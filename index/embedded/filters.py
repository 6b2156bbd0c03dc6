"""Filters: as a condition of SQL, and as the set of articles that a vector search may see."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.store import Filter


@dataclass(frozen=True, slots=True)
class Allowed:
    """The articles that pass a filter, as a table indexed by article number."""

    table: NDArray[np.bool_]

    def of(self, articles: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of some article numbers pass. Numbers beyond the table do not."""
        if not len(self.table):
            return np.zeros(len(articles), np.bool_)
        inside = np.minimum(articles, len(self.table) - 1)
        passing: NDArray[np.bool_] = self.table[inside] & (articles < len(self.table))
        return passing


def condition(where: Filter) -> tuple[str, list[str]]:
    """An SQL condition on `articles` and its parameters; always true for an open filter."""
    tests: list[str] = []
    values: list[str] = []
    if where.since is not None:
        tests.append("articles.published >= ?")
        values.append(where.since.isoformat())
    if where.until is not None:
        tests.append("articles.published <= ?")
        values.append(where.until.isoformat())
    sets = (
        ("articles.source_folded", {source.casefold() for source in where.sources}),
        ("articles.language", where.languages),
        ("articles.id", where.article_ids),
    )
    for column, wanted in sets:
        if wanted:
            marks = ", ".join("?" * len(wanted))
            tests.append(f"{column} IN ({marks})")
            values.extend(sorted(wanted))
    return " AND ".join(tests) or "1", values


def allowed_articles(connection: sqlite3.Connection, where: Filter) -> Allowed:
    """Look up the articles that pass."""
    test, values = condition(where)
    rows = connection.execute(f"SELECT number FROM articles WHERE {test}", values)  # noqa: S608
    numbers = np.fromiter((row[0] for row in rows), np.int64)
    table = np.zeros(int(numbers.max(initial=-1)) + 1, np.bool_)
    table[numbers] = True
    return Allowed(table)
