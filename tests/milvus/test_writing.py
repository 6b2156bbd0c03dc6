"""What Milvus itself does not give: whole changes, one writer, deletion, a new index beside."""

from __future__ import annotations

import json
import threading
import time
from contextlib import closing
from dataclasses import asdict, replace
from functools import partial

import pytest

from corpus.errors import IndexMismatch, IndexMissing, StoreBusy, StoreError
from index.check import check
from index.milvus.connection import MOST_ROWS, Connection
from index.milvus.log import ENTRY, NOWHERE, Entry, between, newest
from index.milvus.names import LOG, Names
from index.milvus.pieces import cut
from index.opening import StorePlace, open_store, open_writer
from index.store import Change, Filter, OpenStore
from tests.index.collections_of_articles import (
    DIMENSION,
    MODEL,
    article_of,
    eventually,
    indexed,
    small,
    unit_rows,
)
from tests.store.shelf import settled

OPEN = Filter()
OTHER = "other/model"


def state(connection: Connection) -> Entry:
    entry = newest(connection)
    assert entry is not None
    return entry


def ids(store: OpenStore) -> set[str]:
    return {one.id for one in store.articles(OPEN)[0]}


def test_without_any_change_nothing_is_indexed(place: StorePlace) -> None:
    with pytest.raises(IndexMissing, match="run onrecord index"):
        open_store(place)
    writer = open_writer(place, MODEL, DIMENSION)
    with pytest.raises(IndexMissing, match="run onrecord index"):
        open_store(place)
    writer.close()


def test_rows_without_their_entry_are_seen_by_nobody_and_go(
    place: StorePlace, connection: Connection
) -> None:
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("a")]))
    entry = state(connection)
    # What a writer leaves that ends before its change does: rows, and nothing that shows them.
    broken = open_writer(place, MODEL, DIMENSION)
    broken.apply(Change(put=[small("a", 2), small("b")]))
    broken_off = state(connection)
    connection.delete(LOG, f'kind == "entry" and number > {entry.number}')
    broken.close()
    assert connection.count(entry.names.documents, f"id >= {entry.versions}") == 2
    store = open_store(place)
    assert ids(store) == {"a"}
    assert store.article("a") == small("a").article
    assert store.status().passages == 2
    assert len(store.search_vectors(unit_rows(1, 1)[0], 99, OPEN)) == 2
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("c")]))
        settled(store, writer)
        assert ids(store) == {"a", "c"}
    assert state(connection).versions > broken_off.versions, "numbers are not used again"
    assert connection.count(entry.names.documents, "id >= 0") == 2
    assert connection.count(entry.names.passages, "id >= 0") == 4
    assert check(place).sound
    store.close()


def test_what_is_removed_is_deleted(place: StorePlace, connection: Connection) -> None:
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("a"), small("b")]))
        writer.apply(Change(put=[small("a", 2)], remove=["b"]))
        names = state(connection).names
        assert connection.count(names.passages, 'article == "b"') == 2, "hidden at first"
    assert connection.count(names.passages, 'article == "b"') == 0
    assert connection.count(names.documents, 'name == "b"') == 0
    assert connection.count(names.passages, "id >= 0") == 2
    assert state(connection).dead == ()


def test_readers_never_see_half_a_change(place: StorePlace) -> None:
    """Two articles change together, again and again, while a reader looks at both."""
    lengths = (1, 9, 4)
    stop = threading.Event()
    seen: list[int] = []
    wrong: list[str] = []

    def look() -> None:
        store = open_store(place)
        while not stop.is_set():
            passages = store.neighbours("a")
            total = len(store.search_vectors(unit_rows(1, 1)[0], 100, OPEN))
            seen.append(len(passages))
            text = "".join(one.text for one in passages)
            if not passages or text != passages[0].article.text:
                wrong.append(f"{len(passages)} passages of another version")
            if total not in [2 * length for length in lengths]:
                wrong.append(f"{total} passages in all")
        store.close()

    def was_seen(length: int) -> bool:
        return bool(seen) and seen[-1] == length

    with open_writer(place, MODEL, DIMENSION) as writer:
        looking = threading.Thread(target=look)
        for turn in range(9):
            count = 2 * lengths[turn % 3]
            writer.apply(
                Change(put=[small("a", turn, sentences=count), small("b", turn, sentences=count)])
            )
            if turn == 0:
                looking.start()
            time.sleep(0.4)
            assert eventually(partial(was_seen, lengths[turn % 3]))
        stop.set()
        looking.join()
    assert not wrong
    assert set(seen) == set(lengths)


def test_a_second_writer_waits_or_is_told(place: StorePlace) -> None:
    first = open_writer(place, MODEL, DIMENSION)
    first.apply(Change(put=[small("a")]))
    with pytest.raises(StoreBusy, match="wait until it is done"):
        open_writer(place, MODEL, DIMENSION, wait_seconds=0.1)
    closing = threading.Timer(0.5, first.close)
    closing.start()
    open_writer(place, MODEL, DIMENSION).close()
    closing.join()


