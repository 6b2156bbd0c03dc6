"""What is kept about people who ask: for as long as is said, by nobody else to be read."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from mcp import Client
from telegram import Chat, Message, Update, User

from bot.conversations import Conversations
from bot.feedback import Feedback
from bot.telegram.database import open_database
from bot.telegram.database_thread import DatabaseThread
from bot.telegram.housekeeping import erase_handled
from bot.telegram.inbox import Inbox
from bot.telegram.services import conversation_id
from bot.telegram.shown_answers import ShownAnswer, ShownAnswers
from retrieval.answer import Answer, Turn
from tests.patience import PATIENCE
from tests.telegram.test_memory import an_update

WORDS = "zanzibar-marzipan"
TURN = Turn(WORDS, WORDS, answered=True)
ANSWER = Answer(WORDS, WORDS, False, 0.1, (), (), (), 1, 1.0)
USER = 5
DAY = 86_400


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Path]:
    """A data folder with everything that one person may leave behind, in open databases."""
    conversations = Conversations(tmp_path / "conversations.sqlite", hours=6)
    conversations.append(conversation_id(USER, USER), TURN)
    conversations.append("browser", TURN)
    feedback = Feedback(tmp_path / "feedback.sqlite")
    feedback.rate("one", f"telegram:{USER}", "bad", ANSWER)
    with closing(open_database(tmp_path)) as telegram, closing(feedback):
        ShownAnswers(telegram).put(ShownAnswer("t", USER, USER, 7, WORDS, (8,), 1, ANSWER))
        message = Message(
            1,
            datetime.now(UTC),
            Chat(USER, Chat.PRIVATE),
            User(USER, "X", is_bot=False),
            text=WORDS,
        )
        Inbox(telegram).take(Update(1, message=message))
        yield tmp_path


def files_with(words: str, folder: Path) -> set[str]:
    """Found by another process: where this one closes a file of SQLite's, its locks are gone, and
    the program under test would believe to be the last that uses the database.
    """
    found = subprocess.run(
        ["grep", "--recursive", "--files-with-matches", "--fixed-strings", words, str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode in (0, 1), found.stderr
    return {Path(line).name for line in found.stdout.splitlines()}


def forget(data: Path, whom: str) -> int:
    """The exit status."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "--data", str(data), "forget", whom],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert "deleted" in done.stdout, done.stderr
    return done.returncode


def test_who_is_forgotten_is_in_no_file(kept: Path) -> None:
    assert len({name.partition("-")[0] for name in files_with(WORDS, kept)}) == 3
    assert forget(kept, str(USER)) == 0
    assert Conversations(kept / "conversations.sqlite", hours=6).history("browser")
    assert forget(kept, "browser") == 0
    assert files_with(WORDS, kept) == set()
    assert forget(kept, "browser") == forget(kept, str(USER)) == forget(kept, "9" * 30) == 1


