"""What a change does to a store, whichever store the settings name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from corpus.near_duplicates import signature
from index.store import Change, Filter, OpenWriter
from tests.index.collections_of_articles import article_of, indexed, small, unit_rows
from tests.store.shelf import Shelf, settled

OPEN = Filter()


def test_a_changed_article_is_there_once(shelf: Shelf, writer: OpenWriter) -> None:
    writer.apply(Change(put=[small("a", 1)]))
    with shelf.reading(writer) as store:
        changed = small("a", 2, sentences=6)
        writer.apply(Change(put=[changed, small("b")]))
        settled(store, writer)
        status = store.status()
        assert (status.articles, status.passages) == (2, len(changed.passages) + 2)
        assert store.article("a") == changed.article
        hits = store.search_vectors(unit_rows(1, 3)[0], 100, OPEN)
        assert len(hits) == status.passages
        assert [one.passage for one in store.neighbours("a")] == list(changed.passages)
        assert store.articles(OPEN)[1] == 2


def test_an_article_twice_in_a_change_counts_as_its_last(shelf: Shelf, writer: OpenWriter) -> None:
    last = small("a", 2)
    writer.apply(Change(put=[small("a", 1), last]))
    with shelf.reading(writer) as store:
        assert store.article("a") == last.article
        assert store.status().articles == 1
        assert store.status().passages == len(last.passages)


def test_an_article_removed_and_put_in_one_change_is_there(
    shelf: Shelf, writer: OpenWriter
) -> None:
    writer.apply(Change(put=[small("a", 1)]))
    again = small("a", 2)
    writer.apply(Change(put=[again], remove=["a", "never there"]))
    with shelf.reading(writer) as store:
        assert store.article("a") == again.article
        assert store.status().articles == 1


def test_passages_that_stay_keep_their_vectors(shelf: Shelf, writer: OpenWriter) -> None:
    sentences = [f"Sentence number {number} stands." for number in range(6)]
    before = indexed(article_of("a", sentences), sentences)
    edited = [*sentences[:-1], "The last one is new."]
    after = indexed(article_of("a", edited), edited)
    writer.apply(Change(put=[before]))
    known = writer.known_vectors(after.keys)
    assert set(known) == set(before.keys[:2])
    assert known[before.keys[0]].passage == pytest.approx(before.vectors[0].passage, abs=1e-3)
    writer.apply(Change(put=[after]))
    assert set(writer.known_vectors([*before.keys, *after.keys])) == set(after.keys)


def test_copies_share_vectors_and_survive_each_other(shelf: Shelf, writer: OpenWriter) -> None:
    sentences = ["One agency wrote this.", "Two outlets printed it."]
    copies = [indexed(article_of(name, sentences), sentences) for name in ("a", "b")]
    writer.apply(Change(put=copies))
    writer.apply(Change(remove=["a"]))
    assert set(writer.known_vectors(copies[0].keys)) == set(copies[0].keys)
    with shelf.reading(writer) as store:
        assert len(store.neighbours("b")) == 1


def test_a_failed_change_leaves_nothing(shelf: Shelf, writer: OpenWriter) -> None:
    before = writer.generation
    writer.apply(Change(put=[small("a")]))
    torn = small("b")
    bad = replace(torn, keys=torn.keys[:-1])
    with pytest.raises(ValueError, match="zip"):
        writer.apply(Change(put=[small("c"), bad], remove=["a"]))
    assert set(writer.versions()) == {"a"}
    assert writer.generation == before + 1
    writer.apply(Change(put=[small("d")]))
    with shelf.reading(writer) as store:
        assert {one.id for one in store.articles(OPEN)[0]} == {"a", "d"}
        assert store.status().passages == 4


def test_what_was_put_can_be_read_back_to_be_put_elsewhere(writer: OpenWriter) -> None:
    put = replace(
        small("a", source="Post", published=date(2024, 1, 2)), signature=signature("some words")
    )
    writer.apply(Change(put=[put, small("b")]))
    second, first = writer.stored(["b", "absent", "a"])
    assert (second.article.id, first.article) == ("b", put.article)
    assert (first.passages, first.keys, first.signature) == (
        put.passages,
        put.keys,
        put.signature,
    )
    for mine, stored in zip(put.vectors, first.vectors, strict=True):
        assert stored.passage == pytest.approx(mine.passage, abs=1e-3)
        assert np.sum(stored.sentences * mine.sentences, axis=1) == pytest.approx(1.0, abs=2e-3)
    again = writer.apply(Change(put=[first]))
    assert again == writer.generation
    (twice,) = writer.stored(["a"])
    for one, other in zip(first.vectors, twice.vectors, strict=True):
        assert np.array_equal(one.passage, other.passage)
        assert np.allclose(one.sentences, other.sentences, atol=1e-6)
