"""Deleting: hidden rows, what a broken-off change left, and indexes that were replaced."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from corpus.errors import StoreUnavailable
from index.milvus.connection import Connection
from index.milvus.filters import among
from index.milvus.log import Entry
from index.milvus.names import Names, index_of

VERSIONS_AT_ONCE = 200
NUMBERS_AT_ONCE = 10_000


def delete_versions(connection: Connection, names: Names, versions: Sequence[int]) -> None:
    """Delete documents and their passages."""
    for first in range(0, len(versions), VERSIONS_AT_ONCE):
        part = versions[first : first + VERSIONS_AT_ONCE]
        connection.delete(names.passages, among("version", part))
        connection.delete(names.documents, among("id", part))


def require_deleted(
    connection: Connection, names: Names, versions: Sequence[int], since: int | None
) -> None:
    """Raise StoreUnavailable where documents are there after `since`, a time after deletion."""
    for first in range(0, len(versions), VERSIONS_AT_ONCE):
        part = versions[first : first + VERSIONS_AT_ONCE]
        left = connection.count(names.passages, among("version", part), since)
        left += connection.count(names.documents, among("id", part), since)
        if left:
            raise StoreUnavailable(
                f"Milvus at {connection.settings.uri} took a deletion, but {left} rows are still "
                "there; run onrecord index again"
            )


def last_leftover(connection: Connection, entry: Entry) -> int:
    """The highest number that a writer gave which ended in the middle of a change; or -1."""
    last, start = -1, entry.versions
    # A writer gives numbers one after the other, so that there is none after an empty range.
    while rows := connection.query(
        entry.names.documents, f"id >= {start} and id < {start + NUMBERS_AT_ONCE}", ["id"]
    ):
        last = max(int(row["id"]) for row in rows)
        start += NUMBERS_AT_ONCE
    return last


def drop_indexes(connection: Connection, keep: Collection[int]) -> None:
    """Drop all indexes but some, by number."""
    for collection in connection.collections():
        number = index_of(collection)
        if number is not None and number not in keep:
            connection.drop(collection)
