"""The double refuses what Telegram refuses, over real HTTP, in Telegram's own form."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.telegram.botapi.person import Person, new_group
from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

Call = Callable[..., Coroutine[Any, Any, httpx.Response]]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def double() -> AsyncIterator[BotApi]:
    async with BotApi(World(local=False, per_minute_in_group=2)).running() as api:
        yield api


@pytest_asyncio.fixture(loop_scope="session")
async def call(double: BotApi) -> AsyncIterator[Call]:
    async with httpx.AsyncClient(timeout=20) as client:

        async def one(method: str, **given: Any) -> httpx.Response:
            form = {
                name: value if isinstance(value, str | int) else json.dumps(value)
                for name, value in given.items()
            }
            return await client.post(f"{double.url}/bot{double.world.token}/{method}", data=form)

        yield one


@pytest.fixture
def someone(double: BotApi) -> Person:
    person = Person(double)
    person.chat.started = True
    return person


def refused(response: httpx.Response, code: int, words: str) -> None:
    answer = response.json()
    assert response.status_code == answer["error_code"] == code
    assert answer["ok"] is False
    assert words.lower() in answer["description"].lower()


def keyboard(**button: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x", **button}]]}


@pytest.mark.parametrize(("token", "code"), [("nonsense", 404), ("1:" + "x" * 35, 401)])
async def test_a_wrong_token(double: BotApi, token: str, code: int) -> None:
    async with httpx.AsyncClient() as client:
        refused(await client.get(f"{double.url}/bot{token}/getMe"), code, "")


async def test_an_unknown_method(call: Call) -> None:
    refused(await call("sendLove"), 404, "not found")
    refused(await call("find"), 404, "not found")


async def test_forms_multipart_and_json_are_read_alike(double: BotApi, someone: Person) -> None:
    url = f"{double.url}/bot{double.world.token}"
    async with httpx.AsyncClient() as client:
        body = {"chat_id": someone.id, "text": "hello"}
        for given in ({"data": body}, {"json": body}, {"params": body}):
            sent = await client.post(f"{url}/sendMessage", **given)  # type: ignore[arg-type]
            assert sent.json()["result"]["text"] == "hello"
        sent = await client.post(
            f"{url}/sendDocument",
            data={"chat_id": str(someone.id)},
            files={"document": ("a.txt", b"content")},
        )
        file_id = sent.json()["result"]["document"]["file_id"]
        found = await client.get(f"{url}/getFile", params={"file_id": file_id})
        path = found.json()["result"]["file_path"]
        fetched = await client.get(f"{double.url}/file/bot{double.world.token}/{path}")
        assert fetched.content == b"content"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \u200b "}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "😀", "entities": [{"type": "bold", "offset": 1, "length": 1}]}, "middle of"),
        ({"text": "a", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "ends after"),
        ({"text": "a", "reply_markup": keyboard(callback_data="я" * 33)}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "reply_markup": keyboard(url="http://localhost")}, "Wrong HTTP URL"),
        ({"text": "a", "reply_markup": "{"}, "can't parse"),
        ({"text": "a", "reply_parameters": {"message_id": 1}}, "replied not found"),
    ],
)
async def test_messages_that_are_refused(
    call: Call, someone: Person, given: dict[str, Any], words: str
) -> None:
    refused(await call("sendMessage", chat_id=someone.id, **given), 400, words)


async def test_chats_that_cannot_be_written_to(call: Call, double: BotApi, someone: Person) -> None:
    refused(await call("sendMessage", chat_id=1, text="a"), 400, "chat not found")
    refused(await call("sendMessage", chat_id=Person(double).id, text="a"), 403, "initiate")
    await someone.blocks()
    refused(await call("sendMessage", chat_id=someone.id, text="a"), 403, "blocked by the user")


async def test_edits_that_are_refused(call: Call, someone: Person) -> None:
    sent = (await call("sendMessage", chat_id=someone.id, text="a")).json()["result"]
    where = {"chat_id": someone.id, "message_id": sent["message_id"]}
    refused(await call("editMessageText", text="a", **where), 400, "message is not modified")
    assert (await call("editMessageText", text="b", **where)).json()["ok"]
    refused(await call("editMessageReplyMarkup", **where), 400, "message is not modified")
    own = someone.says("mine")
    where["message_id"] = own["message_id"]
    refused(await call("editMessageText", text="a", **where), 400, "can't be edited")
    where["message_id"] = 1
    refused(await call("editMessageText", text="a", **where), 400, "to edit not found")
    refused(await call("deleteMessage", **where), 400, "to delete not found")


async def test_queries_are_answered_once_and_in_time(call: Call, someone: Person) -> None:
    waiting = someone.starts_inline("x")
    inline_id = list(someone.world.inlines)[-1]
    result = {
        "type": "article",
        "title": "t",
        "input_message_content": {"message_text": "m"},
    }
    many = [{**result, "id": str(number)} for number in range(51)]
    answer = {"inline_query_id": inline_id}
    refused(await call("answerInlineQuery", results=many, **answer), 400, "RESULTS_TOO_MUCH")
    twice = [{**result, "id": "1"}] * 2
    refused(await call("answerInlineQuery", results=twice, **answer), 400, "DUPLICATE")
    assert (await call("answerInlineQuery", results=many[:50], **answer)).json()["ok"]
    assert waiting()
    refused(await call("answerInlineQuery", results=[], **answer), 400, "query is too old")
    refused(await call("answerCallbackQuery", callback_query_id="0"), 400, "query is too old")


async def test_floods_are_refused_with_the_time_to_wait(call: Call, double: BotApi) -> None:
    group = new_group(double.world)
    for _ in range(2):
        assert (await call("sendMessage", chat_id=group.id, text="a")).json()["ok"]
    response = await call("sendMessage", chat_id=group.id, text="a")
    refused(response, 429, "Too Many Requests: retry after")
    assert response.json()["parameters"]["retry_after"] > 0


async def test_updates_are_confirmed_by_the_offset(
    call: Call, double: BotApi, someone: Person
) -> None:
    double.world.updates.clear()
    someone.says("one")
    someone.says("two")
    first, second = (await call("getUpdates")).json()["result"]
    assert [first["message"]["text"], second["message"]["text"]] == ["one", "two"]
    left = (await call("getUpdates", offset=second["update_id"])).json()["result"]
    assert left == [second]
    assert (await call("getUpdates", offset=second["update_id"] + 1)).json()["result"] == []
    polling = asyncio.create_task(call("getUpdates", timeout=10))
    await asyncio.sleep(0.2)
    someone.says("three")
    assert len((await polling).json()["result"]) == 1


async def test_one_receiver_at_a_time(call: Call, double: BotApi) -> None:
    double.world.updates.clear()
    first = asyncio.create_task(call("getUpdates", timeout=10))
    await asyncio.sleep(0.2)
    await call("getUpdates")
    refused(await first, 409, "terminated by other getUpdates request")
    assert (await call("setWebhook", url="https://a.example/x")).json()["ok"]
    refused(await call("getUpdates"), 409, "while webhook is active")
    info = (await call("getWebhookInfo")).json()["result"]
    assert info["url"] == "https://a.example/x"
    assert (await call("deleteWebhook")).json()["ok"]
    assert (await call("getUpdates")).json()["ok"]


@pytest.mark.parametrize(
    "given",
    [
        {"url": "http://a.example/x"},
        {"url": "https://a.example:9999/x"},
        {"url": "https://a.example/x", "secret_token": "no spaces"},
        {"url": "https://a.example/x", "max_connections": 101},
    ],
)
async def test_webhooks_that_are_refused(call: Call, given: dict[str, Any]) -> None:
    refused(await call("setWebhook", **given), 400, "")


async def test_menus_are_kept_by_scope_and_language(call: Call) -> None:
    commands = [{"command": "ask", "description": "Ask"}]
    assert (await call("setMyCommands", commands=commands, language_code="uk")).json()["ok"]
    assert (await call("getMyCommands", language_code="uk")).json()["result"] == commands
    assert (await call("getMyCommands")).json()["result"] == []
    assert (await call("deleteMyCommands", language_code="uk")).json()["ok"]
    bad = [{"command": "Ask!", "description": "Ask"}]
    refused(await call("setMyCommands", commands=bad), 400, "BOT_COMMAND_INVALID")
