"""Questions written with only headlines in view: how their file is read, and sentences found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.composition import Parts
from index.store import Filter
from retrieval.training.asked_questions import WRITTEN, fingerprint, judged, sentence_of


def test_what_is_under_a_question_answers_it_or_tells_a_part() -> None:
    lines = ["# note", "? Who won?", "= a1 0f", "~ a2 1e", "= a3 2d", "? When?", "", "? Why so? "]
    assert judged(lines) == [
        ("Who won?", [("a1", "0f"), ("a3", "2d")], [("a2", "1e")]),
        ("When?", [], []),
        ("Why so? ", [], []),
    ]


@pytest.mark.parametrize(
    ("lines", "number"),
    [(["= a1 0f"], 1), (["? Who?", "= a1"], 2), (["? Who?", "who indeed"], 2), (["?Who"], 1)],
)
def test_a_line_that_is_neither_is_named(lines: list[str], number: int) -> None:
    with pytest.raises(ValueError, match=re.escape(f"line {number} is no question and no place")):
        judged(lines)


def test_sentences_are_found_by_their_fingerprints(sample_parts: Parts) -> None:
    articles, _ = sample_parts.store.articles(Filter(), 0, 3)
    for article in articles:
        for passage in sample_parts.store.neighbours(article.id):
            for sentence in passage.sentence_texts():
                assert sentence_of(sample_parts.store, article.id, fingerprint(sentence))
        with pytest.raises(ValueError, match="index the open `news` anew"):
            sentence_of(sample_parts.store, article.id, "0000000000")


@given(st.text(), st.text())
def test_other_words_have_another_fingerprint(one: str, other: str) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (one == other)


def test_the_file_has_hundreds_of_questions_answered_or_not() -> None:
    every = judged(WRITTEN.read_text(encoding="utf-8").splitlines())
    assert len(every) == len({text for text, _, _ in every}) > 800
    assert sum(not whole and not parts for _, whole, parts in every) > 80
    assert not any(whole and parts for _, whole, parts in every)
    places = {place for _, whole, parts in every for place in (*whole, *parts)}
    assert all(re.fullmatch(r"[0-9a-f]{10}", told) for _, told in places)
