"""Filters: as a condition of SQL, and as what a search in memory may see."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.store import Filter

FEW_ARTICLES = 100
"""So few articles are told by the ids of their passages: no table of all articles is needed."""

FILTERS_KEPT = 16

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FewPassages:
    """The passages that pass, by id in ascending order."""

    ids: Rows

    def passing(self, ids: Rows) -> Mask:
        """Which of some passage ids pass."""
        result: Mask = np.isin(ids, self.ids)
        return result


@dataclass(frozen=True, slots=True)
class ManyArticles:
    """The articles that pass, as a table indexed by article number.

    What it leaves of a segment is worked out once: `masks` has it by the segment's column of
    articles, which is kept beside it so that its identity stays its own.
    """

    table: Mask
    masks: dict[int, tuple[Rows, Mask]] = field(default_factory=dict)

    def of(self, articles: Rows) -> Mask:
        """Which of some article numbers pass. Numbers beyond the table do not."""
        if not len(self.table):
            return np.zeros(len(articles), np.bool_)
        inside = np.minimum(articles, len(self.table) - 1)
        passing: Mask = self.table[inside] & (articles >= 0) & (articles < len(self.table))
        return passing

    def mask_of(self, articles: Rows) -> Mask:
        """The same for a segment's column, remembered."""
        known = self.masks.get(id(articles))
        if known is not None and known[0] is articles:
            return known[1]
        mask = self.of(articles)
        self.masks[id(articles)] = (articles, mask)
        return mask


Allowed = FewPassages | ManyArticles


def condition(where: Filter) -> tuple[str, list[str]]:
    """An SQL condition on `articles` and its parameters; always true for an open filter."""
    tests, values = [], []
    for test, parameters in _dimensions(where):
        tests.append(test)
        values.extend(parameters)
    return " AND ".join(tests) or "1", values


def _dimensions(where: Filter) -> Iterator[tuple[str, list[str]]]:
    """One condition for each thing that a filter looks at; there is an index for each."""
    if where.since is not None or where.until is not None:
        bounds = [
            ("articles.published >= ?", where.since),
            ("articles.published <= ?", where.until),
        ]
        given = [(test, day) for test, day in bounds if day is not None]
        yield " AND ".join(test for test, _ in given), [day.isoformat() for _, day in given]
    sets = (
        ("articles.source_folded", {source.casefold() for source in where.sources}),
        ("articles.language", where.languages),
        ("articles.id", where.article_ids),
    )
    for column, wanted in sets:
        if wanted:
            marks = ", ".join("?" * len(wanted))
            yield f"{column} IN ({marks})", sorted(wanted)


class Filters:
    """What filters leave of one database, remembered while its generation stays the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._generation = -1
        self._known: OrderedDict[Filter, Allowed] = OrderedDict()

    def allowed(self, connection: sqlite3.Connection, generation: int, where: Filter) -> Allowed:
        """What a filter leaves as of the connection's transaction, which is of `generation`."""
        with self._lock:
            if self._generation != generation:
                self._known.clear()
                self._generation = generation
            if where in self._known:
                self._known.move_to_end(where)
                return self._known[where]
        allowed = allowed_by(connection, where)
        with self._lock:
            if self._generation == generation:
                self._known[where] = allowed
                while len(self._known) > FILTERS_KEPT:
                    self._known.popitem(last=False)
        return allowed


def allowed_by(connection: sqlite3.Connection, where: Filter) -> Allowed:
    """Look up what passes. Each condition is answered by an index alone, without the articles."""
    numbers: Rows | None = None
    for test, values in _dimensions(where):
        rows = connection.execute(f"SELECT number FROM articles WHERE {test}", values)  # noqa: S608
        found: Rows = np.fromiter((row[0] for row in rows), np.int64)
        numbers = found if numbers is None else np.intersect1d(numbers, found)
    if numbers is None:
        numbers = np.empty(0, np.int64)
    if len(numbers) <= FEW_ARTICLES:
        return FewPassages(_passages_of(connection, numbers))
    table = np.zeros(int(numbers.max()) + 1, np.bool_)
    table[numbers] = True
    return ManyArticles(table)


def _passages_of(connection: sqlite3.Connection, articles: Rows) -> Rows:
    marks = ", ".join("?" * len(articles))
    rows = connection.execute(
        f"SELECT id FROM passages WHERE article IN ({marks}) ORDER BY id",  # noqa: S608
        articles.tolist(),
    )
    return np.fromiter((row[0] for row in rows), np.int64)
