"""A read that is slower than a writer: what it asks for is replaced and deleted meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.milvus.settings import MilvusSettings
from index.opening import StorePlace, open_store, open_writer
from index.store import Change, Filter, Indexed, StoreReader
from tests.index.collections_of_articles import DIMENSION, MODEL, small
from tests.milvus.lite_server import LiteServer
from tests.milvus.middleman import between
from tests.store.shelf import milvus_shelf

OPEN = Filter()
QUESTION = small("a").vectors[0].passage
READS: dict[str, tuple[str, Callable[[StoreReader], object]]] = {
    "vectors": ("Search", lambda store: len(store.search_vectors(QUESTION, 99, OPEN))),
    "keywords": ("Search", lambda store: len(store.search_keywords("title", 99, OPEN))),
    "neighbours": ("Query", lambda store: [one.text for one in store.neighbours("a")]),
    "article": ("Query", lambda store: store.article("a")),
    "articles": ("Query", lambda store: store.articles(OPEN)),
    "sources": ("Query", lambda store: store.sources()),
}


@pytest.fixture(scope="module")
def direct(server: LiteServer) -> StorePlace:
    """A store with one article in its first version."""
    milvus_shelf(server.uri)
    place = at(server.uri)
    put(place, 0)
    return place


def at(uri: str) -> StorePlace:
    return StorePlace(Path("unused"), MilvusSettings(uri, timeout_seconds=60.0))


def put(place: StorePlace, number: int) -> None:
    """Replace the article by another version, and delete the one before."""
    article: Indexed = small("a", number, sentences=4 + 2 * number, source="Post")
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[article]))


@pytest.mark.parametrize("kind", READS)
def test_what_was_replaced_while_it_was_read_is_read_again(
    server: LiteServer, direct: StorePlace, kind: str
) -> None:
    name, read = READS[kind]
    with between(server.uri) as (middleman, uri), closing(open_store(at(uri))) as store:
        middleman.before[name] = lambda: put(direct, 1 + list(READS).index(kind))
        found = read(store)
        assert not middleman.before, "nothing was replaced meanwhile"
        assert found == read(store)
        assert found
