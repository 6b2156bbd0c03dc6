"""Keywords: what is stored for Milvus's BM25, and how it is asked.

The terms are those of `index.keywords`, as in the embedded store. Milvus's analyzer only has to
split them again, so a point inside a number becomes a low line, which it leaves alone. Its BM25
knows no field that counts less, so it proposes passages, and the best are scored with the title
at its weight, as the embedded store does. A server without BM25 still keeps the terms, because
retrieval weighs words by how rare they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from index.embedded.keyword_scan import bm25
from index.embedded.keyword_tiers import inverse_frequency
from index.keywords import terms
from index.milvus.connection import Connection, Row
from index.milvus.filters import both, passing, quoted
from index.milvus.log import Entry
from index.milvus.schema import LONGEST, MOST_TERMS
from index.store import Filter, Hit

MOST_QUERY_TERMS = 256
CANDIDATES = 200
"""So many passages, the best by Milvus, are scored with the title at its weight."""

CONCURRENT_COUNTS = 4
REMEMBERED_COUNTS = 20_000

LITTLE_CHANGED = 0.01
"""Where counting means looking at every passage, counts stay while no larger share changed."""


def keyword_fields(title: str, body: str, *, keywords: bool) -> Row:
    """What a passage's row holds of its words: those of the title come first."""
    title_terms, body_terms = _encoded(title), _encoded(body)
    lengths = {
        "title_length": len(title_terms),
        "length": len(title_terms) + len(body_terms),
    }
    words = [*title_terms, *body_terms]
    if not keywords:
        return {**lengths, "terms": list(dict.fromkeys(words))[:MOST_TERMS]}
    return {**lengths, "words": _shortened(words)}


def search_keywords(
    connection: Connection, shares: TermShares, query: str, k: int, where: Filter
) -> list[Hit]:
    """The `k` best passages by BM25, best first; none where the index has no keywords."""
    entry = shares.entry
    wanted = list(dict.fromkeys(terms(query)))[:MOST_QUERY_TERMS]
    if not entry.keywords or not wanted or k <= 0:
        return []
    proposed = connection.search(
        entry.names.passages,
        "keywords",
        " ".join(map(_encode, wanted)),
        max(2 * k, CANDIDATES),
        both(entry.visible(), *passing(where, by_month=entry.partitions == "month")),
        {"metric_type": "BM25"},
        entry.passages_since,
        ("words", "title_length"),
    )
    if not proposed:
        return []
    weights = {
        _encode(term): inverse_frequency(share)
        for term, share in zip(wanted, shares.of(wanted), strict=True)
        if share
    }
    mean = entry.terms / max(entry.passages, 1)
    hits = []
    for row in proposed:
        words, title_length = row["words"].split(), int(row["title_length"])
        score = bm25(words[:title_length], words[title_length:], weights, mean)
        hits.append(Hit(int(row["id"]), score))
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))[:k]


class TermShares:
    """In what share of the passages terms are, remembered for one state of the store."""

    def __init__(self, connection: Connection, entry: Entry, pool: ThreadPoolExecutor) -> None:
        self.entry = entry
        self._connection = connection
        self._pool = pool
        self._counted = entry.passages
        self._count: Callable[[str], int] = lru_cache(REMEMBERED_COUNTS)(self._ask)

    def following(self, entry: Entry) -> TermShares:
        """The shares of a later state. Without an index of words, slow counts are kept a while."""
        later = TermShares(self._connection, entry, self._pool)
        same = not entry.keywords and entry.index == self.entry.index
        if same and abs(entry.passages - self._counted) <= LITTLE_CHANGED * self._counted:
            later._count, later._counted = self._count, self._counted
        return later

    def of(self, wanted: Sequence[str]) -> list[float]:
        """The share (0 to 1) of each term."""
        number = max(self._counted, 1)
        return [min(1.0, count / number) for count in self._pool.map(self._count, wanted)]

    def _ask(self, term: str) -> int:
        encoded = quoted(_encode(term))
        test = (
            f"TEXT_MATCH(words, {encoded})"
            if self.entry.keywords
            else f"array_contains(terms, {encoded})"
        )
        return self._connection.count(
            self.entry.names.passages,
            both(self.entry.visible(), test),
            self.entry.passages_since,
        )


def _encoded(text: str) -> list[str]:
    return [_encode(term) for term in terms(text)]


def _encode(term: str) -> str:
    return term.replace(".", "_")


def _shortened(words: Sequence[str]) -> str:
    """As many words as a VARCHAR holds; only a passage of many pages has more."""
    joined = " ".join(words)
    encoded = joined.encode("utf-8")
    if len(encoded) <= LONGEST:
        return joined
    return encoded[:LONGEST].decode("utf-8", "ignore").rpartition(" ")[0]
