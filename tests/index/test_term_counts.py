"""Terms counted over all texts at once are those that splitting every text would count."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedded.connections import open_reading
from index.embedded.keyword_index import score_all, term_shares
from index.embedded.keyword_scan import bm25
from index.embedded.keyword_tiers import inverse_frequency
from index.embedded.term_counts import TABLE_BYTES, count_terms
from index.opening import open_writer
from index.store import Change, Filter
from tests.index.collections_of_articles import DIMENSION, MODEL, small

WORDS = st.text(st.characters(exclude_categories=["Cs", "Z", "C"]), min_size=1, max_size=6)
COMMON = st.sampled_from(["a", "aa", "ab", "b", "да", "3.4", "水"])
TEXTS = st.lists(st.lists(COMMON | WORDS, max_size=12).map(" ".join), max_size=8)


def agrees(terms: list[str], texts: list[str]) -> None:
    counts, lengths = count_terms(terms, texts)
    assert counts.tolist() == [[text.split(" ").count(term) for text in texts] for term in terms]
    assert lengths.tolist() == [len(text.split()) for text in texts]


@given(st.lists(COMMON | WORDS, max_size=6, unique=True), TEXTS)
def test_terms_are_counted_as_by_splitting(terms: list[str], texts: list[str]) -> None:
    agrees(terms, texts)


@pytest.mark.parametrize("repeated", [1, 200, TABLE_BYTES // 7, TABLE_BYTES])
def test_texts_of_any_length_are_counted(repeated: int) -> None:
    long = " ".join(["river bridge"] * repeated)
    agrees(["bridge", "river", "riverbridge"], ["river", long, "", long, "bridge bridge", long])


def test_many_texts_are_counted_in_parts() -> None:
    number = TABLE_BYTES // 10
    texts = [f"vote {place} storm vote" for place in range(number)]
    counts, lengths = count_terms(["vote", "7"], texts)
    assert counts[0].tolist() == [2] * number
    assert counts[1].nonzero()[0].tolist() == [7]
    assert lengths.tolist() == [4] * number


def test_scores_are_those_of_bm25(tmp_path: Path) -> None:
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small(f"a{number}", number) for number in range(30)]))
        connection = open_reading(writer._database)
    rows = connection.execute("SELECT id, c0, c1 FROM keywords_content").fetchall()
    lengths = [len(title.split()) + len(body.split()) for _, title, body in rows]
    words = ["river", "bridg", "storm"]
    shares = term_shares(connection, words)
    weights = {word: inverse_frequency(share) for word, share in zip(words, shares, strict=True)}
    ids = [row[0] for row in rows]
    hits = score_all(connection, "river bridge storm", ids, len(rows), Filter())
    connection.close()
    expected = {
        number: score
        for number, title, body in rows
        if (score := bm25(title.split(), body.split(), weights, sum(lengths) / len(lengths)))
    }
    assert {hit.passage_id for hit in hits} == set(expected)
    assert len(hits) > 10
    for hit in hits:
        assert hit.score == pytest.approx(expected[hit.passage_id], rel=1e-12)
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))
