"""The bot and the server over damaged files of what people chose, asked and rated."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from bot.conversations import Conversations
from bot.feedback import Feedback
from bot.sound_files import put_aside_in
from bot.telegram.database import open_database
from bot.telegram.preferences import Preference, Preferences
from index.check import check
from retrieval.answer import Answer, Turn
from tests.resilience.damaging import WAYS, Damage, tear, truncate
from tests.telegram.bot_process import WEBHOOK, BotProcess, bot_by, new_folder
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import World

TREATY = "Which treaty did Belarus and Russia sign in 1999?"
UNION = "Union State"
PEOPLE = 400
UNSAID = Answer("Why?", "Why?", False, 0.1, (), (), (), 1, 1.0)
FILES = ("feedback.sqlite", "telegram.sqlite3")
DAY_IN_HOURS = 24.0


def fill(data: Path) -> None:
    """What many people have left behind, and one conversation."""
    with closing(Feedback(data / "feedback.sqlite")) as feedback:
        for number in range(PEOPLE):
            feedback.rate(f"answer-{number}", f"telegram:{number}", "good", UNSAID)
    with closing(open_database(data)) as database:
        for number in range(PEOPLE):
            Preferences(database).put(number, Preference("uk", 2))
    kept = Conversations(data / "conversations.sqlite", hours=DAY_IN_HOURS)
    kept.append("browser", Turn("Why?", "Why?", answered=True))


def overwrite(path: Path) -> None:
    """Every byte, in place: were the file empty for a moment, SQLite, which maps its `-shm` into
    memory, would be ended by the system for reading there."""
    with path.open("r+b") as file:
        file.write(b"\xff" * path.stat().st_size)


async def answers_and_takes_ratings(api: BotApi) -> None:
    """Somebody asks, is answered, and rates the answer."""
    person = Person(api)
    told = await person.asks(TREATY)
    assert UNION in told["text"]
    assert await person.presses(told, "👍")


@pytest.mark.parametrize("damage", WAYS)
async def test_the_bot_puts_damaged_files_aside_and_answers(
    indexed: Path, tmp_path: Path, damage: Damage
) -> None:
    folder = new_folder(indexed, tmp_path / "own")
    data = folder / "data"
    fill(data)
    for name in FILES:
        damage(data / name)
    damaged = [(data / name).read_bytes() for name in FILES]
    async with BotApi(World()).running() as api:
        bot = BotProcess(api, folder, reader="none", threshold="0")
        for _ in range(2):
            async with bot.running():
                await answers_and_takes_ratings(api)
    aside = put_aside_in(data)
    assert [path.read_bytes() for path in aside] == damaged
    told = [line for line in bot.log.splitlines() if "damaged file put aside" in line]
    assert len(told) == len(FILES)
    assert all(any(path.name in line for line in told) for path in aside)
    assert "Traceback" not in bot.log
    assert rated(data) == 2
    assert Conversations(data / "conversations.sqlite", hours=DAY_IN_HOURS).history("browser")
    assert check(data).sound


async def test_the_server_with_telegram_puts_damaged_files_aside_and_answers(
    indexed: Path, tmp_path: Path
) -> None:
    folder = new_folder(indexed, tmp_path / "own")
    fill(folder / "data")
    tear(folder / "data" / "telegram.sqlite3")
    truncate(folder / "data" / "feedback.sqlite")
    async with BotApi(World()).running() as api:
        bot = bot_by(WEBHOOK, api, folder, reader="none", threshold="0")
        async with bot.running():
            await answers_and_takes_ratings(api)
    assert len(put_aside_in(folder / "data")) == len(FILES)
    assert rated(folder / "data") == 1
    assert "Traceback" not in bot.log


async def test_files_that_are_damaged_while_the_bot_runs_stop_no_answers(
    indexed: Path, tmp_path: Path
) -> None:
    folder = new_folder(indexed, tmp_path / "own")
    async with BotApi(World()).running() as api:
        bot = BotProcess(api, folder, reader="none", threshold="0")
        async with bot.running():
            await answers_and_takes_ratings(api)
            for name in FILES:
                for path in (folder / "data").glob(f"{name}*"):
                    overwrite(path)
            await answers_and_takes_ratings(api)
            await answers_and_takes_ratings(api)
    assert "Traceback" not in bot.log


async def test_forgetting_tells_where_nobody_can_be_forgotten(
    indexed: Path, tmp_path: Path
) -> None:
    folder = new_folder(indexed, tmp_path / "own")
    fill(folder / "data")
    truncate(folder / "data" / "telegram.sqlite3")
    async with BotApi(World()).running() as api:
        bot = BotProcess(api, folder)
        said = await bot.runs("forget", "5")
    assert "deleted 1 records" in said
    assert "telegram.sqlite3.damaged-1" in said
    assert "delete it" in said


def rated(data: Path) -> int:
    """How many ratings there are."""
    with closing(Feedback(data / "feedback.sqlite")) as feedback:
        return sum(feedback.counts())
