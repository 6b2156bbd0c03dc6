"""Verifying what is stored on Milvus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from corpus.article import Article, Passage, content_hash
from index.faults import MOST_FAULTS, Counts, Fault
from index.fingerprints import fingerprint
from index.milvus import documents, passages
from index.milvus.catalogue import documents_between
from index.milvus.connection import Connection, Row
from index.milvus.documents import Document
from index.milvus.filters import both
from index.milvus.log import Entry
from index.milvus.reader import degraded, first_entry
from index.milvus.schema import ARTICLE
from index.milvus.settings import MilvusSettings

DOCUMENTS_AT_ONCE = 50
MOST_FAULTS_IN_ALL = 4 * MOST_FAULTS


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, what is wrong, and what works less well by nature."""

    counts: Counts
    faults: tuple[Fault, ...]
    degraded: str | None


def check_milvus(settings: MilvusSettings) -> Checked:
    """All checks of the state that readers see. Raises StoreError where it cannot be read."""
    connection = Connection(settings)
    try:
        entry = first_entry(connection)
        faults = []
        for fault in _faults(connection, entry):
            faults.append(fault)
            if len(faults) == MOST_FAULTS_IN_ALL:
                break
        counts = Counts(entry.articles, entry.passages, entry.generation)
        return Checked(counts, tuple(faults), degraded(connection, entry))
    finally:
        connection.close()


def _faults(connection: Connection, entry: Entry) -> Iterator[Fault]:
    yield from _totals(connection, entry)
    fields = (*documents.WHOLE, "fingerprint")
    seen: set[str] = set()
    for row in documents_between(
        connection, entry, 0, entry.versions, ARTICLE, fields, DOCUMENTS_AT_ONCE
    ):
        document = documents.document_of(row)
        name = document.article.id
        if name in seen:
            yield Fault("row", f"article {name} is stored twice")
        seen.add(name)
        yield from _article_faults(document.article, row)
        yield from _passage_faults(connection, entry, document)


def _totals(connection: Connection, entry: Entry) -> Iterator[Fault]:
    """As many rows as the log says."""
    names = entry.names
    visible = both(f"kind == {ARTICLE}", entry.visible("id"))
    articles = connection.count(names.documents, visible, entry.documents_since)
    if articles != entry.articles:
        yield Fault("count", f"{articles} articles are stored, the log says {entry.articles}")
    number = connection.count(names.passages, entry.visible(), entry.passages_since)
    if number != entry.passages:
        yield Fault("count", f"{number} passages are stored, the log says {entry.passages}")


def _article_faults(article: Article, row: Row) -> Iterator[Fault]:
    if content_hash(article.title, article.text) != article.content_hash:
        yield Fault("text", f"article {article.id} is not what its hash is of")
    if fingerprint(article) != row["fingerprint"]:
        yield Fault("text", f"article {article.id} is not what its fingerprint is of")


def _passage_faults(connection: Connection, entry: Entry, document: Document) -> Iterator[Fault]:
    """Passages tile their article; vectors have length one and a row for each sentence."""
    rows = passages.by_id(
        [
            row
            for part in passages.ranges(document.version, document.passages)
            for row in connection.query(
                entry.names.passages,
                part,
                [*passages.STORED, *passages.VECTORS],
                entry.passages_since,
            )
        ]
    )
    name = document.article.id
    if len(rows) != document.passages:
        yield Fault("count", f"article {name} has {len(rows)} of {document.passages} passages")
        return
    place = 0
    for _, row in sorted(rows.items()):
        passage = passages.passage_of(row)
        if passage.start != place or not _ordered(passage):
            yield Fault("span", f"a passage of article {name} is out of place at {place}")
        place = passage.end
        vectors = passages.vectors_of(row, entry.dimension)
        if abs(float(np.linalg.norm(vectors.passage)) - 1) > 0.01:
            yield Fault("vector", f"a vector of article {name} is damaged at {passage.start}")
        if len(vectors.sentences) != len(passage.sentences):
            yield Fault("vector", f"article {name} lacks vectors of sentences at {passage.start}")
    if rows and place != len(document.article.text):
        yield Fault("span", f"the passages of article {name} end at {place}")


def _ordered(passage: Passage) -> bool:
    place = passage.start
    for first, last in passage.sentences:
        if not place <= first < last <= passage.end:
            return False
        place = last
    return passage.start <= passage.end
