"""The bot inside `onrecord serve`, fed by webhook: what is particular to it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.telegram.application import webhook_address
from tests.telegram.bot_process import SECRET, START_SECONDS, WEBHOOK, BotProcess, bot_by
from tests.telegram.botapi.delivery import SECRET_HEADER
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.world import CROWD_SECONDS
from tests.telegram.conftest import NewApi

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize("mode", [WEBHOOK], indirect=True, scope="session"),
]

QUESTION = "Which treaty did Belarus and Russia sign in 1999?"
ANSWER = "Union State"
ASKED = {
    QUESTION: ANSWER,
    "What temperature was measured at Halvern?": "41.9",
    "What does a penguin eat for breakfast on Mars?": "don't say",
}


async def test_updates_come_by_webhook_alone(bot: BotProcess) -> None:
    world = bot.api.world
    assert world.webhook
    assert world.webhook["url"].endswith("/telegram/webhook")
    assert not world.called("getUpdates")


@pytest.mark.timeout(2 * CROWD_SECONDS)
async def test_two_hundred_chats_at_once_by_webhook(
    mode: str, own_api: NewApi, folder: Path
) -> None:
    """In a collection of their own: what other tests add makes some answers several messages."""
    api = own_api(per_second=1000)
    await api.start()
    async with bot_by(mode, api, folder).running():
        people = [Person(api) for _ in range(200)]
        wanted = list(ASKED.items())
        asked = [
            (person, person.says(wanted[number % len(wanted)][0]), wanted[number % len(wanted)][1])
            for number, person in enumerate(people)
        ]
        answers = await asyncio.gather(
            *(person.reads(q, seconds=CROWD_SECONDS) for person, q, _ in asked)
        )
        await asyncio.sleep(0.5)
        for (person, question, words), [answer] in zip(asked, answers, strict=True):
            assert words in answer["text"]
            assert answer["chat"]["id"] == person.id
            assert len(person.heard(person.chat, question)) == 1


async def test_an_update_delivered_twice_is_answered_once(bot: BotProcess) -> None:
    person = Person(bot.api)
    hook = bot.api.world.webhook
    assert hook
    question = person.says(QUESTION)
    update = bot.api.world.updates[-1]
    await person.reads(question)
    async with httpx.AsyncClient(timeout=60) as client:
        again = await client.post(hook["url"], json=update, headers={SECRET_HEADER: SECRET})
    assert again.status_code == 200
    await person.asks(QUESTION)
    assert len(person.heard(person.chat, question)) == 2


async def test_an_inline_query_that_was_overtaken_keeps_the_later_from_no_answer(
    bot: BotProcess,
) -> None:
    """Updates come over several connections, and so in any order."""
    person, world = Person(bot.api), bot.api.world
    hook = world.webhook
    assert hook
    person.starts_inline("Which treaty")
    later = person.starts_inline(QUESTION)
    updates = world.updates[-2:]
    del world.updates[-2:]
    async with httpx.AsyncClient(timeout=60) as client:
        for update in reversed(updates):
            await client.post(hook["url"], json=update, headers={SECRET_HEADER: SECRET})
    assert (await world.until(later))["results"]


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "é"])
async def test_only_telegram_knows_the_secret(bot: BotProcess, secret: str) -> None:
    hook = bot.api.world.webhook
    assert hook
    async with httpx.AsyncClient(timeout=60) as client:
        response = await client.post(
            hook["url"],
            json={"update_id": 1},
            headers={SECRET_HEADER.encode(): secret.encode()},
        )
    assert response.status_code == 403


async def test_what_is_no_update_is_refused(bot: BotProcess) -> None:
    hook = bot.api.world.webhook
    assert hook
    async with httpx.AsyncClient(timeout=60) as client:
        bodies: list[dict[str, Any]] = [{}, {"update_id": "x", "message": 3}, {"message": {}}]
        for body in bodies:
            response = await client.post(hook["url"], json=body, headers={SECRET_HEADER: SECRET})
            assert 400 <= response.status_code < 500
    assert ANSWER in (await Person(bot.api).asks(QUESTION))["text"]


async def test_the_bot_comes_once_the_store_does(mode: str, own_api: NewApi, folder: Path) -> None:
    api = own_api()
    await api.start()
    process = bot_by(mode, api, folder)
    in_the_way = folder / "data" / "telegram.sqlite3"
    in_the_way.unlink(missing_ok=True)
    in_the_way.mkdir()
    await process.launch()
    await api.world.until(lambda: "telegram.not_ready" in process.log, START_SECONDS)
    assert not process.ended
    in_the_way.rmdir()
    await api.world.until(lambda: api.world.webhook, START_SECONDS)
    assert ANSWER in (await Person(api).asks(QUESTION))["text"]
    await process.stop()
    assert "telegram.stopped" in process.log
    assert "Traceback" not in process.log


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("https://a.example", "https://a.example/telegram/webhook"),
        ("https://a.example/", "https://a.example/telegram/webhook"),
        ("https://a.example/bots/mine", "https://a.example/bots/mine"),
    ],
)
async def test_the_address_may_be_given_with_or_without_a_path(
    mode: str, setting: str, address: str
) -> None:
    assert mode
    assert webhook_address(setting) == address
