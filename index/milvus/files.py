"""Which files gave which articles, as Milvus has it: a row for each file.

Files are found by their path. By what they gave they are not: all are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from index.milvus import documents
from index.milvus.catalogue import documents_between
from index.milvus.connection import Connection, Row
from index.milvus.filters import among, both, portions
from index.milvus.log import Entry
from index.milvus.schema import ARTICLE, FILE
from index.store import Change, Origin

FILES_AT_ONCE = 1_000
NAMES_AT_ONCE = 200
_FILE = ("id", "name", "content")
_VERSION = ("name", "fingerprint")


def read_origins(
    connection: Connection, entry: Entry, below: Iterable[str] | None = None
) -> dict[str, Origin]:
    """The files by path: all, or those that are or lie below one of some paths."""
    rows = documents_between(connection, entry, 0, entry.versions, FILE, _FILE, FILES_AT_ONCE)
    if below is None:
        return {row["name"]: documents.origin_of(row) for row in rows}
    roots = tuple(path.rstrip("/") for path in below)
    folders = tuple(f"{root}/" for root in roots)
    return {
        row["name"]: documents.origin_of(row)
        for row in (rows if roots else ())
        if row["name"] in roots or row["name"].startswith(folders)
    }


def read_givers(
    connection: Connection, entry: Entry, article_ids: Iterable[str]
) -> dict[str, frozenset[str]]:
    """The paths of the files that gave these articles, by article."""
    wanted = frozenset(article_ids)
    givers: defaultdict[str, set[str]] = defaultdict(set)
    for path, origin in read_origins(connection, entry, None if wanted else ()).items():
        for article_id in wanted.intersection(origin.article_ids):
            givers[article_id].add(path)
    return {article_id: frozenset(paths) for article_id, paths in givers.items()}


def read_versions(
    connection: Connection, entry: Entry, article_ids: Iterable[str] | None = None
) -> dict[str, str]:
    """The fingerprints of all articles, or of these, by id."""
    rows: Iterable[Row]
    if article_ids is None:
        rows = documents_between(connection, entry, 0, entry.versions, ARTICLE, _VERSION)
    else:
        rows = _named(connection, entry, list(article_ids), ARTICLE, _VERSION)
    return {row["name"]: row["fingerprint"] for row in rows}


def with_files_begun(connection: Connection, entry: Entry, change: Change) -> Change:
    """The same change with the files that were begun as files to be read again."""
    if not change.begun:
        return change
    known = {
        row["name"]: documents.origin_of(row).article_ids
        for row in _named(connection, entry, list(change.begun), FILE, _FILE)
    }
    begun = [
        Origin(path, -1, -1, "", tuple(dict.fromkeys([*known.get(path, ()), *article_ids])))
        for path, article_ids in change.begun.items()
    ]
    return replace(change, origins=[*begun, *change.origins], begun={})


def _named(
    connection: Connection, entry: Entry, names: Sequence[str], kind: int, fields: Sequence[str]
) -> Iterator[Row]:
    """The visible documents of one kind with some names."""
    for part in portions(names, NAMES_AT_ONCE):
        where = both(among("name", part), f"kind == {kind}", entry.visible("id"))
        yield from connection.query(entry.names.documents, where, fields, entry.documents_since)
