"""Proof of quotes against a real store."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from index.embedded.reader import EmbeddedReader
from index.embedding.embedder import Embedder
from index.opening import open_store
from retrieval.evaluation.data_set import read_data_set
from retrieval.evaluation.indexing import index_data_set
from retrieval.proof.proving import Finding, Verdict, failures, first_difference, prove
from tests.retrieval.evaluation.evaluation_data import write_data_set

Json = dict[str, Any]
WAITED = "“We waited until every bolt was tested,” said Ingrid Solheim, who led the works."
LORRIES = "Lorries above 20 tonnes remain banned until autumn."


@pytest.fixture(scope="module")
def store(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedReader]:
    folder = tmp_path_factory.mktemp("proof")
    data = read_data_set(write_data_set(folder / "town"))
    with closing(open_store(index_data_set(data, folder / "work", embedder))) as opened:
        yield opened


@pytest.fixture
def bridge(store: EmbeddedReader) -> Article:
    article = store.article("bridge")
    assert article is not None
    return article


def quote_of(article: Article, text: str) -> Json:
    start = article.text.index(text)
    return {
        "text": text,
        "start": start,
        "end": start + len(text),
        "article": {"id": article.id, "content_hash": article.content_hash},
    }


def only(answer: Json, store: EmbeddedReader) -> Finding:
    (finding,) = prove(answer, store)
    return finding


def test_what_stands_in_the_article_is_proven(store: EmbeddedReader, bridge: Article) -> None:
    quote = quote_of(bridge, WAITED)
    quote["highlight"] = {"start": quote["start"] + 1, "end": quote["start"] + 3}
    findings = prove({"quotes": [quote], "nearest": [quote_of(bridge, LORRIES)]}, store)
    assert [finding.verdict for finding in findings] == [Verdict.PROVEN, Verdict.PROVEN]
    assert [finding.place for finding in findings] == ["quotes[0]", "nearest[0]"]
    assert not list(failures(findings))


def test_the_first_changed_character_is_named(store: EmbeddedReader, bridge: Article) -> None:
    quote = quote_of(bridge, "Engineers had replaced 62 cables")
    quote["text"] = "Engineers had replaced 63 cables"
    finding = only({"quotes": [quote]}, store)
    assert finding.verdict is Verdict.DIFFERENT
    place = bridge.text.index("62 cables") + 1
    assert f"differs at {place}" in finding.detail
    assert "U+0033" in finding.detail
    assert "U+0032" in finding.detail


def test_a_look_alike_character_is_told_apart(store: EmbeddedReader, bridge: Article) -> None:
    quote = quote_of(bridge, "Engineers")
    quote["text"] = "Еngineers"  # begins with a Cyrillic letter
    finding = only({"quotes": [quote]}, store)
    assert finding.verdict is Verdict.DIFFERENT
    assert "CYRILLIC CAPITAL LETTER IE" in finding.detail
    assert "LATIN CAPITAL LETTER E" in finding.detail


def test_the_right_words_in_the_wrong_place_are_not_proven(
    store: EmbeddedReader, bridge: Article
) -> None:
    quote = quote_of(bridge, "Engineers")
    there = f"at {quote['start']}:{quote['end']}"
    quote["start"] += 1
    quote["end"] += 1
    finding = only({"quotes": [quote]}, store)
    assert finding.verdict is Verdict.MISPLACED
    assert there in finding.detail


def test_another_version_is_not_proven_even_where_the_words_stand(
    store: EmbeddedReader, bridge: Article
) -> None:
    quote = quote_of(bridge, "Engineers")
    quote["article"]["content_hash"] = "0" * 64
    assert only({"quotes": [quote]}, store).verdict is Verdict.OTHER_VERSION
    del quote["article"]["content_hash"]
    finding = only({"quotes": [quote]}, store)
    assert finding.verdict is Verdict.OTHER_VERSION
    assert "does not say which version" in finding.detail


def test_an_article_that_is_not_stored_is_named(store: EmbeddedReader, bridge: Article) -> None:
    quote = quote_of(bridge, "Engineers")
    quote["article"]["id"] = "never-heard-of"
    assert only({"quotes": [quote]}, store).verdict is Verdict.ARTICLE_GONE


def test_a_quote_of_one_article_is_not_proven_by_another(
    store: EmbeddedReader, bridge: Article
) -> None:
    quote = quote_of(bridge, "Engineers")
    quote["article"]["id"] = "ferry"
    assert not only({"quotes": [quote]}, store).verdict.holds


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", None),
        ("start", -1),
        ("start", "0"),
        ("start", True),
        ("end", 0),
        ("end", 10**30),
        ("article", None),
        ("article", {"id": 7}),
        ("article", {"id": "\ud800"}),
        ("highlight", {"start": 0, "end": 10**6}),
        ("highlight", [1, 2]),
    ],
)
def test_what_is_malformed_is_a_finding_and_no_error(
    store: EmbeddedReader, bridge: Article, field: str, value: object
) -> None:
    quote = {**quote_of(bridge, "Engineers"), field: value}
    finding = only({"quotes": [quote]}, store)
    assert not finding.verdict.holds
    assert "\n" not in finding.detail


def test_a_span_that_reaches_past_the_end_is_not_proven(
    store: EmbeddedReader, bridge: Article
) -> None:
    quote = quote_of(bridge, "banned until autumn.")
    quote["end"] += 1
    finding = only({"quotes": [quote]}, store)
    assert finding.verdict is Verdict.MALFORMED
    assert "covers 21 characters, its text has 20" in finding.detail


def test_an_answer_without_quotes_has_nothing_to_prove(store: EmbeddedReader) -> None:
    assert prove({"answered": False, "quotes": [], "nearest": []}, store) == []
    assert prove({}, store) == []
    assert not only({"quotes": "all of them"}, store).verdict.holds


@pytest.mark.parametrize(
    "part",
    ["said Ingrid Solheim, who led the works.", "“We waited until every bolt", "above 20 tonnes"],
)
def test_words_out_of_a_sentence_are_told_to_be_cut(
    store: EmbeddedReader, bridge: Article, part: str
) -> None:
    finding = only({"quotes": [quote_of(bridge, part)]}, store)
    assert finding.verdict is Verdict.CUT
    assert finding.verdict.holds
    assert "inside a sentence" in finding.detail


@pytest.mark.parametrize("words", [f"{WAITED} {LORRIES}", LORRIES, WAITED])
def test_whole_sentences_with_all_that_is_told_of_them_are_proven(
    store: EmbeddedReader, bridge: Article, words: str
) -> None:
    quote = quote_of(bridge, words) | ({} if words == LORRIES else {"speaker": "Ingrid Solheim"})
    end = bridge.text.index(words)
    quote["before"] = bridge.text[:end].split(". ")[-1].strip() or ""
    quote["article"] |= {"title": bridge.title, "source": bridge.source, "published": "2023-05-04"}
    quote["copies"] = [{"id": "ferry", "title": "Ferry line orders two electric ships"}]
    assert only({"quotes": [quote]}, store).verdict is Verdict.PROVEN


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({"before": "Nobody says that"}, "before it"),
        ({"after": "Nobody says that"}, "after it"),
        ({"after": ["x"]}, "after it"),
        ({"speaker": "Petra Lindqvist"}, "speaker"),
        ({"speaker": "Veldhaven"}, "where the article has 'Ingrid Solheim'"),
        ({"speaker": "Ingrid Solheim", "direct": False}, "direct"),
        ({"direct": True}, "nobody who speaks"),
        ({"copies": [{"id": "nowhere"}]}, "copy"),
        ({"copies": ["bridge"]}, "copy"),
        ({"copies": [{"id": "ferry", "source": "other.example"}]}, "article.source"),
    ],
)
def test_what_is_told_of_a_quote_must_be_so(
    store: EmbeddedReader, bridge: Article, told: Json, wanted: str
) -> None:
    finding = only({"quotes": [quote_of(bridge, WAITED) | told]}, store)
    assert finding.verdict is Verdict.ALTERED
    assert wanted in finding.detail


@pytest.mark.parametrize("field", ["title", "author", "source", "published", "url", "language"])
def test_what_is_told_of_the_article_must_be_so(
    store: EmbeddedReader, bridge: Article, field: str
) -> None:
    quote = quote_of(bridge, WAITED)
    quote["article"][field] = "1999-01-01"
    finding = only({"quotes": [quote]}, store)
    assert finding.verdict is Verdict.ALTERED
    assert f"article.{field}" in finding.detail


def test_a_text_that_shows_other_words_is_a_finding_more(
    store: EmbeddedReader, bridge: Article
) -> None:
    quote = quote_of(bridge, LORRIES) | {"number": 1}
    assert prove({"quotes": [quote], "answer": f"“{LORRIES}” [1]"}, store)[1:] == []
    altered = {"quotes": [quote], "answer": "“Lorries may pass again.” [1]"}
    first, *more = prove(altered, store)
    assert first.verdict is Verdict.PROVEN
    assert {(one.place, one.verdict) for one in more} == {("answer", Verdict.ALTERED)}


nested = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["text", "start", "end", "article", "highlight", "number"]), nested
    )
)
def test_nothing_made_up_is_ever_proven(store: EmbeddedReader, quote: Json) -> None:
    findings = prove({"quotes": [copy.deepcopy(quote)]}, store)
    assert not any(finding.verdict.holds for finding in findings)


@given(st.data())
def test_any_change_of_a_quote_is_noticed(store: EmbeddedReader, data: st.DataObject) -> None:
    article = store.article("observatory")
    assert article is not None
    start = data.draw(st.integers(0, len(article.text) - 2))
    end = data.draw(st.integers(start + 1, len(article.text)))
    quote = quote_of(article, article.text[start:end]) | {"start": start, "end": end}
    whole = only({"quotes": [quote]}, store)
    assert whole.verdict in (Verdict.PROVEN, Verdict.CUT)
    at = data.draw(st.integers(0, end - start - 1))
    other = data.draw(st.characters(exclude_characters=quote["text"][at]))
    quote["text"] = quote["text"][:at] + other + quote["text"][at + 1 :]
    finding = only({"quotes": [quote]}, store)
    assert not finding.verdict.holds


@given(st.text(max_size=12), st.text(max_size=12), st.integers(0, 100))
def test_the_first_difference_is_where_the_texts_part(quoted: str, stored: str, start: int) -> None:
    detail = first_difference(quoted, stored, start)
    at = int(detail.removeprefix("differs at ").split(",")[0]) - start
    assert quoted[:at] == stored[:at]
    assert quoted[at : at + 1] != stored[at : at + 1] or quoted == stored
    assert "\n" not in detail
