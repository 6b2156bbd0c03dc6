"""The rows of a change, and sending them in batches that the server takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.milvus import documents, passages
from index.milvus.connection import Connection, Row
from index.milvus.log import NOWHERE, Entry
from index.milvus.names import Names
from index.store import Change

ROWS_IN_A_BATCH = 512
CHARACTERS_IN_A_BATCH = 4_000_000


@dataclass(slots=True)
class Rows:
    """New rows. Documents get numbers in the order in which they come."""

    next_version: int
    documents: list[Row] = field(default_factory=list)
    passages: list[Row] = field(default_factory=list)
    articles: int = 0

    @property
    def terms(self) -> int:
        """The length of all passages together."""
        return sum(int(row["length"]) for row in self.passages)

    def take_version(self) -> int:
        """The number of the next document."""
        self.next_version += 1
        return self.next_version - 1

    def add_again(self, document: Row, parts: Sequence[Row], story: str) -> None:
        """A stored article as a new version of itself, in another story."""
        version = self.take_version()
        self.documents.append({**document, "id": version, "story": story, "place": NOWHERE})
        first = passages.first_passage(version)
        before = passages.first_passage(int(document["id"]))
        for part in passages.by_id(parts).values():
            moved = int(part["id"]) - before + first
            self.passages.append({**part, "id": moved, "version": version})
        self.articles += 1


def rows_of_change(change: Change, stories: Sequence[str], entry: Entry) -> Rows:
    """All rows that a change brings."""
    rows = Rows(entry.versions)
    latest = {put.article.id: number for number, put in enumerate(change.put)}
    for number, (put, story) in enumerate(zip(change.put, stories, strict=True)):
        if latest[put.article.id] != number:
            continue
        version = rows.take_version()
        parts = passages.passage_rows(put, version, keywords=entry.keywords)
        terms = sum(part["length"] for part in parts)
        rows.documents.append(documents.article_row(put, version, story, terms))
        rows.passages += parts
        rows.articles += 1
    for origin in {origin.path: origin for origin in change.origins}.values():
        rows.documents.append(documents.file_row(origin, rows.take_version()))
    return rows


def load(connection: Connection, names: Names, rows: Rows) -> tuple[int | None, int | None]:
    """Send rows; the time stamps from which documents and passages can be seen."""
    stamps: list[int | None] = []
    for collection, part in ((names.documents, rows.documents), (names.passages, rows.passages)):
        stamp = None
        for batch in _batches(part):
            stamp = connection.insert(collection, batch)
        stamps.append(stamp)
    return stamps[0], stamps[1]


def _batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    size = 0
    for row in rows:
        length = sum(_length(value) for value in row.values())
        if batch and (len(batch) >= ROWS_IN_A_BATCH or size + length > CHARACTERS_IN_A_BATCH):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += length
    if batch:
        yield batch


def _length(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list):
        return sum(len(one) if isinstance(one, str) else 8 for one in value)
    return 4 * getattr(value, "size", 2)