def test_a_conversation_whose_name_is_a_number_is_forgotten_too(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    for name in ("12345", "12345678"):
        Conversations(path, hours=6).append(name, TURN)
    assert forget(tmp_path, "12345") == 0
    assert not Conversations(path, hours=6).history("12345")
    assert Conversations(path, hours=6).history("12345678")


def test_only_the_owner_may_read_what_people_asked(kept: Path) -> None:
    files = [path for path in kept.iterdir() if "sqlite" in path.name]
    assert len(files) >= 3
    assert {path.stat().st_mode & 0o077 for path in files} == {0}


def test_expired_conversations_go_although_nobody_asks(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    Conversations(path, hours=6).append("one", TURN)
    age(path, "turns", "at", -6.5 * 3600)
    Conversations(path, hours=6)
    assert rows(path, "turns") == 0


@pytest.mark.parametrize("days", [-31, 31])
def test_answers_on_the_screen_go_after_thirty_days(kept: Path, days: int) -> None:
    """Also those that were written while the clock was a month ahead."""
    path = kept / "telegram.sqlite3"
    age(path, "answers", "at", days * DAY)
    age(path, "updates", "taken", days * DAY)
    with closing(open_database(kept)) as telegram:
        ShownAnswers(telegram).drop_expired()
        Inbox(telegram).drop_expired()
    assert rows(path, "answers") == rows(path, "updates") == 0


def test_an_expired_conversation_is_in_no_file(tmp_path: Path) -> None:
    """Neither in the log of a server that goes on running."""
    path = tmp_path / "conversations.sqlite"
    conversations = Conversations(path, hours=6)
    conversations.append("one", TURN)
    assert files_with(WORDS, tmp_path)
    age(path, "turns", "at", -7 * 3600)
    conversations.drop_expired()
    assert files_with(WORDS, tmp_path) == set()


def test_an_expired_answer_is_in_no_file(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as telegram:
        shown = ShownAnswers(telegram)
        shown.put(ShownAnswer("t", USER, USER, 7, WORDS, (8,), 1, ANSWER))
        assert files_with(WORDS, tmp_path)
        age(tmp_path / "telegram.sqlite3", "answers", "at", -31 * DAY)
        shown.drop_expired()
        assert files_with(WORDS, tmp_path) == set()


async def test_what_a_handled_message_said_is_in_no_file(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as telegram:
        inbox, thread = Inbox(telegram), DatabaseThread()
        inbox.take(an_update(1))
        inbox.finish(1)
        assert files_with("a secret question", tmp_path)
        with closing(sqlite3.connect(tmp_path / "telegram.sqlite3")) as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM updates").fetchone()
            inbox.erase_words()
            assert inbox.leaves_words, "another process still reads in the log"
        erasing = asyncio.create_task(erase_handled(inbox, thread))
        await asyncio.sleep(0)
        await thread.run(Inbox, telegram)  # done after what it has begun
        erasing.cancel()
        await asyncio.wait([erasing])
        assert files_with("a secret question", tmp_path) == set()
        inbox.finish(1)
        assert inbox.leaves_words, "each further one is erased as well"


def test_a_message_that_nobody_waits_for_any_more_is_in_no_file(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as telegram:
        inbox = Inbox(telegram)
        inbox.take(an_update(1))
        inbox.erase_words()
        assert not inbox.leaves_words
        age(tmp_path / "telegram.sqlite3", "updates", "taken", -15 * DAY)
        inbox.drop_expired()
        assert inbox.leaves_words
        inbox.erase_words()
        assert files_with("a secret question", tmp_path) == set()


def test_a_clock_that_was_ahead_keeps_no_conversation_longer(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    conversations = Conversations(path, hours=6)
    conversations.append("one", TURN)
    age(path, "turns", "at", 400 * DAY)
    conversations.append("other", TURN)
    assert rows(path, "turns") == 1


def test_a_clock_set_back_leaves_a_conversation_in_order(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    conversations = Conversations(path, hours=6)
    conversations.append("one", Turn("first", "first", answered=True))
    age(path, "turns", "at", 3 * 3600)
    conversations.append("one", Turn("second", "second", answered=True))
    assert [turn.question for turn in conversations.history("one")] == ["first", "second"]


async def test_nobody_looks_into_a_chat_by_its_name(address: str) -> None:
    """The names of Telegram's conversations can be guessed; those of others are random."""
    name = conversation_id(USER, USER)
    asked = {"question": "And then?", "conversation_id": name}
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:
        assert (await client.post("/ask", json=asked)).status_code == 422
    async with Client(f"{address}/mcp") as tools:
        refused = await tools.call_tool("ask", asked)
    assert refused.is_error is True


def age(path: Path, table: str, column: str, seconds: float) -> None:
    """Move what is kept in time: what a clock that jumps does to it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE {table} SET {column} = {column} + ?", (seconds,))  # noqa: S608


def rows(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
