"""Answers over the sample articles, with every part real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.composition import Parts
from retrieval.answer import Answer, Question, Quote, Turn
from retrieval.progress import Cancelled, Unwatched

TODAY = date(2024, 9, 10)


def ask(parts: Parts, text: str, **fields: object) -> Answer:
    return parts.answerer.answer(replace(Question(text, TODAY), **fields))  # type: ignore[arg-type]


def stands(parts: Parts, quote: Quote) -> bool:
    stored = parts.store.article(quote.article.id)
    assert stored is not None
    return stored.text[quote.start : quote.end] == quote.text


def test_the_sentence_that_answers_is_quoted_with_its_place(sample_parts: Parts) -> None:
    answer = ask(sample_parts, "Who won the Essling Chess Open?")
    assert answer.answered
    best = answer.quotes[0]
    assert best.article.title == "Schoolgirl of 15 wins the Essling Chess Open"
    assert best.article.published == date(2023, 11, 18)
    assert all(stands(sample_parts, quote) for quote in answer.quotes)


@pytest.mark.parametrize(
    "question",
    ["What did Lukashenko say about the border?", "Who won the Essling Chess Open?"],
)
@pytest.mark.parametrize("typed", [str.lower, str.capitalize, str.upper])
def test_how_capitals_are_typed_changes_no_answer(
    sample_parts: Parts, question: str, typed: Callable[[str], str]
) -> None:
    answer, plain = ask(sample_parts, typed(question)), ask(sample_parts, question)
    assert answer.question == typed(question)
    assert not answer.is_reworded
    assert answer.standalone_question.casefold() == question.casefold()
    assert [quote.text for quote in answer.quotes] == [quote.text for quote in plain.quotes] != []
    assert answer.confidence == pytest.approx(plain.confidence, abs=0.02)


def test_what_no_article_says_is_not_answered(sample_parts: Parts) -> None:
    answer = ask(sample_parts, "How do I bake sourdough bread?")
    assert not answer.answered
    assert answer.quotes == ()
    assert 1 <= len(answer.nearest) <= 3
    assert all(stands(sample_parts, near) for near in answer.nearest)


def test_a_claim_and_its_denial_are_both_shown(sample_parts: Parts) -> None:
    answer = ask(sample_parts, "Did Ukraine send 120,000 troops to the border?")
    assert answer.answered
    assert len(answer.sides) >= 2
    speakers = " ".join(side.speaker for side in answer.sides)
    assert "Lukashenko" in speakers
    assert any(name in speakers for name in ("Kyiv", "Ukrain"))
    numbers = {quote.number for quote in answer.quotes}
    assert all(set(side.quotes) <= numbers for side in answer.sides)


def test_nothing_outside_the_filters_is_quoted(sample_parts: Parts) -> None:
    text = "How many soldiers are at the border?"
    since = ask(sample_parts, text, since=date(2024, 8, 1))
    assert all(
        one.article.published is not None and one.article.published >= date(2024, 8, 1)
        for one in (*since.quotes, *since.nearest)
    )
    outlet = ask(sample_parts, text, sources=frozenset({"eastern ledger"}))
    assert {one.article.source for one in (*outlet.quotes, *outlet.nearest)} == {"Eastern Ledger"}
    nobody = ask(sample_parts, text, sources=frozenset({"No Such Outlet"}))
    assert not nobody.answered
    assert nobody.nearest == ()


CHESS = "Who won the Essling Chess Open?"


def test_a_question_that_the_conversation_says_nothing_to_is_asked_alone(
    sample_parts: Parts,
) -> None:
    question = "What did Lukashenko say?"
    alone = ask(sample_parts, question)
    followed = ask(sample_parts, question, history=(Turn(CHESS, CHESS, answered=True),))
    assert alone.answered
    assert followed.standalone_question == question
    assert [quote.text for quote in followed.quotes] == [quote.text for quote in alone.quotes]
    assert followed.took_ms >= sum(followed.stages.values())


def test_a_question_that_leans_on_the_conversation_is_never_asked_alone(
    sample_parts: Parts,
) -> None:
    turn = Turn(CHESS, CHESS, answered=True)
    answer = ask(sample_parts, "And what did Lukashenko say?", history=(turn,))
    assert not answer.answered
    assert answer.standalone_question == "What did Lukashenko say about the Essling Chess Open?"


@pytest.mark.parametrize("count", [1, 2, 5])
def test_no_more_quotes_than_asked_for(sample_parts: Parts, count: int) -> None:
    answer = ask(sample_parts, "What happened at the border with Belarus?", max_quotes=count)
    assert len(answer.quotes) <= count


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(
        st.text(max_size=200),
        st.text(alphabet='"*():^-+NEAR AND OR NOT {}[]', max_size=40),
        st.sampled_from(["😀😀😀", "\x00", "?", "<b>who</b>", "'; DROP TABLE articles; --"]),
        st.lists(
            st.sampled_from(["border", "Ukraine", "who", "when", "said", "120,000", "Minsk"]),
            min_size=1,
        ).map(" ".join),
    )
)
def test_any_question_gets_quotes_that_stand_or_none(sample_parts: Parts, text: str) -> None:
    answer = ask(sample_parts, text)
    assert 0.0 <= answer.confidence <= 1.0
    assert answer.answered == bool(answer.quotes)
    for quote in (*answer.quotes, *answer.nearest):
        assert stands(sample_parts, quote)
        if quote.highlight is not None:
            assert quote.start <= quote.highlight.start <= quote.highlight.end <= quote.end


def test_an_asker_who_goes_away_stops_the_work(sample_parts: Parts) -> None:
    class Gone(Unwatched):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        sample_parts.answerer.answer(Question("Who won?", TODAY), Gone())
