"""What a chat brings along from before."""

from __future__ import annotations

import httpx

from bot.http.chat_history import TURNS_READ, ChatHistory
from bot.http.schemas.chat import Message

LONGEST = 100


def chat(*texts: str) -> ChatHistory:
    """Questions, each answered with a word."""
    messages = [
        Message(role=role, content=text)  # type: ignore[arg-type]
        for question in texts
        for role, text in (("user", question), ("assistant", "Yes."))
    ]
    return ChatHistory(messages, LONGEST)


def test_the_turns_before_the_last_question_are_its_history() -> None:
    history = chat("How long is the bridge at Zarnow?", "And the border?", "Why?")
    assert [turn.question for turn in history] == [
        "How long is the bridge at Zarnow?",
        "And the border?",
    ]
    assert history[0].shown == ("Yes.",)
    assert len(chat(*["How long is it?"] * 20)) == TURNS_READ


def test_what_is_longer_than_a_question_may_be_is_no_turn() -> None:
    questions = ["How long is it? " * LONGEST, "How long is the bridge at Zarnow?", "And they?"]
    assert [turn.question for turn in chat(*questions)] == questions[1:2]


def test_an_endless_turn_is_not_read(client: httpx.Client) -> None:
    messages = [
        {"role": "user", "content": "Who is Ada Reporter of Example Courier? " * 10_000},
        {"role": "user", "content": "And they?"},
    ]
    answer = client.post("/v1/chat/completions", json={"messages": messages}).json()["onrecord"]
    assert answer["standalone_question"] == "And they?"
