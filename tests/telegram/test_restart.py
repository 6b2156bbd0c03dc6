"""The bot ends and starts again: nothing is lost, nothing is answered twice."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.telegram.bot_process import MODES, POLLING, WEBHOOK, BotProcess, bot_by
from tests.telegram.botapi.person import Person, find_button
from tests.telegram.botapi.refusal import flood
from tests.telegram.botapi.world import Fault, Json
from tests.telegram.conftest import NewApi

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "Which treaty did Belarus and Russia sign in 1999?"
ANSWER = "Union State"


@pytest.mark.parametrize("how", MODES)
async def test_buttons_edits_and_questions_outlive_the_process(
    own_api: NewApi, folder: Path, how: str
) -> None:
    api = own_api()
    await api.start()
    person, other = Person(api), Person(api)
    question = person.says(QUESTION)
    process = bot_by(how, api, folder)
    await process.start()
    [answer] = await person.reads(question)
    await process.stop(signal.SIGINT)
    assert "Traceback" not in process.log
    missed = other.says(QUESTION)
    async with bot_by(how, api, folder).running():
        await other.reads(missed)
        before = answer["text"]
        await person.presses(answer, "Context")
        await api.world.until(lambda: answer["text"] != before)
        await person.presses(answer, "👍")
        person.edits(question, "What does a penguin eat for breakfast on Mars?")
        await api.world.until(lambda: "don't say" in answer["text"])
    for who, asked in ((person, question), (other, missed)):
        assert len(who.heard(who.chat, asked)) == 1


@pytest.mark.parametrize("how", MODES)
async def test_a_question_taken_by_a_process_that_dies_is_answered_once_by_the_next(
    own_api: NewApi, folder: Path, how: str
) -> None:
    api = own_api()
    await api.start()
    person = Person(api)
    process = bot_by(how, api, folder)
    await process.start()
    first = await _asked_in_vain(person)
    await process.stop(signal.SIGKILL)

    process = bot_by(how, api, folder)
    api.world.faults.clear()
    await process.start()
    await person.reads(first)
    second = await _asked_in_vain(person)
    await process.stop()

    api.world.faults.clear()
    async with bot_by(how, api, folder).running():
        [answer] = await person.reads(second)
        assert ANSWER in answer["text"]
    assert len(person.heard(person.chat, first)) == 2


async def test_a_stop_does_not_wait_out_a_long_flood_refusal(own_api: NewApi, folder: Path) -> None:
    api = own_api()
    await api.start()
    person = Person(api)
    process = BotProcess(api, folder)
    await process.start()
    api.world.faults.append(Fault("sendMessage", 1, flood(600)))
    question = person.says(QUESTION)
    await api.world.until(lambda: any(c.status == 429 for c in api.world.calls))
    assert await process.stop() == 0
    async with BotProcess(api, folder).running():
        [answer] = await person.reads(question)
        assert ANSWER in answer["text"]


async def test_further_quotes_that_a_stop_kept_from_coming_come_with_the_next_press(
    own_api: NewApi, folder: Path
) -> None:
    api = own_api()
    await api.start()
    person = Person(api)
    process = BotProcess(api, folder)
    await process.start()
    answer = await person.asks("What did Lukashenko say about Ukraine and the border?")
    data = find_button(answer, "More")["callback_data"]
    fault = Fault("sendMessage", 1000, None)
    tried = len(api.world.calls)
    api.world.faults.append(fault)
    await person.sends_press(answer, data)
    await api.world.until(lambda: any(c.method == "sendMessage" for c in api.world.calls[tried:]))
    await process.stop(signal.SIGKILL)
    with closing(sqlite3.connect(folder / "data" / "telegram.sqlite3")) as kept:
        kept.execute("DELETE FROM updates")
        kept.commit()

    api.world.faults.clear()
    async with BotProcess(api, folder).running():
        await person.sends_press(answer, data)
        [more] = await person.reads(answer)
        assert "[4]" in more["text"]


async def test_from_webhook_to_polling_no_question_is_lost(own_api: NewApi, folder: Path) -> None:
    api = own_api()
    await api.start()
    person = Person(api)
    async with bot_by(WEBHOOK, api, folder).running():
        question = person.says(QUESTION)
        await person.reads(question)
    missed = person.says(QUESTION)
    async with bot_by(POLLING, api, folder).running():
        await person.reads(missed)
        assert api.world.webhook is None
    assert len(person.heard(person.chat, question)) == 2


async def _asked_in_vain(person: Person) -> Json:
    """A question that the bot has taken but cannot answer, because Telegram takes no message."""
    world = person.world
    world.faults.append(Fault("sendMessage", 1000, None))
    tried = len(world.calls)
    question = person.says(QUESTION)
    await world.until(
        lambda: not world.updates and any(c.method == "sendMessage" for c in world.calls[tried:])
    )
    return question


@pytest.mark.parametrize("how", MODES)
async def test_pending_updates_are_dropped_where_that_is_chosen(
    own_api: NewApi, folder: Path, how: str
) -> None:
    api = own_api()
    await api.start()
    person = Person(api)
    old = person.says(QUESTION)
    async with bot_by(how, api, folder, telegram_drop_pending="true").running():
        new = person.says(QUESTION)
        await person.reads(new)
        assert len(person.heard(person.chat, old)) == 1


async def test_a_start_while_telegram_is_away_is_made_up_for(own_api: NewApi, folder: Path) -> None:
    api = own_api()
    person = Person(api)
    question = person.says(QUESTION)
    process = BotProcess(api, folder)
    await process.launch()
    await api.world.until(lambda: "telegram.unreachable" in process.log)
    await api.start()
    [answer] = await person.reads(question)
    assert ANSWER in answer["text"]
    assert await process.stop() == 0


@pytest.mark.parametrize(
    ("token", "code"),
    [("123456789:" + "x" * 35, 404), ("123456789:" + "x" * 35, 401), ("my-token-xyzzy", 404)],
)
async def test_a_wrong_token_says_so_in_one_line_at_start(
    own_api: NewApi, folder: Path, token: str, code: int
) -> None:
    api = own_api(wrong_token=code)
    await api.start()
    process = BotProcess(api, folder, telegram_token=token)
    await process.launch()
    assert await process.exit_status() == 3
    [line] = [line for line in process.log.splitlines() if "BotFather" in line]
    assert "ONRECORD_TELEGRAM_TOKEN" in line
    assert "Traceback" not in process.log
    assert token not in process.log


async def test_a_token_that_is_revoked_ends_the_process_and_says_so(
    own_api: NewApi, folder: Path
) -> None:
    api = own_api()
    await api.start()
    process = BotProcess(api, folder)
    await process.start()
    person = Person(api)
    api.world.token = "123456789:" + "n" * 35
    person.says(QUESTION)
    assert await process.exit_status() == 3
    assert "BotFather" in process.log


async def test_without_a_token_it_says_where_to_get_one(own_api: NewApi, folder: Path) -> None:
    api = own_api()
    await api.start()
    process = BotProcess(api, folder, telegram_token="")
    await process.launch()
    assert await process.exit_status() == 2
    assert "BotFather" in process.log
