"""The bot without a server: it follows the folders, and keeps no turn that nobody follows up."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio
from filelock import FileLock

from bot.indexing import bring_in_line
from bot.leadership import RETRY_SECONDS
from bot.telegram.run import folders_followed
from tests.bot.test_following import Town
from tests.index.collections_of_articles import eventually
from tests.telegram.bot_process import POLLING, START_SECONDS, bot_by
from tests.telegram.botapi.person import Person
from tests.telegram.conftest import ADMINISTRATOR, NewApi
from tests.telegram.test_additions import outcome
from tests.telegram.test_asking import QUESTION

pytestmark = pytest.mark.asyncio(loop_scope="session")

FERRY = "The ferry to Ostrava Island will carry 380 passengers from next spring."
FERRY_QUESTION = "How many passengers will the ferry carry?"


@pytest_asyncio.fixture(loop_scope="session")
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    made = Town(tmp_path)
    made.write(1)
    bring_in_line(made.parts, [made.folder], rebuild=False)
    yield made
    await asyncio.to_thread(made.parts.close)


async def comes_to_hold(town: Town, *numbers: int) -> bool:
    return await asyncio.to_thread(eventually, lambda: town.holds(*numbers))


async def test_a_file_that_comes_is_indexed(town: Town) -> None:
    async with folders_followed(town.parts):
        town.write(2)
        assert await comes_to_hold(town, 1, 2)


async def test_where_a_server_follows_it_waits_for_its_turn(town: Town) -> None:
    lock = FileLock(town.data / "leader.lock", thread_local=False)
    lock.acquire(timeout=0)
    async with folders_followed(town.parts):
        town.write(2)
        await asyncio.sleep(3 * RETRY_SECONDS)
        assert town.holds(1)
        lock.release()
        assert await comes_to_hold(town, 1, 2)
    # The end of the block has given the turn away, or this would raise.
    lock.acquire(timeout=0)
    lock.release()


async def test_the_program_answers_from_a_file_that_comes(folder: Path, own_api: NewApi) -> None:
    api = own_api()
    await api.start()
    async with bot_by(POLLING, api, folder).running():
        person = Person(api)
        article = {"title": "A new boat", "text": FERRY}
        (folder / "articles" / "boat.json").write_text(json.dumps(article))
        async with asyncio.timeout(START_SECONDS):
            while "380" not in (await person.asks(FERRY_QUESTION))["text"]:
                pass


async def test_what_nobody_can_follow_up_leaves_no_turn_on_the_disk(
    folder: Path, own_api: NewApi
) -> None:
    api = own_api()
    await api.start()
    async with bot_by(POLLING, api, folder, telegram_admins=str(ADMINISTRATOR)).running():
        person = Person(api, id=ADMINISTRATOR)
        for typed in ("Which treaty did Belarus", QUESTION):
            await person.types_inline(typed)
        article = {"title": "A new boat", "text": FERRY}
        tried = await outcome(person, "boat.json", json.dumps(article).encode())
        assert "A new boat" in tried["text"]
        assert kept_turns(folder) == 0
        await person.asks(QUESTION)
        assert kept_turns(folder) == 1


def kept_turns(folder: Path) -> int:
    """How many turns are on the disk, of whichever conversation."""
    with closing(sqlite3.connect(folder / "data" / "conversations.sqlite")) as kept:
        (number,) = kept.execute("SELECT count(*) FROM turns").fetchone()
    return int(number)
