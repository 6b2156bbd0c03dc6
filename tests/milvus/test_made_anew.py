"""Readers go on though the store under them was lost and made anew, or put back from a copy."""

from __future__ import annotations

from contextlib import closing

import pytest

from corpus.errors import StoreError
from index.milvus.connection import Connection
from index.milvus.log import ENTRY
from index.milvus.names import LOG
from index.opening import StorePlace, open_store, open_writer
from index.store import Change, Filter, OpenStore
from tests.index.collections_of_articles import DIMENSION, MODEL, eventually, small

OPEN = Filter()
WORDS = ("title", "river", "storm", "council")


def fill(place: StorePlace, *names: str) -> None:
    """One change for each article."""
    with open_writer(place, MODEL, DIMENSION) as writer:
        for seed, name in enumerate(names):
            writer.apply(Change(put=[small(name, seed)]))


def holds(store: OpenStore, *names: str) -> bool:
    """Whether a reader sees just these articles, by each way of reading."""
    try:
        listed = {one.id for one in store.articles(OPEN)[0]}
        hits = store.search_vectors(small(names[0]).vectors[0].passage, 99, OPEN)
        found = {one.article.id for one in store.passages([hit.passage_id for hit in hits])}
        whole = [store.article(name) for name in names]
    except StoreError:
        return False
    return listed == found == set(names) and None not in whole


@pytest.mark.parametrize("again", [("x",), ("x", "y", "z"), ("x", "y", "z", "u", "v")])
def test_a_store_that_is_made_anew_is_read_from_its_beginning(
    place: StorePlace, connection: Connection, again: tuple[str, ...]
) -> None:
    fill(place, "a", "b", "c")
    with closing(open_store(place)) as store:
        assert holds(store, "a", "b", "c")
        for name in connection.collections():
            connection.drop(name)
        fill(place, *again)
        assert eventually(lambda: holds(store, *again))
        with closing(open_store(place)) as fresh:
            assert store.term_shares(WORDS) == fresh.term_shares(WORDS)
        fill(place, "more")
        assert eventually(lambda: holds(store, *again, "more"))


def test_a_store_that_is_put_back_is_followed_from_there(
    place: StorePlace, connection: Connection
) -> None:
    fill(place, "a", "b")
    last = max(
        int(row["number"]) for row in connection.query(LOG, f'kind == "{ENTRY}"', ["number"])
    )
    fill(place, "c", "d")
    with closing(open_store(place)) as store:
        assert holds(store, "a", "b", "c", "d")
        connection.delete(LOG, f'kind == "{ENTRY}" and number > {last}')
        assert eventually(lambda: holds(store, "a", "b"))
