"""What a change takes out, and what it has to put again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from index.milvus import documents, passages
from index.milvus.catalogue import rows_of
from index.milvus.connection import Connection, Row
from index.milvus.filters import among, both, portions
from index.milvus.loading import Rows
from index.milvus.log import Entry
from index.milvus.schema import ARTICLE, FILE
from index.milvus.stories import told_otherwise
from index.store import Change

NAMES_AT_ONCE = 200
_FIELDS = ("id", "kind", "passages", "terms")


@dataclass(frozen=True, slots=True)
class Leaving:
    """What goes with a document: an article or none, its passages and their terms."""

    articles: int
    passages: int
    terms: int


def leaving_documents(connection: Connection, entry: Entry, change: Change) -> dict[int, Leaving]:
    """The documents that a change replaces or removes, by number."""
    names = {
        ARTICLE: [*change.remove, *(put.article.id for put in change.put)],
        FILE: [*change.forget, *(origin.path for origin in change.origins)],
    }
    found: dict[int, Leaving] = {}
    for kind, wanted in names.items():
        for part in portions(list(dict.fromkeys(wanted)), NAMES_AT_ONCE):
            where = both(among("name", part), f"kind == {kind}", entry.visible("id"))
            for row in connection.query(
                entry.names.documents, where, _FIELDS, entry.documents_since
            ):
                found[int(row["id"])] = _leaving(row)
    return found


def put_again(
    connection: Connection,
    entry: Entry,
    joined: Mapping[str, str],
    leaving: Collection[int],
    rows: Rows,
) -> dict[int, Leaving]:
    """Add to `rows` the stored articles whose story became another, as new versions.

    The versions that these replace.
    """
    if not joined:
        return {}
    found = connection.query(
        entry.names.documents, told_otherwise(entry, joined), ["id"], entry.documents_since
    )
    versions = [int(row["id"]) for row in found if int(row["id"]) not in leaving]
    words = "words" if entry.keywords else "terms"
    replaced: dict[int, Leaving] = {}
    for document in rows_of(connection, entry, versions, documents.EVERYTHING, at_once=50):
        version = int(document["id"])
        parts = [
            row
            for part in passages.ranges(version, int(document["passages"]))
            for row in connection.query(
                entry.names.passages,
                part,
                [*passages.EVERYTHING, words],
                entry.passages_since,
            )
        ]
        story = str(document["story"])
        while story in joined:
            story = joined[story]
        rows.add_again(document, parts, story)
        replaced[version] = _leaving(document)
    return replaced


def _leaving(row: Row) -> Leaving:
    return Leaving(int(row["kind"] == ARTICLE), int(row["passages"]), int(row["terms"]))
