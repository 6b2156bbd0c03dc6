"""What nobody should ask, and what comes of it: an answer, an honest refusal, or a clear error."""

from __future__ import annotations

from datetime import date

import pytest

from bot.composition import Parts
from bot.engine import Inquiry
from corpus.errors import QuestionError
from retrieval.answer import Answer, Question, Turn
from retrieval.progress import Unwatched
from tests.conftest import SAMPLES

ASKED = date(2024, 9, 10)


def ask(parts: Parts, text: str) -> Answer:
    answer = parts.engine.ask_now(Inquiry(text, asked=ASKED), Unwatched()).answer
    assert answer.answered == bool(answer.quotes)
    for quote in (*answer.quotes, *answer.nearest):
        assert quote.article.text[quote.start : quote.end] == quote.text
        assert quote.text.strip()
    return answer


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u00a0"])
def test_an_empty_question_is_refused_with_a_reason(sample_parts: Parts, text: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        ask(sample_parts, text)


def test_two_thousand_words_are_refused_with_a_reason(sample_parts: Parts) -> None:
    with pytest.raises(QuestionError, match="shorten"):
        ask(sample_parts, "why did the bridge close " * 400)


@pytest.mark.parametrize("text", ["\ud83d", "\ud800 bridge"])
def test_half_a_character_is_refused_with_a_reason(sample_parts: Parts, text: str) -> None:
    with pytest.raises(QuestionError, match="half a character"):
        ask(sample_parts, text)


@pytest.mark.parametrize(
    "text",
    [
        "为什么桥关闭了？",
        "لماذا أغلق الجسر؟",
        "რატომ დაიხურა ხიდი?",
        "なぜ橋は閉鎖されたのですか",
        "😀",
        "😀🎉🚀" * 20,
        "?",
        "…",
        "the of and to in",
        "asdf qwer zxcv",
        "<b></b>",
        "<br/>",
        "0",
        "a\x00b",
        "\u202eredrob eht si gnol woH",
    ],
)
def test_what_cannot_be_understood_is_not_answered(sample_parts: Parts, text: str) -> None:
    assert not ask(sample_parts, text).answered


@pytest.mark.parametrize("word", ["Lukashenko", "herring", "Halvern", "tram"])
def test_a_word_alone_gets_what_is_about_it_or_a_refusal(sample_parts: Parts, word: str) -> None:
    answer = ask(sample_parts, word)
    shown = answer.quotes or answer.nearest
    assert any(word.casefold() in one.article.text.casefold() for one in shown)


@pytest.mark.parametrize(
    "wrapping",
    [
        "<p>{}</p>",
        "<b>{}</b><br/>",
        '"{}"',
        "({}) AND NOT foo*",
        "{} -chess^2 title:open*",
        "  {}  \n",
        "{}????",
        "**{}**",
    ],
)
def test_marks_and_operators_around_a_question_do_no_harm(
    sample_parts: Parts, wrapping: str
) -> None:
    answer = ask(sample_parts, wrapping.format("Who won the Essling Chess Open?"))
    assert answer.answered
    assert "Malinde" in answer.quotes[0].text


@pytest.mark.parametrize("follow_up", ["Who came second?", "When was it?", "What else?"])
def test_a_follow_up_is_understood_through_the_marks_of_a_page(
    sample_parts: Parts, follow_up: str
) -> None:
    first = "Who won the Essling Chess Open?"
    turn = Turn(first, first, answered=True, names=("Freya Malinde",))
    answerer = sample_parts.answerer
    plain = answerer.answer(Question(follow_up, ASKED, history=[turn]))
    marked = answerer.answer(Question(f"<p>{follow_up}</p>", ASKED, history=[turn]))
    assert marked.question == f"<p>{follow_up}</p>"
    assert marked.standalone_question == plain.standalone_question
    assert marked.quotes == plain.quotes
    assert marked.notes == plain.notes


def test_a_pasted_article_is_read_as_a_question_like_any_other(sample_parts: Parts) -> None:
    pasted = (SAMPLES / "2024-05-17-halvern-tram-line-seven.md").read_text(encoding="utf-8")
    answer = ask(sample_parts, pasted[:3900])
    shown = answer.quotes or answer.nearest
    assert any("tram" in one.article.title.casefold() for one in shown)


def test_a_script_is_text(sample_parts: Parts) -> None:
    answer = ask(sample_parts, "<script>alert(1)</script> '; DROP TABLE articles; --")
    assert not answer.answered
    assert sample_parts.store.status().articles == 16
