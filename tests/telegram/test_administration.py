"""What administrators do, and what others are politely refused."""

from __future__ import annotations

import json

import pytest

from bot.telegram.texts import ENGLISH
from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person, labels
from tests.telegram.botapi.world import Json

pytestmark = pytest.mark.asyncio(loop_scope="session")

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
    await administrator.world.until(lambda: "sked" in progress["text"], 30)
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


async def test_a_context_too_long_for_its_message_follows_in_several(
    bot: BotProcess, administrator: Person
) -> None:
    goods = {
        1402: ("herring", "salted cod", "eel", "dried pike"),
        1517: ("hemp rope", "pine tar", "oak planks", "sailcloth"),
        1688: ("grey wool", "white linen", "calf leather", "goose down"),
        1703: ("amber beads", "silver spoons", "tin plates", "brass bells"),
        1811: ("barley", "rye flour", "hops", "dark honey"),
    }
    sentences = [
        f"The charter of {year} lists the goods that the harbour of Varnholm took in: "
        + ", ".join(f"{count} barrels of {one}" for count in range(2, 18) for one in names)
        + f"; the harbour master signed it in {year}."
        for year, names in goods.items()
    ]
    content = "# The harbour charters of Varnholm\n\n" + "\n\n".join(sentences)
    progress = administrator.sends_file("charters.md", content.encode())
    [added_file] = await administrator.reads(progress)
    await administrator.world.until(lambda: "sked" in added_file["text"], 30)
    person = Person(bot.api)
    answer = await person.asks("Which goods does the charter of Varnholm list?")
    await person.presses(answer, "Context")
    found = await person.reads(answer, count=2)
    count = int(found[0]["text"].rpartition("/")[2])
    found = await person.reads(answer, count=count)
    for number, message in enumerate(found, start=1):
        assert len(message["text"]) <= 4096
        assert message["text"].endswith(f"{number}/{count}")
    said = "".join(message["text"] for message in found)
    assert sum(f"signed it in {year}." in said for year in goods) >= 3


async def test_a_link_is_fetched_safely(administrator: Person) -> None:
    message = administrator.says("http://127.0.0.1:1/secret")
    [progress] = await administrator.reads(message)
    failed = ENGLISH.administration.failed.partition("{")[0]
    await administrator.world.until(lambda: progress["text"].startswith(failed), 30)


async def test_a_file_that_is_no_article_is_refused_in_words(administrator: Person) -> None:
    message = administrator.sends_file("x.bin", bytes(range(256)) * 20)
    [progress] = await administrator.reads(message)
    await administrator.world.until(lambda: progress["text"] != "Reading x.bin…", 30)
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
    await administrator.world.until(lambda: asked["text"].startswith("Removed"), 30)
    assert (await administrator.sends_press(asked, data))["show_alert"]

    gone = await person.presses(answer, "Context")
    assert gone["text"] == ENGLISH.answer.article_gone
    assert "no article" in (await administrator.asks(f"/remove {article_id}"))["text"]
    assert (await administrator.asks("/remove"))["text"] == ENGLISH.administration.remove_usage


async def test_reindex_reports_until_it_is_done(administrator: Person) -> None:
    progress = await administrator.asks("/reindex")
    done = ENGLISH.administration.index_done.partition(":")[0]
    await administrator.world.until(lambda: progress["text"].startswith(done), 30)


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
    "text", ["/articles", "/remove x", "/reindex", "/status", "/feedback", "https://example.org/a"]
)
async def test_others_are_politely_refused(person: Person, text: str) -> None:
    answer = await person.asks(text)
    assert answer["text"] == ENGLISH.refusal.administrators_only
    assert not labels(answer)


async def test_others_cannot_send_files(person: Person) -> None:
    [answer] = await person.reads(person.sends_file("a.txt", b"hello"))
    assert answer["text"] == ENGLISH.refusal.administrators_only


async def test_administrators_have_their_own_menu(bot: BotProcess) -> None:
    scopes = [scope for scope in bot.api.world.commands if scope[0] == "chat"]
    assert scopes
    names = [command["command"] for command in bot.api.world.commands[scopes[0]]]
    assert {"articles", "remove", "reindex", "status", "feedback"} <= set(names)
