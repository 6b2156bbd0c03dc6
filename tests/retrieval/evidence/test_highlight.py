from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.composition import Parts
from corpus.article import Span
from retrieval.answer import Question
from retrieval.evidence.quotes import whole_words
from retrieval.question.answer_kinds import is_only_a_time
from retrieval.question.units import REACH, unit_asked
from retrieval.words.turn_names import is_stop_word


@pytest.mark.parametrize(
    ("sentence", "found", "shown"),
    [
        ("By noon 1,160 vehicles had passed.", "160", "1,160"),
        ("It took twenty-five men.", "twenty", "twenty-five"),
        ("He didn’t come.", "didn", "didn’t"),
        ("It runs for 1,084 kilometres (674 miles).", "1,084 kilometres (674 miles", None),
        ("It was Anna Berg.", "Anna Berg", "Anna Berg"),
    ],
)
def test_no_word_or_figure_is_cut_in_two(sentence: str, found: str, shown: str | None) -> None:
    start = sentence.index(found)
    whole = whole_words(Span(start, start + len(found)), Span(0, len(sentence)), sentence)
    assert whole.of(sentence) == (shown or f"{found})")


@given(st.text(max_size=60), st.data())
def test_what_is_shown_holds_what_was_found_and_lies_in_the_sentence(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    whole = whole_words(Span(start, end), Span(0, len(text)), text)
    assert 0 <= whole.start <= start <= end <= whole.end <= len(text)


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("Where is the border with Belarus?", None),
        ("Who won the Essling Chess Open?", "Freya Malinde"),
    ],
)
def test_small_words_and_days_are_no_names(
    sample_parts: Parts, question: str, marked: str | None
) -> None:
    answer = sample_parts.answerer.answer(Question(question, date(2024, 9, 10)))
    shown = [
        quote.highlight.of(stored.text)
        for quote in answer.quotes
        if quote.highlight and (stored := sample_parts.store.article(quote.article.id))
    ]
    assert marked is None or shown[0].startswith(marked)
    assert not any(is_stop_word(one) or is_only_a_time(one) for one in shown)


def test_words_without_the_unit_asked_for_are_not_marked(sample_parts: Parts) -> None:
    question = "How many kilometres long is the border between Ukraine and Belarus?"
    answer = sample_parts.answerer.answer(Question(question, date(2024, 9, 10)))
    marked = [
        quote.article.text[quote.highlight.start : quote.highlight.end + REACH]
        for quote in answer.quotes
        if quote.highlight
    ]
    unit = unit_asked(question)
    assert unit is not None
    assert marked
    assert all(unit.search(one) for one in marked)
