"""What is particular to the embedded store; `tests/store` has what every store does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import IndexMismatch, IndexMissing, StoreBusy
from index.check import check
from index.embedded.writer import EmbeddedWriter
from index.opening import open_store, open_writer
from index.store import Change, Filter
from tests.index.collections_of_articles import (
    DIMENSION,
    MODEL,
    article_of,
    eventually,
    indexed,
    small,
)

OPEN = Filter()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[EmbeddedWriter]:
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        yield writer


def test_a_missing_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="nothing is indexed yet: run onrecord index"):
        open_store(tmp_path / "nowhere")


def test_an_index_without_any_change_is_missing_too(tmp_path: Path) -> None:
    with open_writer(tmp_path, MODEL, DIMENSION), pytest.raises(IndexMissing):
        open_store(tmp_path)


def test_readers_follow_the_writer_without_opening_again(
    tmp_path: Path, writer: EmbeddedWriter
) -> None:
    first, second = small("a"), small("b")
    writer.apply(Change(put=[first]))
    store = open_store(tmp_path)
    writer.apply(Change(put=[second]))
    vector = second.vectors[0].passage
    assert eventually(lambda: store.search_vectors(vector, 1, OPEN)[0].score > 0.99)
    best = store.search_vectors(vector, 1, OPEN)[0]
    assert store.passages([best.passage_id])[0].article.id == "b"
    writer.apply(Change(remove=["b"]))
    assert eventually(lambda: store.search_vectors(vector, 1, OPEN)[0].score < 0.99)
    hits = store.search_vectors(vector, 10, OPEN)
    assert {one.article.id for one in store.passages([hit.passage_id for hit in hits])} == {"a"}
    assert len(hits) == len(first.passages)
    assert store.search_keywords("b0", 10, OPEN) == []
    assert store.article("b") is None
    assert store.status().generation == 3
    store.close()


def test_changing_an_article_leaves_one_version(tmp_path: Path, writer: EmbeddedWriter) -> None:
    writer.apply(Change(put=[small("a", 1)]))
    store = open_store(tmp_path)
    changed = small("a", 2)
    writer.apply(Change(put=[changed]))
    assert store.status().articles == 1
    assert store.status().passages == len(changed.passages)
    assert store.article("a") == changed.article
    assert check(tmp_path).passages == len(changed.passages)
    store.close()


def test_copies_share_vectors_and_survive_each_other(
    tmp_path: Path, writer: EmbeddedWriter
) -> None:
    sentences = ["One agency wrote this.", "Two outlets printed it."]
    copies = [indexed(article_of(name, sentences), sentences) for name in ("a", "b")]
    writer.apply(Change(put=copies))
    writer.apply(Change(remove=["a"]))
    assert set(writer.known_vectors(copies[0].keys)) == set(copies[0].keys)
    writer.publish()
    assert check(tmp_path).sound


def test_a_narrow_filter_ranks_as_the_whole_search_does(
    tmp_path: Path, writer: EmbeddedWriter
) -> None:
    writer.apply(Change(put=[small(f"n{number}", number) for number in range(60)]))
    store = open_store(tmp_path)
    query = "harvest of the storm price"
    everything = frozenset(f"n{number}" for number in range(60))
    whole = store.search_keywords(query, 20, OPEN)
    narrow = store.search_keywords(query, 20, Filter(article_ids=everything))
    assert len(narrow) == 20
    best = {hit.passage_id for hit in whole}
    assert len(best & {hit.passage_id for hit in narrow}) >= 15
    store.close()


def test_a_failed_change_leaves_nothing(tmp_path: Path, writer: EmbeddedWriter) -> None:
    writer.apply(Change(put=[small("a")]))
    torn = small("b")
    bad = type(torn)(torn.article, torn.passages, torn.vectors, torn.keys[:-1])
    with pytest.raises(ValueError, match="zip"):
        writer.apply(Change(put=[small("c"), bad], remove=["a"]))
    assert set(writer.versions()) == {"a"}
    assert writer.generation == 1
    writer.publish()
    assert check(tmp_path).sound


def test_a_second_writer_is_told_to_wait(tmp_path: Path, writer: EmbeddedWriter) -> None:
    with pytest.raises(StoreBusy, match="wait until it is done"):
        open_writer(tmp_path, MODEL, DIMENSION, wait_seconds=0.05)


def test_another_model_is_refused(tmp_path: Path) -> None:
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("a")]))
    with pytest.raises(IndexMismatch, match="onrecord index --rebuild"):
        open_writer(tmp_path, "other/model", DIMENSION)
    assert open_store(tmp_path).embedder_key == MODEL
