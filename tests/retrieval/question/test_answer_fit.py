from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Span
from retrieval.question.answer_fit import (
    answer_fits,
    counted_found,
    counted_noun,
    negated,
    rest_found,
)
from retrieval.question.answer_kinds import AnswerKind, answer_kind
from retrieval.question.units import unit_asked
from retrieval.words.question_terms import QuestionTerms, term_set


def asked(*terms: str, names: tuple[str, ...] = ()) -> QuestionTerms:
    return QuestionTerms(terms, tuple(1 / len(terms) for _ in terms), frozenset(names))


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("How many fishing vessels sank?", "fishing vessels"),
        ("What is the number of trams in the city?", "trams"),
        ("Сколько солдат на границе?", "солдат"),
        ("Скільки учнів у школі?", "учнів"),
        ("Wie viele Menschen starben?", "Menschen"),
        ("Сколько стоит проезд?", ""),
        ("Who counted the votes?", ""),
    ],
)
def test_what_is_counted(question: str, counted: str) -> None:
    found = counted_noun(question)
    assert term_set(counted) <= found
    assert bool(found) == bool(counted)


def test_a_sentence_that_does_not_name_it_cannot_count_it() -> None:
    question = "How many seats does the stadium have?"
    assert counted_found(question, term_set("It holds 9,000 seats.")) == 1.0
    assert counted_found(question, term_set("It was built ten years ago.")) == 0.0
    assert math.isnan(counted_found("Who built it?", frozenset()))


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "fits"),
    [
        ("How many people came?", "Some 3,000 people came.", "3,000", 1.0),
        ("How many people came?", "Some 3,000 people came.", "people came", 0.0),
        ("When did it close?", "It closed on 3 March.", "3 March", 1.0),
        ("When did it close?", "It closed for 47 days.", "47 days", 0.0),
        ("How old is she?", "Anna Berg, 41, won.", "41", 1.0),
        ("How long is the bridge?", "It cost 12 dollars.", "12", 0.0),
        ("How many kilometres long is it?", "Opened in 1998, it grew by 5 %.", "5 %", 0.0),
        ("How many kilometres long is it?", "The line is 14km long.", "14", 1.0),
        ("How many percent voted?", "In 2019 the turnout was a mere 62%.", "2019", 0.0),
        ("How many hours did it take?", "It took 27 hours.", "27 hours", 1.0),
        ("How much did the bridge cost?", "They paid US$12 million.", "12 million", 1.0),
        ("How much did the bridge cost?", "They paid for 12 million nails.", "12 million", 0.0),
    ],
)
def test_answering_words_are_of_the_kind_asked_for(
    question: str, sentence: str, answer: str, fits: float
) -> None:
    start = sentence.index(answer)
    span = Span(start, start + len(answer))
    assert answer_fits(answer_kind(question), unit_asked(question), sentence, span) == fits


def test_any_words_may_give_a_reason() -> None:
    assert math.isnan(answer_fits(AnswerKind.REASON, None, "It rained.", Span(0, 2)))


def test_what_is_asked_about_a_name_is_told_apart_from_the_name() -> None:
    terms = asked("design", "ilse", "bridg", names=("ilse", "bridg"))
    assert rest_found(terms, frozenset({"ilse", "bridg"})) == 0.0
    assert rest_found(terms, frozenset({"design"})) == 1.0
    assert math.isnan(rest_found(asked("ilse", names=("ilse",)), frozenset({"ilse"})))


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The agency has not yet approved the vaccine.", 1.0),
        ("The agency approved the vaccine in May.", 0.0),
        ("The agency, which is not large, approved the vaccine.", 0.0),
        ("Агентство не утвердило вакцину.", 0.0),
    ],
)
def test_a_negated_word_of_the_question_is_noticed(sentence: str, found: float) -> None:
    terms = asked(*sorted(term_set("approved vaccine")))
    assert negated("When did the agency approve the vaccine?", terms, sentence) == found


def test_a_question_that_negates_asks_for_it() -> None:
    terms = asked(*sorted(term_set("approved")))
    assert negated("Why was it not approved?", terms, "It was not approved.") == 0.0


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_texts_can_be_compared(question: str, sentence: str) -> None:
    assert counted_found(question, term_set(sentence)) in {0.0, 1.0} or not counted_noun(question)
    assert negated(question, asked("a"), sentence) in {0.0, 1.0}
