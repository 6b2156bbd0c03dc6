"""A store under test, whichever it is."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IndexMismatch
from index.milvus.settings import MilvusSettings
from index.opening import StorePlace, open_store, open_writer
from index.store import Change, Hit, OpenStore, OpenWriter, StoreReader
from tests.index.collections_of_articles import DIMENSION, MODEL

MOST_SECONDS_BEHIND = 120.0


@dataclass
class Shelf:
    """Where a store is. Milvus's are emptied for each test: making one takes seconds."""

    place: StorePlace
    keywords: bool = True

    @contextmanager
    def writing(self) -> Iterator[OpenWriter]:
        """A writer. What it hides stays for later writers to delete."""
        writer = open_writer(self.place, MODEL, DIMENSION)
        try:
            yield writer
        finally:
            writer.close()

    @contextmanager
    def reading(self, writer: OpenWriter) -> Iterator[OpenStore]:
        """A reader that sees all that the writer has done."""
        store = open_store(self.place)
        try:
            settled(store, writer)
            yield store
        finally:
            store.close()

    def empty(self) -> None:
        """Take out everything; another model's index is replaced."""
        try:
            open_writer(self.place, MODEL, DIMENSION).close()
        except IndexMismatch:
            with open_writer(self.place, MODEL, DIMENSION, rebuild=True):
                return
        with self.writing() as writer:
            articles, files = [*writer.versions()], [*writer.origins()]
            if articles or files:
                writer.apply(Change(remove=articles, forget=files))


def settled(store: OpenStore, writer: OpenWriter) -> None:
    """Wait until a reader sees all that a writer has done."""
    limit = time.monotonic() + MOST_SECONDS_BEHIND
    while store.status().generation < writer.generation:
        assert time.monotonic() < limit, "the reader does not follow"
        time.sleep(0.02)


def milvus_shelf(uri: str, *, keywords: bool = True) -> Shelf:
    """A store on Milvus, emptied."""
    shelf = Shelf(StorePlace(Path("unused"), MilvusSettings(uri, timeout_seconds=60.0)), keywords)
    shelf.empty()
    return shelf


def articles_of(store: StoreReader, hits: Sequence[Hit]) -> set[str]:
    """Whose passages were found."""
    return {one.article.id for one in store.passages([hit[0] for hit in hits])}
