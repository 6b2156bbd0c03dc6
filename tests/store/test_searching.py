"""Search by vector and by keyword, with filters, whichever store the settings name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from corpus.article import Article
from index.store import Change, Filter, OpenWriter
from tests.index.collections_of_articles import article_of, indexed, small, unit_rows
from tests.store.shelf import Shelf, articles_of, settled

OPEN = Filter()


def test_filters_act_inside_both_searches(shelf: Shelf, writer: OpenWriter) -> None:
    puts = [
        small(
            f"n{number}",
            number,
            source="Daily Bugle" if number % 50 == 0 else "Gazette",
            published=date(2024, 1, 1 + number % 28) if number % 10 else None,
            language="de" if number % 40 == 3 else "en",
        )
        for number in range(200)
    ]
    writer.apply(Change(put=puts))
    vector = unit_rows(1, 5)[0]
    cases: dict[Filter, Callable[[Article], object]] = {
        Filter(sources=frozenset({"dAILY bugle"})): lambda a: a.source == "Daily Bugle",
        Filter(languages=frozenset({"de"})): lambda a: a.language == "de",
        Filter(article_ids=frozenset({"n7", "n8", "none"})): lambda a: a.id in ("n7", "n8"),
        Filter(since=date(2024, 1, 27)): lambda a: a.published and a.published.day >= 27,
        Filter(until=date(2024, 1, 2)): lambda a: a.published and a.published.day <= 2,
        Filter(since=date(2024, 1, 9), until=date(2024, 1, 9)): lambda a: (
            a.published and a.published.day == 9
        ),
    }
    query = "border river bridge council harvest engine storm"
    with shelf.reading(writer) as store:
        for where, passes in cases.items():
            wanted = {put.article.id for put in puts if passes(put.article)}
            assert wanted
            searches = [store.search_vectors(vector, 1000, where)]
            if shelf.keywords:
                searches.append(store.search_keywords(query, 1000, where))
            for hits in searches:
                assert articles_of(store, hits) == wanted
                assert len(hits) == 2 * len(wanted)
                assert [hit.score for hit in hits] == sorted(
                    (hit.score for hit in hits), reverse=True
                )
            summaries, number = store.articles(where, limit=1000)
            assert {one.id for one in summaries} == wanted
            assert number == len(wanted)
        backwards = Filter(since=date(2024, 2, 1), until=date(2024, 1, 1))
        for nothing in (Filter(sources=frozenset({"nobody"})), backwards):
            assert store.search_vectors(vector, 5, nothing) == []
            assert store.search_keywords("border", 5, nothing) == []
            assert store.articles(nothing) == ([], 0)


def test_keywords_rank_rare_words_and_short_passages_first(
    shelf: Shelf, writer: OpenWriter
) -> None:
    texts = {
        "often": ["The council met about the price."],
        "rare": ["The zeppelin landed."],
        "both": ["The council watched the zeppelin."],
        "number": ["Growth was 3.4 percent, S-400 or COVID-19."],
    }
    puts = [indexed(article_of(name, lines), lines) for name, lines in texts.items()]
    writer.apply(Change(put=[*puts, *(small(f"n{number}", number) for number in range(9))]))
    with shelf.reading(writer) as store:
        if not shelf.keywords:
            assert store.search_keywords("council zeppelin", 3, OPEN) == []
            return
        hits = store.search_keywords("council zeppelin", 3, OPEN)
        assert store.passages([hits[0].passage_id])[0].article.id == "both"
        assert store.passages([hits[1].passage_id])[0].article.id == "rare"
        assert all(hit.score > 0 for hit in hits)
        for query in ("3.4", "S400", "covid-19"):
            assert articles_of(store, store.search_keywords(query, 5, OPEN)) == {"number"}


def test_what_a_store_cannot_do_is_told(shelf: Shelf, writer: OpenWriter) -> None:
    writer.apply(Change(put=[small("a")]))
    with shelf.reading(writer) as store:
        degraded = store.status().degraded
        assert (degraded is None) == shelf.keywords
        if degraded is not None:
            assert "no keyword search" in degraded


def test_any_text_is_a_valid_keyword_query(shelf: Shelf, writer: OpenWriter) -> None:
    writer.apply(Change(put=[small("a")]))
    queries = [
        "",
        "   ",
        '"',
        "a* OR (b",
        "NEAR(x y)",
        "title:x",
        "-",
        "\x00",
        "😀",
        "x y " * 9_999,
    ]
    with shelf.reading(writer) as store:
        for query in queries:
            assert isinstance(store.search_keywords(query, 5, OPEN), list)


def test_shares_of_terms(shelf: Shelf, writer: OpenWriter) -> None:
    sentences = ["The river rose 3.4 metres.", "It fell.", "Trains ran.", "Buses did not."]
    put = indexed(article_of("a", sentences, title=""), sentences, sentences_each=1)
    writer.apply(Change(put=[put]))
    with shelf.reading(writer) as store:
        assert store.term_shares(["river", "train", "absent", "3.4"]) == [0.25, 0.25, 0.0, 0.25]
        assert store.term_shares([]) == []
        writer.apply(Change(put=[indexed(article_of("b", ["River."], title=""), ["River."])]))
        settled(store, writer)
        assert store.term_shares(["river"]) == [0.4]
