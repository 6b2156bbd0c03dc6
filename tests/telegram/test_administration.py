"""What administrators do, and what others are politely refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.telegram.texts import ENGLISH
from tests.telegram.bot_process import POLLING, BotProcess, bot_by
from tests.telegram.botapi.person import Person, labels
from tests.telegram.botapi.world import Fault, Json
from tests.telegram.conftest import ADMINISTRATOR, NewApi

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("bot")]

ARTICLE = """---
title: "Lighthouse keeper of Varnholm finds a bottle with a letter from {year}"
source: Varnholm Gazette
date: 2024-09-{day}
---

The lighthouse keeper of Varnholm, Ingrid Halvorsen, found a bottle with a letter on the beach.

The letter was written in {year} by a sailor called Tobias Rask, the museum of Varnholm said.

The museum will show the letter from October onwards, and entrance will be free for children.
"""


async def added(administrator: Person, year: int, day: int) -> Json:
    """Send an article as a file, and wait for the last word about it."""
    content = ARTICLE.format(year=year, day=day).encode()
    message = administrator.sends_file(f"letter-{year}.md", content)
    [progress] = await administrator.reads(message)
    await administrator.world.until(lambda: "sked" in progress["text"])
    return progress


def seconds_in(text: str) -> bool:
    return any(word.replace(".", "").isdigit() for word in text.split())


async def test_a_file_becomes_an_article_that_answers(
    bot: BotProcess, administrator: Person
) -> None:
    progress = await added(administrator, 1911, 10)
    assert "Articles added: 1" in progress["text"]
    assert seconds_in(progress["text"].splitlines()[-1])
    answer = await Person(bot.api).asks("Who wrote the letter in the bottle found at Varnholm?")
    assert "Tobias Rask" in answer["text"]
    assert "Varnholm Gazette" in answer["text"]


async def test_open_article_without_an_address_sends_a_file(
    bot: BotProcess, administrator: Person
) -> None:
    await added(administrator, 1932, 12)
    person = Person(bot.api)
    answer = await person.asks("In which year did Tobias Rask write the letter found at Varnholm?")
    await person.presses(answer, "Open article")
    [file] = await person.reads(answer)
    name, content = bot.api.world.files[file["document"]["file_id"]]
    assert name.endswith(".txt")
    assert "Ingrid Halvorsen" in content.decode()


async def test_a_link_is_fetched_safely(administrator: Person) -> None:
    message = administrator.says("http://127.0.0.1:1/secret")
    [progress] = await administrator.reads(message)
    failed = ENGLISH.administration.failed.partition("{")[0]
    await administrator.world.until(lambda: progress["text"].startswith(failed))


async def test_a_file_that_is_no_article_is_refused_in_words(administrator: Person) -> None:
    message = administrator.sends_file("x.bin", bytes(range(256)) * 20)
    [progress] = await administrator.reads(message)
    await administrator.world.until(lambda: progress["text"] != "Reading x.bin…")
    assert "Articles added" not in progress["text"]


async def test_a_file_too_big_for_bots_is_not_fetched(administrator: Person) -> None:
    message = administrator.sends_file("big.pdf", b"x", claimed_size=30_000_000)
    [answer] = await administrator.reads(message)
    assert "20 MB" in answer["text"]


async def test_removal_is_confirmed_and_final(bot: BotProcess, administrator: Person) -> None:
    await added(administrator, 1957, 14)
    person = Person(bot.api)
    question = "Which year was the letter from 1957 found at Varnholm written in?"
    answer = await person.asks(question)
    assert "1957" in answer["text"]
    listed = await administrator.asks("/articles")
    lines = listed["text"].split("\n\n")
    [block] = [block for block in lines if "1957" in block]
    article_id = block.splitlines()[-1]

    asked = await administrator.asks(f"/remove {article_id}")
    assert "1957" in asked["text"]
    await administrator.presses(asked, "Keep")
    await administrator.world.until(lambda: asked["text"] == ENGLISH.administration.kept)

    asked = await administrator.asks(f"/remove {article_id}")
    data = asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert (await person.sends_press(asked, data))["show_alert"]
    await administrator.presses(asked, "Remove")
    await administrator.world.until(lambda: asked["text"].startswith("Removed"))
    assert (await administrator.sends_press(asked, data))["show_alert"]

    gone = await person.presses(answer, "Context")
    assert gone["text"] == ENGLISH.answer.article_gone
    assert "no article" in (await administrator.asks(f"/remove {article_id}"))["text"]
    assert (await administrator.asks("/remove"))["text"] == ENGLISH.administration.remove_usage


async def test_a_removal_is_carried_out_although_the_press_cannot_be_acknowledged(
    administrator: Person,
) -> None:
    progress = await added(administrator, 1968, 16)
    assert "Articles added: 1" in progress["text"]
    listed = await administrator.asks("/articles")
    [block] = [block for block in listed["text"].split("\n\n") if "1968" in block]
    asked = await administrator.asks(f"/remove {block.splitlines()[-1]}")
    data = asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    administrator.world.faults.append(Fault("answerCallbackQuery", 1, None))
    await administrator.sends_press(asked, data, late=True)
    await administrator.world.until(lambda: asked["text"].startswith("Removed"))


async def test_reindex_reports_until_it_is_done(administrator: Person) -> None:
    progress = await administrator.asks("/reindex")
    done = ENGLISH.administration.index_done.partition(":")[0]
    await administrator.world.until(lambda: progress["text"].startswith(done))


async def test_status_tells_counts_and_generation(administrator: Person) -> None:
    status = (await administrator.asks("/status"))["text"]
    assert "Generation:" in status
    assert "Articles:" in status


async def test_feedback_comes_as_evaluation_questions(
    bot: BotProcess, administrator: Person
) -> None:
    person = Person(bot.api)
    good = await person.asks("Which treaty did Belarus and Russia sign in 1999?")
    await person.presses(good, "👍")
    bad = await person.asks("Which treaty did Belarus sign in 1999?")
    await person.presses(bad, "👎")
    message = administrator.says("/feedback")
    [file] = await administrator.reads(message)
    _, content = bot.api.world.files[file["document"]["file_id"]]
    lines = [json.loads(line) for line in content.decode().splitlines()]
    rated = {line["question"]: line for line in lines}
    kept = rated["Which treaty did Belarus and Russia sign in 1999?"]
    assert kept["answerable"] is True
    assert any("Union State" in sentence for sentence in kept["evidence"])
    assert kept["article_ids"]
    assert kept["generation"] >= 1
    assert rated["Which treaty did Belarus sign in 1999?"]["answerable"] is None


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        *((text, ENGLISH.refusal.for_administrators) for text in ("/articles", "/status")),
        ("/feedback", ENGLISH.refusal.for_administrators),
        *((text, ENGLISH.refusal.administrators_only) for text in ("/remove x", "/reindex")),
        ("https://example.org/a", ENGLISH.refusal.administrators_only),
    ],
)
async def test_others_are_politely_refused(person: Person, text: str, refusal: str) -> None:
    answer = await person.asks(text)
    assert answer["text"] == refusal
    assert not labels(answer)


async def test_others_cannot_send_files(person: Person) -> None:
    [answer] = await person.reads(person.sends_file("a.txt", b"hello"))
    assert answer["text"] == ENGLISH.refusal.administrators_only


async def test_administrators_have_their_own_menu(
    bot: BotProcess, administrator: Person, person: Person
) -> None:
    theirs = {"articles", "remove", "reindex", "status", "feedback"}
    greeting = await administrator.asks("/start")
    assert ENGLISH.guide.admin_help in greeting["text"]
    assert ENGLISH.guide.admin_help not in (await person.asks("/start"))["text"]
    commands = bot.api.world.commands
    scopes = {("chat", str(administrator.id), language) for language in ("", "ru", "uk")}
    await bot.api.world.until(lambda: scopes <= commands.keys())
    for scope in scopes:
        assert theirs <= {command["command"] for command in commands[scope]}
    assert ("chat", str(person.id), "") not in commands


async def test_a_menu_comes_with_the_first_message_of_an_administrator(
    folder: Path, own_api: NewApi
) -> None:
    api = own_api()
    await api.start()
    administrator = Person(api, id=ADMINISTRATOR)
    scope = ("chat", str(ADMINISTRATOR), "")
    async with bot_by(POLLING, api, folder, telegram_admins=str(ADMINISTRATOR)).running():
        assert scope not in api.world.commands
        await administrator.asks("/help")
        await api.world.until(lambda: scope in api.world.commands)
