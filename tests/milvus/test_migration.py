"""Copying an index to Milvus and back: vectors and all, resumable, verified."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamaged, StoreBusy
from corpus.near_duplicates import signature
from index.check import check
from index.migration import MigrationReport, migrate
from index.milvus.connection import Connection
from index.milvus.log import newest
from index.milvus.settings import MilvusSettings
from index.opening import StorePlace, open_store, open_writer
from index.store import Change, Filter, Indexed, Origin
from tests.index.collections_of_articles import DIMENSION, MODEL, small

NUMBER = 120


class Recorder:
    """Remembers how far a copy came; can break it off."""

    def __init__(self, limit: int = 10**9) -> None:
        self.stages: list[tuple[str, int]] = []
        self.done = 0
        self._limit = limit

    def stage(self, name: str, articles: int) -> None:
        """A stage begins."""
        self.stages.append((name, articles))
        self.done = 0

    def advanced(self, articles: int) -> None:
        """So many more articles are done."""
        self.done += articles
        if self.done >= self._limit:
            raise KeyboardInterrupt


@pytest.fixture
def embedded(tmp_path: Path) -> StorePlace:
    place = StorePlace(tmp_path / "embedded")
    puts = [_article(number) for number in range(NUMBER)]
    with open_writer(place, MODEL, DIMENSION) as writer:
        for first in range(0, NUMBER, 40):
            writer.apply(
                Change(
                    put=puts[first : first + 40],
                    origins=[Origin(f"/f{first}", first, 2, "d", (f"n{first}",))],
                )
            )
    return place


@pytest.fixture
def milvus(lite: str, tmp_path: Path) -> StorePlace:
    return StorePlace(tmp_path, MilvusSettings(lite, timeout_seconds=60.0))


def copy(
    source: StorePlace, target: StorePlace, progress: Recorder, *, replacing: bool = False
) -> MigrationReport:
    with ExitStack() as opened:
        reading = opened.enter_context(open_writer(source, MODEL, DIMENSION))
        writing = opened.enter_context(open_writer(target, MODEL, DIMENSION))
        return migrate(reading, writing, progress, replace=replacing)


def test_there_and_back_with_vectors(
    embedded: StorePlace, milvus: StorePlace, tmp_path: Path
) -> None:
    progress = Recorder()
    there = copy(embedded, milvus, progress)
    assert there == MigrationReport(NUMBER, 30 * 20, 3, NUMBER, 0)
    assert progress.stages == [("copying", NUMBER), ("verifying", NUMBER)]
    assert check(milvus).sound
    again = StorePlace(tmp_path / "again")
    assert copy(milvus, again, Recorder()) == there
    assert check(again).kinds <= {"checkpoint"}
    before, after, between = open_store(embedded), open_store(again), open_store(milvus)
    with ExitStack() as opened:
        one = opened.enter_context(open_writer(embedded, MODEL, DIMENSION))
        two = opened.enter_context(open_writer(again, MODEL, DIMENSION))
        assert dict(one.versions()) == dict(two.versions())
        assert dict(one.origins()) == dict(two.origins())
        for mine, other in zip(one.stored(["n7"]), two.stored(["n7"]), strict=True):
            assert mine.article == other.article
            assert np.array_equal(mine.vectors[0].passage, other.vectors[0].passage)
    question = _article(5).vectors[2].passage
    where = Filter(since=date(2024, 1, 3))
    rankings = [
        [
            (one.article.id, one.ordinal)
            for one in store.passages(
                [hit.passage_id for hit in store.search_vectors(question, 20, where)]
            )
        ]
        for store in (before, between, after)
    ]
    assert rankings[0] == rankings[1] == rankings[2]
    for store in (before, between, after):
        store.close()


def test_a_copy_that_broke_off_goes_on(embedded: StorePlace, milvus: StorePlace) -> None:
    with pytest.raises(KeyboardInterrupt):
        copy(embedded, milvus, Recorder(limit=1))
    progress = Recorder()
    report = copy(embedded, milvus, progress)
    assert 0 < report.copied < NUMBER
    assert progress.stages[0] == ("copying", report.copied)
    assert copy(embedded, milvus, Recorder()).copied == 0
    with open_writer(embedded, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("n3", 999)], remove=["n4"]))
    with pytest.raises(StoreBusy, match="1 articles that are not in the source"):
        copy(embedded, milvus, Recorder())
    report = copy(embedded, milvus, Recorder(), replacing=True)
    assert (report.articles, report.copied, report.removed) == (NUMBER - 1, 1, 1)
    assert check(milvus).sound


def test_what_is_not_the_same_is_noticed(
    embedded: StorePlace, milvus: StorePlace, lite: str
) -> None:
    copy(embedded, milvus, Recorder())
    connection = Connection(MilvusSettings(lite, timeout_seconds=60.0))
    entry = newest(connection)
    assert entry is not None
    (row,) = connection.query(entry.names.passages, "id == 0", ["*"])
    del row["keywords"]
    connection.delete(entry.names.passages, "id == 0")
    connection.insert(entry.names.passages, [{**row, "vector": np.roll(row["vector"], 1)}])
    connection.close()
    with pytest.raises(IndexDamaged, match="is not the same in the copy"):
        copy(embedded, milvus, Recorder())


def _article(number: int) -> Indexed:
    put = small(
        f"n{number}",
        number,
        sentences=10,
        source="Post" if number % 2 else None,
        published=date(2024, 1, 1 + number % 9),
    )
    return replace(put, signature=signature(put.article.text))
