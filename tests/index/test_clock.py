"""A clock that goes back: nothing in the store is ordered by time, only by generation."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

from index.check import check
from index.embedding.embedder import Embedder
from index.opening import open_store, open_writer
from index.store import Change, Filter
from tests.index.collections_of_articles import DIMENSION, MODEL, eventually, small
from tests.index.test_sync import Town, counts

OPEN = Filter()
YEARS = 3 * 365 * 86_400


def written_in_the_future(data: Path) -> None:
    """As if all that lies there had been written before the clock was put back by years."""
    later = time.time() + YEARS
    database = data / (data / "CURRENT").read_text().strip()
    connection = sqlite3.connect(database)
    with connection:
        connection.execute("UPDATE meta SET value = '2999-01-01T00:00:00' WHERE name = 'last_sync'")
    connection.close()
    for path in data.iterdir():
        os.utime(path, (later, later))


def ids(store: object) -> set[str]:
    return {one.id for one in store.articles(OPEN)[0]}  # type: ignore[attr-defined]


def test_changes_and_checkpoints_after_the_clock_went_back_are_followed(tmp_path: Path) -> None:
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        before = writer.apply(Change(put=[small("a"), small("b")]))
    written_in_the_future(tmp_path)
    store = open_store(tmp_path)
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        # Enough is changed for a new checkpoint, older by its file's time than the first one.
        put = [small(f"c{number}", number) for number in range(20)]
        assert writer.apply(Change(put=put, remove=["a"])) == before + 1
    vector = put[3].vectors[0].passage
    assert eventually(lambda: store.search_vectors(vector, 1, OPEN)[0].score > 0.99)
    best = store.search_vectors(vector, 1, OPEN)
    assert store.passages([best[0].passage_id])[0].article.id == "c3"
    again = open_store(tmp_path)
    assert ids(store) == ids(again) == {"b", *(one.article.id for one in put)}
    assert store.status().last_sync != "2999-01-01T00:00:00"
    assert check(tmp_path).sound


def test_a_rebuild_after_the_clock_went_back_replaces_the_index(tmp_path: Path) -> None:
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        before = writer.apply(Change(put=[small("a")]))
    written_in_the_future(tmp_path)
    store = open_store(tmp_path)
    with open_writer(tmp_path, MODEL, DIMENSION, rebuild=True) as writer:
        assert writer.apply(Change(put=[small("b")])) == before + 1
    assert ids(open_store(tmp_path)) == {"b"}
    assert eventually(lambda: ids(store) == {"b"})
    store.close()
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("c")]))
    assert len(list(tmp_path.glob("index-*.db"))) == 1


def test_a_file_that_became_older_or_lies_in_the_future_is_read_by_its_content(
    tmp_path: Path, embedder: Embedder
) -> None:
    town = Town(tmp_path, embedder)
    path = town.write("one.md", "ships")
    now = time.time()
    os.utime(path, (now + YEARS, now + YEARS))
    assert counts(town.sync()) == (1, 0, 0, 0)
    report = town.sync()
    assert (counts(report), report.embedded) == ((0, 0, 0, 1), 0)
    # The same number of letters, an older time: only its time tells that it is another one.
    town.write("one.md", "tanks")
    os.utime(path, (now - YEARS, now - YEARS))
    town.sync()
    assert town.titles() == {"About tanks"}
