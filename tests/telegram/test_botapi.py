"""The double refuses what Telegram refuses, over real HTTP, in Telegram's own form."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.telegram.botapi.person import Person, new_group
from tests.telegram.botapi.server import HUNG_UP, BotApi
from tests.telegram.botapi.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

Call = Callable[..., Coroutine[Any, Any, httpx.Response]]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def double() -> AsyncIterator[BotApi]:
    async with BotApi(World(local=False, per_minute_in_group=2)).running() as api:
        yield api


@pytest_asyncio.fixture(loop_scope="session")
async def call(double: BotApi) -> AsyncIterator[Call]:
    async with httpx.AsyncClient(timeout=60) as client:

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


@pytest.mark.parametrize("token", ["nonsense", "1:" + "x" * 35])
async def test_a_wrong_token(double: BotApi, token: str) -> None:
    async with httpx.AsyncClient(timeout=60) as client:
        refused(await client.get(f"{double.url}/bot{token}/getMe"), 404, "not found")
        refused(await client.post(f"{double.url}/bot{token}/sendMessage"), 404, "not found")
        file = await client.get(f"{double.url}/file/bot{token}/documents/file1")
        assert file.status_code == 404


async def test_an_unknown_method(call: Call) -> None:
    refused(await call("sendLove"), 404, "not found")
    refused(await call("find"), 404, "not found")


async def test_forms_multipart_and_json_are_read_alike(double: BotApi, someone: Person) -> None:
    url = f"{double.url}/bot{double.world.token}"
    async with httpx.AsyncClient(timeout=60) as client:
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
    before = double.world.polling
    polling = asyncio.create_task(call("getUpdates", timeout=50))
    await double.world.until(lambda: double.world.polling is not before)
    someone.says("three")
    assert len((await polling).json()["result"]) == 1


async def test_one_receiver_at_a_time(call: Call, double: BotApi) -> None:
    double.world.updates.clear()
    before = double.world.polling
    first = asyncio.create_task(call("getUpdates", timeout=50))
    await double.world.until(lambda: double.world.polling is not before)
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


async def test_a_webhook_is_called_with_its_secret_until_it_takes_the_update() -> None:
    asked: list[bytes] = []

    async def receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(re.search(rb"content-length: (\d+)", head, re.IGNORECASE)[1])  # type: ignore[index]
        asked.append(head + await reader.readexactly(length))
        status = b"500 Oops" if len(asked) == 1 else b"200 OK"
        writer.write(b"HTTP/1.1 " + status + b"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        writer.close()

    receiver = await asyncio.start_server(receive, "127.0.0.1", 0)
    port = receiver.sockets[0].getsockname()[1]
    async with BotApi(World()).running() as api, httpx.AsyncClient(timeout=60) as client:
        base = f"{api.url}/bot{api.world.token}"
        hook = {"url": f"http://127.0.0.1:{port}/hook", "secret_token": "s3cret"}
        assert (await client.post(f"{base}/setWebhook", data=hook)).json()["ok"]
        Person(api).says("hello")
        await api.world.until(lambda: not api.world.updates)
        info = (await client.get(f"{base}/getWebhookInfo")).json()["result"]
        assert (info["url"], info["pending_update_count"]) == (hook["url"], 0)
        assert "500" in info["last_error_message"]
        assert (await client.post(f"{base}/deleteWebhook")).json()["ok"]
        assert (await client.get(f"{base}/getWebhookInfo")).json()["result"]["url"] == ""
    receiver.close()
    assert len(asked) == 2
    assert all(b"x-telegram-bot-api-secret-token: s3cret" in one.lower() for one in asked)
    assert all(b'"hello"' in one for one in asked)


async def test_files_chats_and_actions(call: Call, double: BotApi, someone: Person) -> None:
    someone.chat.blocked = False
    assert (await call("getChat", chat_id=someone.id)).json()["result"]["type"] == "private"
    refused(await call("getChat", chat_id=1), 400, "chat not found")
    assert (await call("sendChatAction", chat_id=someone.id, action="typing")).json()["ok"]
    refused(
        await call("sendChatAction", chat_id=someone.id, action="dance"), 400, "wrong parameter"
    )
    refused(await call("getFile", file_id="none"), 400, "wrong file_id")
    big = double.methods.put_file("big", bytes(20_000_001))
    refused(await call("getFile", file_id=big["file_id"]), 400, "too big")
    refused(await call("sendDocument", chat_id=someone.id), 400, "no document")
    sent = (await call("sendMessage", chat_id=someone.id, text="a")).json()["result"]
    where = {"chat_id": someone.id, "message_id": sent["message_id"]}
    assert (await call("deleteMessage", **where)).json()["ok"]
    refused(await call("deleteMessage", **where), 400, "to delete not found")


async def test_menus_are_kept_by_scope_and_language(call: Call) -> None:
    commands = [{"command": "ask", "description": "Ask"}]
    assert (await call("setMyCommands", commands=commands, language_code="uk")).json()["ok"]
    assert (await call("getMyCommands", language_code="uk")).json()["result"] == commands
    assert (await call("getMyCommands")).json()["result"] == []
    assert (await call("deleteMyCommands", language_code="uk")).json()["ok"]
    bad = [{"command": "Ask!", "description": "Ask"}]
    refused(await call("setMyCommands", commands=bad), 400, "BOT_COMMAND_INVALID")


@pytest.mark.parametrize("body", [b"{", b"[1]", b"null", b"\xff"])
async def test_json_that_cannot_be_read(double: BotApi, body: bytes) -> None:
    url = f"{double.url}/bot{double.world.token}/sendMessage"
    async with httpx.AsyncClient(timeout=60) as client:
        sent = await client.post(url, content=body, headers={"content-type": "application/json"})
        refused(sent, 400, "can't parse JSON")


async def test_null_is_as_if_left_out(double: BotApi, someone: Person) -> None:
    url = f"{double.url}/bot{double.world.token}/sendMessage"
    async with httpx.AsyncClient(timeout=60) as client:
        refused(await client.post(url, json={"chat_id": someone.id, "text": None}), 400, "is empty")


async def test_a_private_chat_that_never_began_has_no_menu(call: Call, double: BotApi) -> None:
    stranger = Person(double)
    scope = {"type": "chat", "chat_id": stranger.id}
    commands = [{"command": "ask", "description": "Ask"}]
    refused(await call("setMyCommands", scope=scope, commands=commands), 400, "chat not found")
    stranger.says("hello")
    assert (await call("setMyCommands", scope=scope, commands=commands)).json()["ok"]


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
async def test_a_client_that_hangs_up_is_borne(
    double: BotApi, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    def hung_up() -> int:
        return sum(call.status == HUNG_UP for call in double.world.calls)

    before = hung_up()
    _, writer = await asyncio.open_connection("127.0.0.1", double.port)
    head = f"POST /bot{double.world.token}/sendMessage HTTP/1.1\r\nHost: x\r\n"
    writer.write(f"{head}Content-Type: {kind}\r\nContent-Length: 99\r\n\r\n{{".encode())
    await writer.drain()
    writer.close()
    await double.world.until(lambda: hung_up() > before)
    # What asyncio says is of tasks of other tests, which are collected when it likes.
    assert not [record for record in caplog.records if record.name != "asyncio"]
