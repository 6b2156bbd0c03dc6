from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from corpus.errors import CorpusError, IndexDamaged
from corpus.importer import Importer
from index.check import check
from index.opening import StorePlace, open_store, open_writer
from index.rebuild import rebuild
from index.store import Change, Filter
from index.sync import sync
from tests.index.collections_of_articles import DIMENSION, MODEL, eventually, small, unit_rows
from tests.index.followed_folder import EMBEDDER, RandomVectors, article

OPEN = Filter()


def fill(data: Path, *names: str, model: str = MODEL, rebuild: bool = False) -> None:
    with open_writer(data, model, DIMENSION, rebuild=rebuild) as writer:
        for name in names:
            writer.apply(Change(put=[small(name)]))


def ids(store: object) -> set[str]:
    return {one.id for one in store.articles(OPEN)[0]}  # type: ignore[attr-defined]


def test_readers_keep_the_old_index_until_the_new_one_is_whole(tmp_path: Path) -> None:
    fill(tmp_path, "a", "b")
    store = open_store(tmp_path)
    with open_writer(tmp_path, MODEL, DIMENSION, rebuild=True) as writer:
        writer.apply(Change(put=[small("c")]))
        assert ids(store) == {"a", "b"}
        assert ids(open_store(tmp_path)) == {"a", "b"}
    assert eventually(lambda: ids(store) == {"c"})
    best = store.search_vectors(small("c").vectors[0].passage, 1, OPEN)
    assert store.passages([best[0].passage_id])[0].article.id == "c"
    assert not store.superseded
    assert store.status().generation == 3


def test_a_rebuild_with_another_model_leaves_readers_their_old_index(tmp_path: Path) -> None:
    fill(tmp_path, "a")
    store = open_store(tmp_path)
    fill(tmp_path, "b", model="other/model", rebuild=True)
    assert eventually(lambda: store.superseded)
    assert ids(store) == {"a"}
    assert store.search_vectors(unit_rows(1, 1)[0], 3, OPEN)
    assert store.status().degraded
    fresh = open_store(tmp_path)
    assert (fresh.embedder_key, ids(fresh)) == ("other/model", {"b"})


def test_a_failed_rebuild_changes_nothing_and_leaves_no_files(tmp_path: Path) -> None:
    fill(tmp_path, "a")
    before = sorted(path.name for path in tmp_path.glob("index-*.db"))
    torn = replace(small("b"), keys=())
    with (
        pytest.raises(ValueError, match="zip"),
        open_writer(tmp_path, "other/model", DIMENSION, rebuild=True) as writer,
    ):
        writer.apply(Change(put=[torn]))
    assert ids(open_store(tmp_path)) == {"a"}
    assert sorted(path.name for path in tmp_path.glob("index-*.db")) == before


def test_replaced_indexes_are_deleted_when_nobody_reads_them(tmp_path: Path) -> None:
    fill(tmp_path, "a")
    store = open_store(tmp_path)
    fill(tmp_path, "b", model="other/model", rebuild=True)
    assert len(list(tmp_path.glob("index-*.db"))) == 2
    store.close()
    fill(tmp_path, "c", model="other/model")
    assert len(list(tmp_path.glob("index-*.db"))) == 1


def test_a_damaged_index_can_be_rebuilt(tmp_path: Path) -> None:
    fill(tmp_path, "a")
    database = next(tmp_path.glob("index-*.db"))
    database.write_bytes(b"not a database" * 1000)
    fill(tmp_path, "b", rebuild=True)
    assert ids(open_store(tmp_path)) == {"b"}
    assert check(tmp_path).sound


def test_no_question_fails_while_the_index_grows_and_is_rebuilt(tmp_path: Path) -> None:
    fill(tmp_path, "a", "b")
    store = open_store(tmp_path)
    done = threading.Event()
    answered = [0]

    def ask() -> None:
        vector = unit_rows(1, 3)[0]
        while not done.is_set():
            hits = store.search_vectors(vector, 5, OPEN)
            store.search_keywords("river bridge", 5, OPEN)
            found = store.passages([hit.passage_id for hit in hits])
            assert all(one.text for one in found)
            assert hits
            answered[0] += 1

    def more_than(number: int) -> bool:
        return answered[0] > number

    with ThreadPoolExecutor(3) as pool:
        askers = [pool.submit(ask) for _ in range(3)]
        try:
            for turn in range(6):
                before = answered[0]
                fill(tmp_path, *(f"{turn}-{n}" for n in range(5)), rebuild=turn % 2 == 1)
                assert eventually(partial(more_than, before + 2))
        finally:
            done.set()
        for asker in askers:
            asker.result()


