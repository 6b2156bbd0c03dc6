"""The bot ends and starts again: nothing is lost, nothing is answered twice."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.world import Fault
from tests.telegram.conftest import NewApi

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "Which treaty did Belarus and Russia sign in 1999?"
ANSWER = "Union State"


async def test_buttons_and_edits_outlive_the_process(own_api: NewApi, folder: Path) -> None:
    api = own_api()
    await api.start()
    person = Person(api)
    question = person.says(QUESTION)
    async with BotProcess(api, folder).running():
        [answer] = await person.reads(question)
    async with BotProcess(api, folder).running():
        before = answer["text"]
        await person.presses(answer, "Context")
        await api.world.until(lambda: answer["text"] != before)
        await person.presses(answer, "👍")
        person.edits(question, "What does a penguin eat for breakfast on Mars?")
        await api.world.until(lambda: "don't say" in answer["text"])
        assert len(person.heard(person.chat, question)) == 1


async def test_what_is_asked_between_two_runs_is_answered_once(
    own_api: NewApi, folder: Path
) -> None:
    api = own_api()
    await api.start()
    people = [Person(api) for _ in range(3)]
    async with BotProcess(api, folder).running():
        await people[0].asks(QUESTION)
    questions = [person.says(QUESTION) for person in people]
    async with BotProcess(api, folder).running():
        for person, question in zip(people, questions, strict=True):
            await person.reads(question)
    async with BotProcess(api, folder).running():
        await asyncio.sleep(1)
    for person, question in zip(people, questions, strict=True):
        assert len(person.heard(person.chat, question)) == 1


async def test_a_question_taken_by_a_process_that_dies_is_answered_by_the_next(
    own_api: NewApi, folder: Path
) -> None:
    api = own_api()
    await api.start()
    person = Person(api)
    process = BotProcess(api, folder)
    await process.start()
    api.world.faults.append(Fault("sendMessage", 1000, None))
    question = person.says(QUESTION)
    await api.world.until(lambda: not api.world.updates)
    await process.stop(signal.SIGKILL)
    api.world.faults.clear()
    async with BotProcess(api, folder).running():
        [answer] = await person.reads(question)
        assert ANSWER in answer["text"]
    async with BotProcess(api, folder).running():
        await asyncio.sleep(0.5)
    assert len(person.heard(person.chat, question)) == 1


async def test_a_stop_while_telegram_is_away_keeps_the_question(
    own_api: NewApi, folder: Path
) -> None:
    api = own_api()
    await api.start()
    person = Person(api)
    process = BotProcess(api, folder)
    await process.start()
    api.world.faults.append(Fault("sendMessage", 1000, None))
    question = person.says(QUESTION)
    await api.world.until(lambda: not api.world.updates)
    assert await process.stop() == 0
    api.world.faults.clear()
    async with BotProcess(api, folder).running():
        [answer] = await person.reads(question)
        assert ANSWER in answer["text"]


async def test_pending_updates_are_dropped_where_that_is_chosen(
    own_api: NewApi, folder: Path
) -> None:
    api = own_api()
    await api.start()
    person = Person(api)
    old = person.says(QUESTION)
    async with BotProcess(api, folder, telegram_drop_pending="true").running():
        new = person.says(QUESTION)
        await person.reads(new)
        assert len(person.heard(person.chat, old)) == 1


async def test_an_interrupt_ends_it_cleanly(own_api: NewApi, folder: Path) -> None:
    api = own_api()
    await api.start()
    process = BotProcess(api, folder)
    await process.start()
    assert await process.stop(signal.SIGINT) == 0
    assert "Traceback" not in process.log


@pytest.mark.parametrize("token", ["not-a-token", "123456789:" + "x" * 35])
async def test_a_wrong_token_says_so_at_start(own_api: NewApi, folder: Path, token: str) -> None:
    api = own_api()
    await api.start()
    process = BotProcess(api, folder, telegram_token=token)
    await process.launch()
    assert await process.exit_status() == 3
    assert "BotFather" in process.log
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


async def test_neither_token_nor_messages_reach_the_log(own_api: NewApi, folder: Path) -> None:
    api = own_api()
    await api.start()
    process = BotProcess(api, folder)
    async with process.running():
        person = Person(api)
        api.world.faults.append(Fault("sendMessage", 1, None))
        answer = await person.asks(QUESTION + " xyzzy")
        await person.presses(answer, "Context")
        await person.types_inline(QUESTION + " plugh")
        await person.sends_press(answer, "frotz:1")
    secret = api.world.token.partition(":")[2]
    for private in (secret, "xyzzy", "plugh", "frotz", "1999", ANSWER):
        assert private not in process.log
    assert "telegram.answered" in process.log
