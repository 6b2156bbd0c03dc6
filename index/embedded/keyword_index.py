"""Keyword search by BM25 over SQLite's FTS5.

What is indexed are the terms of `index.keywords`, joined by spaces, so that FTS5 itself only
splits at spaces. It lies in the same file and transaction as the passages, so the two cannot
disagree.

FTS5's own ranking scores every passage that holds any term of a query, 91 ms for a question in
50,000 passages. Here its lists only propose passages (`keyword_tiers`), and the best of these are
scored by all terms, which takes 2 ms of the processor for the best fifty. Tantivy, which ranks
exactly, takes 1 ms, 19 in a million passages, and would be a second store to keep in line
(`tests/benchmarks/keyword_engines.py`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedded.keyword_changes import PASSAGES, TERMS
from index.embedded.keyword_scan import Statistics, score_passages
from index.embedded.keyword_tiers import TIERS, plan, token
from index.embedded.posting_lists import read_list
from index.embedded.rows import rows_among
from index.keywords import terms
from index.store import Filter, Hit

POSTINGS_TO_READ = 20_000
"""So many entries of lists are read for a query, about 4 ms."""

CANDIDATES = 100
SCORED_FOR_EACH = 4
"""So many passages for each that is wanted, the best by the lists, and no fewer than `CANDIDATES`
are scored by all terms of the query: 99.7 % of the ten that are best by all of 47,000 passages, and
97.5 % of the fifty, are among them then. Scoring is half of the time of a search."""

SPARSE = 10
"""Up to so many passages for each entry of the lists, a sum for each is faster than sorting."""

GROWTH = 8
"""The budget grows by this where a filter leaves too few."""

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Visible:
    """What a filter leaves: `passing` tells which passage ids do. `where` is the filter itself."""

    where: Filter
    passing: Callable[[Rows], Mask] | None = None


ListReader = Callable[[sqlite3.Connection, str, int], Rows]


def search_keywords(
    connection: sqlite3.Connection,
    query: str,
    k: int,
    visible: Visible,
    read: ListReader = read_list,
) -> list[Hit]:
    """The `k` best passages by BM25, best first. `read` may remember the lists."""
    distinct = list(dict.fromkeys(terms(query)))
    counts = counts_of(connection, [token(term, tier) for term in distinct for tier in TIERS])
    wanted = [term for term in distinct if term in counts]
    if not wanted or k <= 0:
        return []
    statistics = _statistics(connection, counts, wanted)
    budget = POSTINGS_TO_READ
    while True:
        chosen = plan(wanted, counts, statistics.shares, budget)
        lists = [(read(connection, one.token, budget), one.weight) for one in chosen.lists]
        ids = _proposed(lists, max(SCORED_FOR_EACH * k, CANDIDATES), visible)
        hits = score_passages(connection, statistics, ids, k, visible.where)
        if len(hits) == k or chosen.complete:
            return hits
        budget *= GROWTH


def score_all(
    connection: sqlite3.Connection, query: str, ids: Sequence[int], k: int, where: Filter
) -> list[Hit]:
    """The same over the few passages `ids` alone."""
    distinct = list(dict.fromkeys(terms(query)))
    counts = counts_of(connection, distinct)
    statistics = _statistics(connection, counts, list(counts))
    return score_passages(connection, statistics, ids, k, where)


def term_shares(connection: sqlite3.Connection, wanted: Sequence[str]) -> list[float]:
    """The share of passages (0 to 1) that hold each term."""
    counts = counts_of(connection, wanted)
    shares = _statistics(connection, counts, list(counts)).shares
    return [shares.get(term, 0.0) for term in wanted]


def number_of_passages(connection: sqlite3.Connection) -> int:
    """As it is kept beside the keywords: counting the rows takes long in a large index."""
    row = connection.execute("SELECT value FROM totals WHERE name = ?", (PASSAGES,)).fetchone()
    return 0 if row is None else int(row[0])


def _proposed(lists: Sequence[tuple[Rows, float]], number: int, visible: Visible) -> list[int]:
    """The passages that promise most by the lists that they are in."""
    distinct, estimates = _estimated(lists)
    if visible.passing is not None:
        passing = visible.passing(distinct)
        distinct, estimates = distinct[passing], estimates[passing]
    return [int(passage) for passage in distinct[_best(estimates, number)]]


def _estimated(lists: Sequence[tuple[Rows, float]]) -> tuple[Rows, NDArray[np.float64]]:
    """The passages in ascending order, and the sum of the weights of the lists of each."""
    entries = sum(len(ids) for ids, _ in lists)
    newest = max((int(ids[0]) for ids, _ in lists if len(ids)), default=0)  # newest first
    if newest <= SPARSE * entries:
        sums = np.zeros(newest + 1)
        for ids, weight in lists:
            sums[ids] += weight
        distinct: Rows = np.flatnonzero(sums)
        return distinct, sums[distinct]
    weights = np.concatenate([np.full(len(ids), weight) for ids, weight in lists])
    distinct, places = np.unique(np.concatenate([ids for ids, _ in lists]), return_inverse=True)
    return distinct, np.bincount(places, weights, len(distinct)).astype(np.float64)


def _best(estimates: NDArray[np.float64], number: int) -> Rows:
    """The places of the highest estimates, best first; of equal ones the first."""
    if number >= len(estimates):
        return np.argsort(-estimates, kind="stable")
    # Only what may be among the best is sorted: of twenty thousand a few hundred.
    least = np.partition(estimates, len(estimates) - number)[len(estimates) - number]
    places = np.flatnonzero(estimates >= least)
    result: Rows = places[np.argsort(-estimates[places], kind="stable")[:number]]
    return result


def counts_of(connection: sqlite3.Connection, wanted: Sequence[str]) -> dict[str, int]:
    """The lengths of lists; those that are empty are left out."""
    statement = "SELECT term, passages FROM terms WHERE term IN"
    return {term: int(number) for term, number in rows_among(connection, statement, wanted)}


def _statistics(
    connection: sqlite3.Connection, counts: Mapping[str, int], wanted: Sequence[str]
) -> Statistics:
    totals = dict(connection.execute("SELECT name, value FROM totals").fetchall())
    passages = max(int(totals.get(PASSAGES, 0)), 1)
    shares = {term: min(1.0, counts[term] / passages) for term in wanted}
    return Statistics(shares, int(totals.get(TERMS, 0)) / passages)
