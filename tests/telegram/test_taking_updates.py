"""A disk that is full or busy: the bot goes on, and what it did not take is delivered again."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.ext import Updater

from bot.sound_files import SoundDatabase
from bot.telegram.database import open_database
from bot.telegram.database_thread import DatabaseThread
from bot.telegram.housekeeping import keep_house
from bot.telegram.inbox import Inbox
from bot.telegram.shown_answers import ShownAnswer, ShownAnswers
from bot.telegram.texts import ENGLISH
from bot.telegram.updates import DurableQueue, NotTaken
from tests.patience import PATIENCE
from tests.security.test_privacy import files_with
from tests.telegram.bot_process import MODES, bot_by
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.server import BotApi
from tests.telegram.conftest import NewApi
from tests.telegram.test_memory import ANSWERED, an_update

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOST_PAGES = 2**30
LONG = " ".join(["Which goods are on the list?"] * 130)
"""More than fits into the pages that a new file has."""
COUNTS: dict[type[ShownAnswers] | type[Inbox], str] = {
    ShownAnswers: "SELECT count(*) FROM answers",
    Inbox: "SELECT count(*) FROM updates",
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SoundDatabase]:
    connection = open_database(tmp_path)
    connection.execute("PRAGMA busy_timeout = 1")
    yield connection
    connection.close()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another process writes into the bot's file, and does not come to an end."""
    with closing(sqlite3.connect(folder / "telegram.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def polling(api: BotApi, queue: DurableQueue) -> AsyncIterator[list[TelegramError]]:
    """The library's own loop, into our queue; the errors that it goes on after."""
    errors: list[TelegramError] = []
    bot = Bot(api.world.token, base_url=f"{api.url}/bot")
    async with Updater(bot, queue) as updater:
        await updater.start_polling(timeout=1, error_callback=errors.append)
        try:
            yield errors
        finally:
            await updater.stop()


async def said(queue: DurableQueue) -> str | None:
    """What the next update says."""
    update = await queue.get()
    assert isinstance(update, Update)
    assert update.message is not None
    return update.message.text


async def test_polling_outlives_a_full_disk_and_loses_nothing(
    own_api: NewApi, database: SoundDatabase
) -> None:
    api, queue = own_api(), DurableQueue(Inbox(database), DatabaseThread())
    await api.start()
    person = Person(api)
    database.execute("PRAGMA max_page_count = 1")
    person.says("Who won?")
    person.says(LONG)
    with capture_logs() as lines:
        async with polling(api, queue) as errors:
            await api.world.until(lambda: errors)
            assert isinstance(errors[0], NotTaken)
            assert len(api.world.updates) == 2
            database.execute(f"PRAGMA max_page_count = {MOST_PAGES}")
            assert [await said(queue), await said(queue)] == ["Who won?", LONG]
            await api.world.until(lambda: not api.world.updates)
            person.says("Who lost?")
            assert await said(queue) == "Who lost?"
    [first, *_] = [line for line in lines if line["event"] == "telegram.not_taken"]
    assert (first["kind"], first["log_level"]) == ("OperationalError", "error")
    assert "full" in first["reason"]


async def test_an_update_that_meets_a_locked_file_may_come_again(
    tmp_path: Path, database: SoundDatabase
) -> None:
    queue = DurableQueue(Inbox(database), DatabaseThread())
    with locked(tmp_path):
        with pytest.raises(NotTaken):
            await queue.put(an_update(1))
        assert queue.empty()
    await queue.put(an_update(1))
    await queue.put(an_update(1))
    assert queue.qsize() == 1


async def test_a_disk_that_is_busy_holds_up_nothing_but_what_needs_it(
    tmp_path: Path, database: SoundDatabase
) -> None:
    """The lock is let go by what goes on beside: were the loop held up, that would not come."""
    database.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")
    queue = DurableQueue(Inbox(database), DatabaseThread())
    with locked(tmp_path):
        coming = [asyncio.create_task(queue.put(an_update(number))) for number in range(1, 20)]
        await asyncio.sleep(0)
        assert queue.empty()
    await asyncio.gather(*coming)
    taken = [await queue.get() for _ in coming]
    assert [update.update_id for update in taken if isinstance(update, Update)] == list(
        range(1, 20)
    )


async def test_who_breaks_off_while_an_update_is_written_down_does_not_lose_it(
    tmp_path: Path, database: SoundDatabase
) -> None:
    """It is known as taken then, and would not be handled when it comes again."""
    database.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")
    inbox, thread = Inbox(database), DatabaseThread()
    queue = DurableQueue(inbox, thread)
    with locked(tmp_path):
        coming = asyncio.create_task(queue.put(an_update(1)))
        await asyncio.sleep(0)
        coming.cancel()
        await asyncio.wait([coming])
        assert queue.empty()
    [update] = [await asyncio.wait_for(queue.get(), PATIENCE)]
    assert isinstance(update, Update)
    assert await thread.run(inbox.waiting) == 1


async def test_what_a_handled_message_said_soon_stands_in_no_file(
    own_api: NewApi, folder: Path
) -> None:
    api = own_api()
    await api.start()
    person = Person(api)
    process = bot_by(MODES[0], api, folder)
    async with process.running():
        await person.asks("/help zanzibar-marzipan")
        await api.world.until(lambda: not files_with("zanzibar-marzipan", folder / "data"))


@pytest.mark.parametrize("how", MODES)
async def test_a_question_asked_while_the_file_is_locked_is_answered_afterwards(
    own_api: NewApi, folder: Path, how: str
) -> None:
    api = own_api()
    await api.start()
    person = Person(api)
    process = bot_by(how, api, folder)
    async with process.running():
        with locked(folder / "data"):
            asked = person.says("/help")
            await api.world.until(lambda: "telegram.not_taken" in process.log)
        [answer] = await person.reads(asked)
        assert ENGLISH.guide.help in answer["text"]
        await person.asks("/help")
        assert len(person.heard(person.chat, asked)) == 2
    assert "Traceback" not in process.log


class Remembering:
    """An engine's memory that lies on a disk which fails once."""

    def __init__(self) -> None:
        self.failures = [sqlite3.OperationalError("database or disk is full")]
        self.forgot = asyncio.Event()

    async def forget_expired(self) -> None:
        if self.failures:
            raise self.failures.pop()
        self.forgot.set()


@pytest.mark.parametrize("fails", list(COUNTS))
async def test_housekeeping_outlives_a_locked_file(
    tmp_path: Path, database: SoundDatabase, fails: type[ShownAnswers] | type[Inbox]
) -> None:
    ShownAnswers(database).put(ShownAnswer("t", 5, 6, 7, "q", (8,), 1, ANSWERED))
    Inbox(database).take(an_update(1))
    database.execute("UPDATE answers SET at = 0")
    database.execute("UPDATE updates SET taken = 0")
    count = COUNTS[fails]
    remembering = Remembering()
    with capture_logs() as lines:
        with locked(tmp_path):
            keeping = asyncio.create_task(
                keep_house([fails(database)], remembering, DatabaseThread(), 0.01)
            )
            await remembering.forgot.wait()
            assert database.execute(count).fetchone() == (1,)
        remembering.forgot.clear()
        await remembering.forgot.wait()
        assert database.execute(count).fetchone() == (0,)
        keeping.cancel()
        await asyncio.wait([keeping])
    reasons = {line["reason"] for line in lines if line["event"] == "telegram.not_tidied"}
    assert reasons == {"database is locked", "database or disk is full"}
