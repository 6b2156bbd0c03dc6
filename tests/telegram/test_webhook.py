"""The bot inside `onrecord serve`, fed by webhook."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.telegram.application import webhook_address
from tests.telegram.bot_process import BotProcess, new_folder
from tests.telegram.botapi.delivery import SECRET_HEADER
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "Which treaty did Belarus and Russia sign in 1999?"
ANSWER = "Union State"
SECRET = "the-secret-of-the-webhook"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def served(
    indexed: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BotProcess]:
    api = BotApi(World(per_second=1000))
    await api.start()
    port = free_port()
    process = BotProcess(
        api,
        new_folder(indexed, tmp_path_factory.mktemp("served")),
        "serve",
        port=str(port),
        telegram_webhook_url=f"http://127.0.0.1:{port}",
        telegram_webhook_secret=SECRET,
        telegram_admins="88",
        rate_limit_per_minute="60",
    )
    async with process.running():
        yield process
    api.delivery.remove_webhook()
    await api.stop()


async def test_everything_works_by_webhook_too(served: BotProcess) -> None:
    world = served.api.world
    assert world.webhook
    assert world.webhook["url"].endswith("/telegram/webhook")
    assert not world.called("getUpdates")
    person = Person(served.api)
    question = person.says(QUESTION)
    [answer] = await person.reads(question)
    assert ANSWER in answer["text"]
    before = answer["text"]
    await person.presses(answer, "Context")
    await world.until(lambda: answer["text"] != before)
    person.edits(question, "What does a penguin eat for breakfast on Mars?")
    await world.until(lambda: "don't say" in answer["text"])
    assert (await person.types_inline(QUESTION))["results"]
    administrator = Person(served.api, id=88)
    progress = (
        await administrator.reads(
            administrator.sends_file("a.md", b"# A lantern\n\nThe lantern of Varnholm was lit.\n")
        )
    )[0]
    await world.until(lambda: "dded: 1" in progress["text"], 30)
    assert "Generation" in (await administrator.asks("/status"))["text"]


async def test_a_hundred_chats_at_once_by_webhook(served: BotProcess) -> None:
    people = [Person(served.api) for _ in range(100)]
    asked = [(person, person.says(QUESTION)) for person in people]
    answers = await asyncio.gather(*(person.reads(q, seconds=90) for person, q in asked))
    assert all(ANSWER in answer["text"] for [answer] in answers)
    assert all(len(person.heard(person.chat, question)) == 1 for person, question in asked)


async def test_an_update_delivered_twice_is_answered_once(served: BotProcess) -> None:
    person = Person(served.api)
    hook = served.api.world.webhook
    assert hook
    question = person.says(QUESTION)
    update = served.api.world.updates[-1]
    await person.reads(question)
    async with httpx.AsyncClient() as client:
        again = await client.post(hook["url"], json=update, headers={SECRET_HEADER: SECRET})
    assert again.status_code == 200
    await person.asks(QUESTION)
    assert len(person.heard(person.chat, question)) == 2


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "é"])
async def test_only_telegram_knows_the_secret(served: BotProcess, secret: str) -> None:
    hook = served.api.world.webhook
    assert hook
    async with httpx.AsyncClient() as client:
        response = await client.post(
            hook["url"],
            json={"update_id": 1},
            headers={SECRET_HEADER.encode(): secret.encode()},
        )
    assert response.status_code == 403


async def test_what_is_no_update_is_refused(served: BotProcess) -> None:
    hook = served.api.world.webhook
    assert hook
    async with httpx.AsyncClient() as client:
        bodies: list[dict[str, Any]] = [{}, {"update_id": "x", "message": 3}, {"message": {}}]
        for body in bodies:
            response = await client.post(hook["url"], json=body, headers={SECRET_HEADER: SECRET})
            assert 400 <= response.status_code < 500
    assert ANSWER in (await Person(served.api).asks(QUESTION))["text"]


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("https://a.example", "https://a.example/telegram/webhook"),
        ("https://a.example/", "https://a.example/telegram/webhook"),
        ("https://a.example/bots/mine", "https://a.example/bots/mine"),
    ],
)
async def test_the_address_may_be_given_with_or_without_a_path(setting: str, address: str) -> None:
    assert webhook_address(setting) == address
