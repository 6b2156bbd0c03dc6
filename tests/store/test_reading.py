"""What a store gives back of what was put, whichever store the settings name."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from index.store import Change, Filter, OpenWriter, Origin
from tests.index.collections_of_articles import article_of, indexed, small
from tests.store.shelf import Shelf, articles_of, settled

OPEN = Filter()


def test_what_is_put_is_found_by_vector_and_comes_back_whole(
    shelf: Shelf, writer: OpenWriter
) -> None:
    put = small("a", source="The Post", published=date(2024, 7, 2))
    before = writer.generation
    assert writer.apply(Change(put=[put, small("b")])) == before + 1
    with shelf.reading(writer) as store:
        hits = store.search_vectors(put.vectors[1].passage, 3, OPEN)
        assert hits[0].score == pytest.approx(1.0, abs=1e-3)
        passage = store.passages([hits[0].passage_id])[0]
        assert passage.article == put.article
        assert passage.passage == put.passages[1]
        assert passage.ordinal == 1
        likeness = np.sum(passage.sentence_vectors * put.vectors[1].sentences, axis=1)
        assert likeness == pytest.approx(1.0, abs=2e-3)
        assert [one.passage for one in store.neighbours("a")] == list(put.passages)
        assert [one.ordinal for one in store.neighbours("a")] == list(range(len(put.passages)))
        assert store.article("a") == put.article


def test_passages_come_in_the_order_asked_for_and_absent_ones_are_left_out(
    shelf: Shelf, writer: OpenWriter
) -> None:
    writer.apply(Change(put=[small("a", sentences=8), small("b")]))
    with shelf.reading(writer) as store:
        ids = [one.id for one in [*store.neighbours("b"), *store.neighbours("a")]]
        asked = [ids[3], 10**15, ids[0], ids[5], ids[0]]
        assert [one.id for one in store.passages(asked)] == [ids[3], ids[0], ids[5], ids[0]]
        assert store.passages([]) == []
        assert store.neighbours("nobody") == []
        assert store.article("nobody") is None


def test_readers_follow_the_writer_without_opening_again(shelf: Shelf, writer: OpenWriter) -> None:
    first, second = small("a"), small("b")
    writer.apply(Change(put=[first]))
    with shelf.reading(writer) as store:
        writer.apply(Change(put=[second]))
        settled(store, writer)
        best = store.search_vectors(second.vectors[0].passage, 1, OPEN)
        assert articles_of(store, best) == {"b"}
        writer.apply(Change(remove=["b"]))
        settled(store, writer)
        hits = store.search_vectors(second.vectors[0].passage, 10, OPEN)
        assert articles_of(store, hits) == {"a"}
        assert len(hits) == len(first.passages)
        assert store.search_keywords("b0", 10, OPEN) == []
        assert store.passages([best[0].passage_id]) == []
        assert store.article("b") is None
        assert store.status().generation == writer.generation


def test_an_article_of_any_length_comes_back_whole(shelf: Shelf, writer: OpenWriter) -> None:
    sentences = [f"Sentence {letter}: {letter * 40_000}." for letter in ("word ", "Ж", "😀")]
    put = indexed(article_of("long", sentences), sentences, sentences_each=3)
    writer.apply(Change(put=[put]))
    with shelf.reading(writer) as store:
        assert store.article("long") == put.article
        (whole,) = store.neighbours("long")
        assert whole.text == put.article.text
        assert whole.sentence_texts() == sentences


def test_ids_and_texts_may_hold_any_character(shelf: Shelf, writer: OpenWriter) -> None:
    strange = 'it\'s "so" \\ back\tslash\nnew_line%–Київ😀'
    sentences = ["Tab\there, NUL-free.", 'Quote " and back\\slash {braces} %s.']
    article = article_of(strange, sentences, title=strange, source=strange, language="uk")
    put = indexed(article, sentences)
    writer.apply(
        Change(put=[put, small("other")], origins=[Origin(strange, 1, 2, "d", (strange,))])
    )
    assert set(writer.versions()) == {strange, "other"}
    assert writer.origins()[strange].article_ids == (strange,)
    with shelf.reading(writer) as store:
        assert store.article(strange) == article
        vector = put.vectors[0].passage
        for where in (
            Filter(article_ids=frozenset({strange})),
            Filter(sources=frozenset({strange.upper()})),
            Filter(languages=frozenset({"uk"})),
        ):
            assert articles_of(store, store.search_vectors(vector, 9, where)) == {strange}
            assert [one.id for one in store.articles(where)[0]] == [strange]
    writer.apply(Change(remove=[strange], forget=[strange]))
    assert set(writer.versions()) == {"other"}
    assert writer.origins() == {}


def test_pages_of_articles_newest_first_and_sources(shelf: Shelf, writer: OpenWriter) -> None:
    for day in (3, 1, 2):
        writer.apply(Change(put=[small(f"d{day}", source="Post", published=date(2024, 1, day))]))
    writer.apply(Change(put=[small("undated", source="Sun"), small("alone")]))
    with shelf.reading(writer) as store:
        first, total = store.articles(OPEN, 0, 2)
        rest, _ = store.articles(OPEN, 2, 9)
        assert [one.id for one in [*first, *rest]] == ["d3", "d2", "d1", "alone", "undated"]
        assert total == 5
        assert first[0].passages == 2
        assert first[0].characters == len(small("d3").article.text)
        posts = ("Post", 3, date(2024, 1, 1), date(2024, 1, 3))
        assert store.sources() == [posts, ("Sun", 1, None, None)]
        writer.apply(Change(remove=["d3"], put=[small("d2", source="Sun")]))
        settled(store, writer)
        assert [one.id for one in store.articles(OPEN)[0]] == ["d1", "alone", "d2", "undated"]
        assert store.sources() == [
            ("Sun", 2, None, None),
            ("Post", 1, date(2024, 1, 1), date(2024, 1, 1)),
        ]