def test_an_empty_folder_does_not_replace_a_good_index(tmp_path: Path) -> None:
    place, folder = StorePlace(tmp_path / "data"), tmp_path / "articles"
    folder.mkdir()
    assert rebuild(place, [folder], EMBEDDER, Importer()).files == 0
    fill(place.data, "a")
    (folder / "half.json").write_text("[{")
    with pytest.raises(CorpusError, match="holds 1 articles"):
        rebuild(place, [folder], EMBEDDER, Importer())
    assert ids(open_store(place)) == {"a"}
    (folder / "whole.json").write_text(json.dumps(article(1)))
    assert rebuild(place, [folder], EMBEDDER, Importer()).added == 1


@pytest.mark.parametrize("key", [MODEL, "other/model"])
def test_what_was_indexed_besides_the_folders_is_built_again_too(tmp_path: Path, key: str) -> None:
    place, folder, archive = StorePlace(tmp_path / "data"), tmp_path / "articles", tmp_path / "old"
    for number, one in enumerate((folder, archive)):
        one.mkdir()
        (one / f"{number}.json").write_text(json.dumps(article(number)))
    (archive / "gone.json").write_text(json.dumps(article(7)))
    with open_writer(place, MODEL, DIMENSION) as writer:
        sync([folder], writer, EMBEDDER, Importer())
        sync([archive], writer, EMBEDDER, Importer())
    (archive / "gone.json").unlink()
    model = RandomVectors()
    model.key = key
    rebuild(place, [folder], model, Importer(), besides=True)
    assert ids(open_store(place)) == {"hall-0", "hall-1"}
    # Where folders are named, the index is to be made of these.
    rebuild(place, [folder], model, Importer())
    assert ids(open_store(place)) == {"hall-0"}


@pytest.mark.parametrize("content", [None, "", "index-7.db"])
def test_a_lost_name_of_the_index_costs_no_index(tmp_path: Path, content: str | None) -> None:
    fill(tmp_path, "a")
    (tmp_path / "CURRENT").unlink()
    if content is not None:
        (tmp_path / "CURRENT").write_text(content)
    fill(tmp_path, "b")
    assert ids(open_store(tmp_path)) == {"a", "b"}
    assert [path.name for path in tmp_path.glob("index-*.db")] == ["index-1.db"]


def test_of_several_that_could_be_meant_none_is_deleted(tmp_path: Path) -> None:
    fill(tmp_path, "a")
    store = open_store(tmp_path)
    fill(tmp_path, "b", model="other/model", rebuild=True)
    store.close()
    (tmp_path / "CURRENT").unlink()
    with pytest.raises(IndexDamaged, match=r"write index-1\.db or index-2\.db into it"):
        fill(tmp_path, "c")
    torn = replace(small("b"), keys=())
    with (
        pytest.raises(ValueError, match="zip"),
        open_writer(tmp_path, MODEL, DIMENSION, rebuild=True) as writer,
    ):
        writer.apply(Change(put=[torn]))
    assert len(list(tmp_path.glob("index-*.db"))) == 2
    (tmp_path / "CURRENT").write_text("index-1.db")
    fill(tmp_path, "c")
    assert ids(open_store(tmp_path)) == {"a", "c"}


def test_a_database_that_was_only_made_is_not_taken_for_the_index(tmp_path: Path) -> None:
    open_writer(tmp_path, MODEL, DIMENSION).close()
    (tmp_path / "CURRENT").unlink()
    (tmp_path / "index-5.db").touch()
    fill(tmp_path, "a")
    fill(tmp_path, "b")
    assert ids(open_store(tmp_path)) == {"a", "b"}
    assert len(list(tmp_path.glob("index-*.db"))) == 1
