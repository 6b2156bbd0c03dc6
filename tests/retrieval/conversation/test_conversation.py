from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer import Turn
from retrieval.conversation.follow_ups import standalone, stands_alone

TROOPS = "What did Kyiv say about the 120,000 troops?"
SENT = "Did Ukraine send 120,000 troops to the border?"


def after(previous: str, question: str, names: tuple[str, ...] = ()) -> str:
    return standalone(question, [Turn(previous, previous, True, names)])


@pytest.mark.parametrize(
    ("previous", "question", "expected"),
    [
        (
            TROOPS,
            "And what did Minsk say about it?",
            "What did Minsk say about the 120,000 troops?",
        ),
        (TROOPS, "And what did Minsk say?", "What did Minsk say about the 120,000 troops?"),
        (TROOPS, "And Minsk?", "What did Minsk say about the 120,000 troops?"),
        (TROOPS, "What about Minsk?", "What did Minsk say about the 120,000 troops?"),
        (TROOPS, "and minsk", "What did minsk say about the 120,000 troops?"),
        (TROOPS, "And in 2023?", "What did Kyiv say about the 120,000 troops in 2023?"),
        (TROOPS, "What about the drones?", "What did Kyiv say about the drones?"),
        (TROOPS, "Has it responded?", "Has Kyiv responded?"),
        (SENT, "Why?", "Why did Ukraine send 120,000 troops to the border?"),
        (SENT, "When did it happen?", "When did Ukraine send 120,000 troops to the border?"),
        (SENT, "And Poland?", "Did Poland send 120,000 troops to the border?"),
        (SENT, "How many?", "How many? Did Ukraine send 120,000 troops to the border?"),
        (
            SENT,
            "What did Minsk say about that?",
            "What did Minsk say about whether Ukraine did send 120,000 troops to the border?",
        ),
        ("Who won the Tony Awards?", "When was it?", "When was the Tony Awards?"),
        (
            "What did Belarus say about Ukraine?",
            "And Ukraine?",
            "What did Ukraine say about Belarus?",
        ),
        ("Who is Viktor Holt?", "What did he say?", "What did Viktor Holt say?"),
        ("Who is Anna Berg?", "Where is her house?", "Where is Anna Berg’s house?"),
        (
            "What did Minsk say in June 2022 about drones?",
            "And in July?",
            "What did Minsk say in July about drones?",
        ),
        (
            "What happened to the bridge in June 2022?",
            "Who closed it?",
            "Who closed the bridge in June 2022?",
        ),
        (
            "Что сказал Киев о 120 000 военных?",
            "А что сказал Минск?",
            "Что сказал Минск о 120 000 военных?",
        ),
        (
            "Що сказав Київ про 120 000 військових?",
            "А Мінськ?",
            "Що сказав Мінськ про 120 000 військових?",
        ),
    ],
)
def test_a_follow_up_is_completed(previous: str, question: str, expected: str) -> None:
    assert after(previous, question) == expected


def test_a_person_of_the_last_answer_can_be_meant() -> None:
    asked = after("Who is the mayor of Halvern?", "How old is she?", ("Halvern", "Anna Berg"))
    assert asked == "How old is Anna Berg?"


@pytest.mark.parametrize(
    "question",
    [
        "Who won the Tony Awards?",
        "What is the capital of France?",
        "How long is the border between Ukraine and Belarus?",
        "What did Lukashenko say about his forces?",
        "Is it true that Norway mined the strait?",
        "How long does it take to fly to Mars?",
        "And what did Biden say about inflation?",
        "hello",
        "",
        "???",
    ],
)
def test_a_new_topic_starts_clean(question: str) -> None:
    assert after(TROOPS, question) == question


def test_the_first_question_stands_as_it_is() -> None:
    assert standalone("And what did Minsk say about it?", []) == "And what did Minsk say about it?"


def test_a_chain_of_follow_ups_keeps_the_topic() -> None:
    second = after(TROOPS, "And Minsk?")
    third = standalone("Why?", [Turn(TROOPS, TROOPS, True), Turn("And Minsk?", second, True)])
    assert "Minsk" in third
    assert "120,000 troops" in third


def test_a_pasted_article_is_left_alone() -> None:
    pasted = "He said it.\nThey did it."
    assert after(TROOPS, pasted) == pasted


@pytest.mark.parametrize("courtesy", ["hi", "thanks", "Good morning!", "Спасибо", "?", "…"])
def test_courtesy_is_no_topic(courtesy: str) -> None:
    assert after(courtesy, "How much did it cost?") == "How much did it cost?"
    kept = [Turn(TROOPS, TROOPS, True), Turn(courtesy, courtesy, False)]
    assert standalone("And Minsk?", kept) == "What did Minsk say about the 120,000 troops?"


@pytest.mark.parametrize(
    "question",
    [
        "How hot was it in Halvern?",
        "Was it cold in Veldmoor last night?",
        "Did it snow in Halvern?",
        "How far is it from Halvern to Veldmoor?",
    ],
)
def test_the_it_of_weather_and_time_stands_for_nothing_said_before(question: str) -> None:
    assert after("What is the capital of Peru?", question) == question


def test_what_somebody_said_is_asked_about_a_topic_only_where_it_was_answered() -> None:
    asked = "What did Lukashenko say?"
    unanswered = Turn("How is the wether", "How is the wether", False)
    assert standalone(asked, [unanswered]) == asked
    sent = Turn(SENT, SENT, True)
    why = Turn("Why?", f"Why {SENT[0].lower()}{SENT[1:]}", False)
    assert "troops" in standalone(asked, [sent, why])
    assert "troops" in standalone("And what did Lukashenko say?", [replace(sent, answered=False)])
    assert "troops" in standalone("What did the police say?", [replace(sent, answered=False)])


def test_a_question_that_would_become_too_long_is_asked_as_it_is() -> None:
    assert standalone("Why?", [Turn(SENT, SENT, True)], longest=len(SENT)) == "Why?"
    endless = "a" * 5000
    kept = [Turn(SENT, SENT, True), Turn(endless, endless, True)]
    assert standalone("Why?", kept) == "Why did Ukraine send 120,000 troops to the border?"


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("What did Lukashenko say?", True),
        ("And what did Lukashenko say?", False),
        ("What did he say about Lukashenko?", False),
        ("How much does bread cost?", False),
        ("What else did Lukashenko say?", False),
    ],
)
def test_a_question_with_a_name_that_points_at_nothing_may_stand_alone(
    question: str, alone: bool
) -> None:
    assert stands_alone(question) == alone


WORDS = "And what about it he Minsk ? in 2023 why the troops . Anna they А что this , there"
words = st.sampled_from(WORDS.split())
questions = st.one_of(st.text(max_size=120), st.lists(words, max_size=10).map(" ".join))


@given(questions, questions, st.lists(st.text(max_size=20), max_size=3))
def test_any_conversation_gives_a_question(previous: str, question: str, names: list[str]) -> None:
    completed = after(previous, question, tuple(names))
    assert completed == question or completed.strip()
    assert standalone(question, []) == question


def test_a_question_that_names_its_place_stands_alone() -> None:
    before = "What treaty did Ruritania and Syldavia sign in 1999?"
    turn = Turn(question=before, standalone=before, answered=True)
    asked = "How many soldiers are at the border?"
    assert standalone(asked, [turn]) == asked
    completed = standalone("How many died?", [turn])
    assert completed.startswith("How many died, regarding")
    assert " did " not in completed
