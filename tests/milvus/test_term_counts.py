"""Counting words where the server has no index of them."""

from __future__ import annotations

from index.store import Change
from tests.index.collections_of_articles import article_of, indexed, small
from tests.milvus.standalone import Standalone
from tests.store.shelf import milvus_shelf, settled


def test_slow_counts_are_kept_while_little_changes(standalone: Standalone) -> None:
    standalone.keep()
    shelf = milvus_shelf(standalone.uri, keywords=False)
    many = [small(f"n{number}", number) for number in range(100)]
    line = ["A zeppelin landed."]
    rare = [indexed(article_of(f"z{number}", line, title=""), line) for number in range(11)]
    with shelf.writing() as writer:
        writer.apply(Change(put=many))
        with shelf.reading(writer) as store:
            assert store.term_shares(["zeppelin"]) == [0.0]
            writer.apply(Change(put=rare[:1]))
            settled(store, writer)
            assert store.term_shares(["zeppelin"]) == [0.0], "one passage in 201 is little"
            writer.apply(Change(put=rare[1:]))
            settled(store, writer)
            assert store.term_shares(["zeppelin"]) == [11 / 211]
