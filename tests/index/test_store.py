from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from corpus.article import Article
from corpus.errors import IndexMismatch, IndexMissing, StoreBusy
from index.check import check
from index.embedded.writer import EmbeddedWriter
from index.opening import open_store, open_writer
from index.store import Change, Filter, Origin
from tests.index.collections_of_articles import (
    DIMENSION,
    MODEL,
    article_of,
    indexed,
    small,
    unit_rows,
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


def test_what_is_put_is_found_by_vector_and_comes_back_whole(
    tmp_path: Path, writer: EmbeddedWriter
) -> None:
    put = small("a", source="The Post", published=date(2024, 7, 2))
    assert writer.apply(Change(put=[put, small("b")])) == 1
    store = open_store(tmp_path)
    hits = store.search_vectors(put.vectors[1].passage, 3, OPEN)
    assert hits[0].score == pytest.approx(1.0, abs=1e-3)
    passage = store.passages([hits[0].passage_id])[0]
    assert passage.article == put.article
    assert passage.passage == put.passages[1]
    assert passage.ordinal == 1
    assert np.sum(passage.sentence_vectors * put.vectors[1].sentences, axis=1) == pytest.approx(
        1.0, abs=2e-3
    )
    assert [one.passage for one in store.neighbours("a")] == list(put.passages)
    store.close()


def test_readers_follow_the_writer_without_opening_again(
    tmp_path: Path, writer: EmbeddedWriter
) -> None:
    first, second = small("a"), small("b")
    writer.apply(Change(put=[first]))
    store = open_store(tmp_path)
    writer.apply(Change(put=[second]))
    best = store.search_vectors(second.vectors[0].passage, 1, OPEN)[0]
    assert store.passages([best.passage_id])[0].article.id == "b"
    writer.apply(Change(remove=["b"]))
    hits = store.search_vectors(second.vectors[0].passage, 10, OPEN)
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


def test_passages_that_stay_keep_their_vectors(tmp_path: Path, writer: EmbeddedWriter) -> None:
    sentences = [f"Sentence number {number} stands." for number in range(6)]
    before = indexed(article_of("a", sentences), sentences)
    edited = [*sentences[:-1], "The last one is new."]
    after = indexed(article_of("a", edited), edited)
    writer.apply(Change(put=[before]))
    known = writer.known_vectors(after.keys)
    assert set(known) == set(before.keys[:2])
    writer.apply(Change(put=[after]))
    assert set(writer.known_vectors([*before.keys, *after.keys])) == set(after.keys)


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


def test_filters_act_inside_both_searches(tmp_path: Path, writer: EmbeddedWriter) -> None:
    puts = [
        small(
            f"n{number}",
            number,
            source="Daily Bugle" if number % 50 == 0 else "Gazette",
            published=date(2024, 1, 1 + number % 28) if number % 10 else None,
            language="de" if number % 40 == 3 else "en",
        )
        for number in range(300)
    ]
    writer.apply(Change(put=puts))
    store = open_store(tmp_path)
    vector = unit_rows(1, 5)[0]
    cases: dict[Filter, Callable[[Article], object]] = {
        Filter(sources=frozenset({"dAILY bugle"})): lambda a: a.source == "Daily Bugle",
        Filter(languages=frozenset({"de"})): lambda a: a.language == "de",
        Filter(article_ids=frozenset({"n7", "n8", "none"})): lambda a: a.id in ("n7", "n8"),
        Filter(since=date(2024, 1, 27)): lambda a: a.published and a.published.day >= 27,
        Filter(until=date(2024, 1, 2)): lambda a: a.published and a.published.day <= 2,
    }
    for where, passes in cases.items():
        wanted = {put.article.id for put in puts if passes(put.article)}
        assert wanted
        for hits in (
            store.search_vectors(vector, 1000, where),
            store.search_keywords("border river bridge council harvest engine storm", 1000, where),
        ):
            found = store.passages([hit.passage_id for hit in hits])
            assert {one.article.id for one in found} == wanted
            assert len(hits) == 2 * len(wanted)
            assert [hit.score for hit in hits] == sorted((h.score for h in hits), reverse=True)
        summaries, number = store.articles(where, limit=1000)
        assert {one.id for one in summaries} == wanted
        assert number == len(wanted)
    nothing = Filter(sources=frozenset({"nobody"}))
    assert store.search_vectors(vector, 5, nothing) == []
    assert store.search_keywords("border", 5, nothing) == []
    store.close()


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


def test_pages_of_articles_newest_first_and_sources(tmp_path: Path, writer: EmbeddedWriter) -> None:
    for day in (3, 1, 2):
        put = small(f"d{day}", source="Post", published=date(2024, 1, day))
        writer.apply(Change(put=[put]))
    writer.apply(Change(put=[small("undated")]))
    store = open_store(tmp_path)
    first, total = store.articles(OPEN, 0, 2)
    rest, _ = store.articles(OPEN, 2, 2)
    assert [one.id for one in [*first, *rest]] == ["d3", "d2", "d1", "undated"]
    assert total == 4
    assert store.sources() == [("Post", 3, date(2024, 1, 1), date(2024, 1, 3))]
    store.close()


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "a* OR (b", "NEAR(x y)", "title:x", "-", "\x00", "😀", "x" * 100_000]
)
def test_any_text_is_a_valid_keyword_query(
    tmp_path: Path, writer: EmbeddedWriter, query: str
) -> None:
    writer.apply(Change(put=[small("a")]))
    store = open_store(tmp_path)
    assert isinstance(store.search_keywords(query, 5, OPEN), list)
    store.close()


def test_shares_of_terms(tmp_path: Path, writer: EmbeddedWriter) -> None:
    sentences = ["The river rose.", "It fell.", "Trains ran.", "Buses did not."]
    put = indexed(article_of("a", sentences, title=""), sentences, sentences_each=1)
    writer.apply(Change(put=[put]))
    store = open_store(tmp_path)
    assert store.term_shares(["river", "train", "absent"]) == [0.25, 0.25, 0.0]
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


def test_origins_are_remembered_and_forgotten(writer: EmbeddedWriter) -> None:
    origin = Origin("/a/b.txt", 3, 4, "digest", ("x", "y"))
    writer.apply(Change(origins=[origin]))
    assert writer.origins() == {"/a/b.txt": origin}
    shorter = Origin("/a/b.txt", 3, 5, "other", ("x",))
    writer.apply(Change(origins=[shorter]))
    assert writer.origins() == {"/a/b.txt": shorter}
    writer.apply(Change(forget=["/a/b.txt"]))
    assert writer.origins() == {}