def test_another_model_is_refused(place: StorePlace) -> None:
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("a")]))
    with pytest.raises(IndexMismatch, match="onrecord index --rebuild"):
        open_writer(place, OTHER, DIMENSION)


def test_the_old_index_answers_until_the_new_one_is_whole(
    place: StorePlace, connection: Connection
) -> None:
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("a"), small("b")]))
    store = open_store(place)
    with open_writer(place, MODEL, DIMENSION, rebuild=True) as writer:
        writer.apply(Change(put=[small("c")]))
        assert ids(store) == {"a", "b"}
    settled(store, writer)
    assert ids(store) == {"c"}
    assert not store.superseded
    assert set(connection.collections()) == {LOG, Names(2).documents, Names(2).passages}
    store.close()


def test_an_index_of_other_terms_answers_and_says_what_is_not_found(
    place: StorePlace, connection: Connection
) -> None:
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("a")]))
    last = state(connection)
    earlier = {**asdict(last), "number": last.number + 1}
    del earlier["term_rules"]
    entry = {"key": "entry-earlier", "kind": ENTRY, "number": last.number + 1, "place": NOWHERE}
    connection.insert(LOG, [{**entry, "content": cut(json.dumps(earlier))}])
    with closing(open_store(place)) as store:
        assert ids(store) == {"a"}
        assert "another version" in (store.status().degraded or "")
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("b")]))
    assert "--rebuild" in (check(place).degraded or "")
    with open_writer(place, MODEL, DIMENSION, rebuild=True) as writer:
        writer.apply(Change(put=[small("a"), small("b")]))
    assert check(place).degraded is None


def test_a_rebuild_with_another_model_leaves_readers_their_old_index(place: StorePlace) -> None:
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("a")]))
    store = open_store(place)
    with open_writer(place, OTHER, DIMENSION, rebuild=True) as writer:
        writer.apply(Change(put=[small("b")]))
    assert eventually(lambda: store.superseded)
    assert ids(store) == {"a"}
    assert store.search_vectors(unit_rows(1, 1)[0], 3, OPEN)
    assert "another model" in (store.status().degraded or "")
    fresh = open_store(place)
    assert (fresh.embedder_key, ids(fresh)) == (OTHER, {"b"})
    fresh.close()
    store.close()


def test_a_failed_rebuild_changes_nothing_and_leaves_nothing(
    place: StorePlace, connection: Connection
) -> None:
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("a")]))
    before = set(connection.collections())
    torn = replace(small("b"), keys=())
    with (
        pytest.raises(ValueError, match="zip"),
        open_writer(place, OTHER, DIMENSION, rebuild=True) as writer,
    ):
        writer.apply(Change(put=[small("c"), torn]))
    assert set(connection.collections()) == before
    with closing(open_store(place)) as store:
        assert ids(store) == {"a"}


def test_a_reader_that_was_away_follows_by_the_log(
    place: StorePlace, connection: Connection
) -> None:
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small(f"n{number}") for number in range(6)]))
        store = open_store(place)
        assert len(ids(store)) == 6
        for number in range(3):
            writer.apply(Change(put=[small(f"more{number}")], remove=[f"n{number}"]))
        settled(store, writer)
        assert ids(store) == {"n3", "n4", "n5", "more0", "more1", "more2"}
        last = state(connection).number
        connection.delete(LOG, f'kind == "entry" and number < {last}')
        writer.apply(Change(remove=["n3"]))
        settled(store, writer)
        assert ids(store) == {"n4", "n5", "more0", "more1", "more2"}
        assert len(between(connection, 0, last + 9)) == 2
    store.close()


def test_an_article_of_more_passages_than_milvus_gives_at_once_is_whole(place: StorePlace) -> None:
    sentences = [f"Bridge {number} is open." for number in range(MOST_ROWS + 500)]
    long = indexed(article_of("long", sentences), sentences, sentences_each=1)
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[long]))
        assert len(writer.stored(["long"])[0].passages) == len(long.passages)
    store = open_store(place)
    with closing(store):
        assert [one.ordinal for one in store.neighbours("long")] == list(range(len(long.passages)))
    assert not check(place).faults


def test_a_query_for_more_rows_than_milvus_gives_says_so(
    place: StorePlace, connection: Connection
) -> None:
    rows = [
        {"key": f"x-{n}", "kind": "x", "number": n, "content": [], "place": [0.0, 0.0]}
        for n in range(MOST_ROWS)
    ]
    open_writer(place, MODEL, DIMENSION).close()
    connection.insert(LOG, rows)
    with pytest.raises(StoreError, match="more rows than Milvus gives at once"):
        connection.query(LOG, 'kind == "x"', ["number"])
    assert len(connection.query_some(LOG, 'kind == "x"', ["number"], None, 3)) == 3
