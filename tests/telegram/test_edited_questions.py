"""A question that is edited takes its own place in the conversation."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.conversations import Conversations
from retrieval.answer import Turn
from tests.telegram.botapi.person import Person
from tests.telegram.test_asking import ANSWER, QUESTION


def asked(conversations: Conversations, key: str | None = None) -> list[str]:
    return [turn.question for turn in conversations.history("one", key)]


def test_a_turn_asked_anew_is_read_without_itself_and_stays_in_its_place(tmp_path: Path) -> None:
    conversations = Conversations(tmp_path / "conversations.sqlite", hours=6)
    for number in range(3):
        turn = Turn(f"question {number}", f"question {number}", answered=True)
        conversations.append("one", turn, str(number))
    conversations.append("other", Turn("elsewhere", "elsewhere", answered=True), "1")
    assert asked(conversations, "1") == ["question 0"]
    assert asked(conversations, "new") == ["question 0", "question 1", "question 2"]
    conversations.append("one", Turn("corrected", "corrected", answered=True), "1")
    assert asked(conversations) == ["question 0", "corrected", "question 2"]
    assert [turn.question for turn in conversations.history("other")] == ["elsewhere"]


def test_conversations_of_an_earlier_version_go_on(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    Conversations(path, hours=6).append("one", Turn("before", "before", answered=True))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ALTER TABLE turns DROP COLUMN key")
    conversations = Conversations(path, hours=6)
    conversations.append("one", Turn("after", "after", answered=True), "7")
    assert asked(conversations) == ["before", "after"]


@pytest.mark.asyncio(loop_scope="session")
async def test_a_corrected_question_is_no_follow_up_to_its_own_typo(person: Person) -> None:
    question = person.says("Whut sed")
    [answer] = await person.reads(question)
    person.edits(question, "What did Lukashenko say?")
    await person.world.until(lambda: "Lukashenko" in answer["text"])
    assert "whut" not in answer["text"].casefold()
    person.edits(question, QUESTION)
    await person.world.until(lambda: ANSWER in answer["text"])
    assert answer["text"].startswith("“")
