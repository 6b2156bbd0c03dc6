"""Reading articles back as they were put, with their vectors: for a copy of the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from index.milvus import documents, passages
from index.milvus.catalogue import rows_of
from index.milvus.connection import Connection, Row
from index.milvus.filters import among, both, portions
from index.milvus.log import Entry
from index.milvus.schema import ARTICLE
from index.store import Indexed

NAMES_AT_ONCE = 100
PASSAGES_AT_ONCE = 2_000


def read_indexed(connection: Connection, entry: Entry, article_ids: Sequence[str]) -> list[Indexed]:
    """Articles in the order asked for; those that are not there are left out."""
    counts: dict[int, int] = {}
    for part in portions(article_ids, NAMES_AT_ONCE):
        where = both(among("name", part), f"kind == {ARTICLE}", entry.visible("id"))
        for row in connection.query(
            entry.names.documents, where, ["id", "passages"], entry.documents_since
        ):
            counts[int(row["id"])] = int(row["passages"])
    parts = _passages(connection, entry, counts)
    found = {}
    fields = [*documents.WHOLE, "signature"]
    for row in rows_of(connection, entry, list(counts), fields, at_once=50):
        document = documents.document_of(row)
        found[document.article.id] = _indexed(
            row, document, parts[document.version], entry.dimension
        )
    return [found[one] for one in article_ids if one in found]


def _passages(connection: Connection, entry: Entry, counts: dict[int, int]) -> dict[int, list[Row]]:
    """The rows of all passages of some documents, in order, by document."""
    found: defaultdict[int, dict[int, Row]] = defaultdict(dict)
    for test in _tests(counts):
        for row in connection.query(
            entry.names.passages,
            test,
            [*passages.STORED, *passages.VECTORS],
            entry.passages_since,
        ):
            found[passages.version_of(int(row["id"]))][int(row["id"])] = row
    return {version: [rows[one] for one in sorted(rows)] for version, rows in found.items()} | {
        version: [] for version in counts if version not in found
    }


def _tests(counts: dict[int, int]) -> Iterator[str]:
    """Tests that together give all passages of some documents, each so many that they are given."""
    for group in _groups(counts):
        if len(group) == 1:
            yield from passages.ranges(group[0], counts[group[0]])
        else:
            yield among("version", group)


def _groups(counts: dict[int, int]) -> list[list[int]]:
    groups: list[list[int]] = [[]]
    size = 0
    for version, number in counts.items():
        if groups[-1] and size + number > PASSAGES_AT_ONCE:
            groups.append([])
            size = 0
        groups[-1].append(version)
        size += number
    return [group for group in groups if group]


def _indexed(
    row: Row, document: documents.Document, parts: Sequence[Row], dimension: int
) -> Indexed:
    return Indexed(
        article=document.article,
        passages=tuple(map(passages.passage_of, parts)),
        vectors=tuple(passages.vectors_of(part, dimension) for part in parts),
        keys=tuple(part["key"] for part in parts),
        signature=documents.signature_of(row),
    )
