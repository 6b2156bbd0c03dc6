"""Answers of several messages: sent, edited as they grow and shrink, opened and closed."""

from __future__ import annotations

import time

import pytest
import pytest_asyncio

from bot.telegram.shortening import LONGEST_OUTLET, shortened
from bot.telegram.splitting import MAX_UNITS
from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person, labels
from tests.telegram.botapi.text import utf16
from tests.telegram.botapi.world import Json

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG = "Which goods does the charter of Varnholm list?"
SHORT = "Which treaty did Belarus and Russia sign in 1999?"
ANSWER = "Union State"
GOODS = {
    1402: ("herring", "salted cod", "eel", "dried pike"),
    1466: ("beeswax", "tallow candles", "soap", "potash"),
    1517: ("hemp rope", "pine tar", "oak planks", "sailcloth"),
    1595: ("black pepper", "dried figs", "raisins", "almonds"),
    1688: ("grey wool", "white linen", "calf leather", "goose down"),
    1750: ("raw sugar", "cocoa beans", "coffee", "green tea"),
    1811: ("barley", "rye flour", "hops", "dark honey"),
    1833: ("coal", "pig iron", "copper wire", "lead pipes"),
}
HEADING = "The harbour charters of Varnholm " + "📜" * 300
OUTLET = "V" + "🏛" * 99


def charters() -> str:
    """An article of which two quotes with their title and outlet fill a message."""
    sentences = [
        f"The charter of {year} lists the goods that the harbour of Varnholm took in: "
        + ", ".join(f"{one} {'📦' * 90}" for one in names)
        + "."
        for year, names in GOODS.items()
    ]
    heading = f'---\ntitle: "{HEADING}"\nsource: "{OUTLET}"\n---\n\n'
    return heading + "\n\n".join(sentences)


@pytest_asyncio.fixture(scope="session", loop_scope="session", autouse=True)
async def long_article(bot: BotProcess, administrator: Person) -> None:
    sent = administrator.sends_file("charters.md", charters().encode())
    [progress] = await administrator.reads(sent)
    await administrator.world.until(lambda: "sked" in progress["text"])


@pytest_asyncio.fixture(loop_scope="session")
async def reader(person: Person) -> Person:
    """Somebody who wants as many quotes as there may be."""
    menu = await person.asks("/settings")
    await person.presses(menu, "5")
    return person


async def all_of(person: Person, question: Json) -> list[Json]:
    """Every message of a long answer."""
    [first, *_] = await person.reads(question)
    count = int(first["text"].rpartition("/")[2])
    return await person.reads(question, count=count)


def check_parts(messages: list[Json]) -> None:
    """Each within the limits and counted, the buttons under the last alone."""
    for number, message in enumerate(messages, start=1):
        assert len(utf16(message["text"])) <= MAX_UNITS
        assert message["text"].endswith(f"{number}/{len(messages)}")
        assert bool(labels(message)) == (number == len(messages))


async def test_a_long_answer_comes_in_counted_parts(reader: Person) -> None:
    parts = await all_of(reader, reader.says(LONG))
    assert len(parts) == 3
    check_parts(parts)
    text = "".join(message["text"] for message in parts)
    assert text.count(f"{shortened(OUTLET, LONGEST_OUTLET)} · ") == 5
    assert text.count(f" · {shortened(HEADING)}") == 5
    assert HEADING not in text


async def test_an_edited_question_takes_back_the_parts_it_no_longer_needs(reader: Person) -> None:
    question = reader.says(LONG)
    parts = await all_of(reader, question)
    reader.edits(question, SHORT)
    await reader.world.until(lambda: len(reader.heard(reader.chat, question)) == 1)
    [answer] = reader.heard(reader.chat, question)
    assert answer is parts[0]
    assert ANSWER in answer["text"]
    assert "Context" in labels(answer)


async def test_an_edited_question_adds_the_parts_it_needs(reader: Person) -> None:
    question = reader.says(SHORT)
    [answer] = await reader.reads(question)
    reader.edits(question, LONG)
    parts = await reader.reads(question, count=3)
    assert parts[0] is answer
    check_parts(parts)
    reader.edits(question, LONG + " Please.")
    await reader.world.until(lambda: not reader.world.updates)
    again = await all_of(reader, question)
    assert [message["message_id"] for message in again] == [m["message_id"] for m in parts]


async def test_a_long_context_opens_in_place_and_closes_again(reader: Person) -> None:
    question = reader.says(LONG)
    parts = await all_of(reader, question)
    before = [message["text"] for message in parts]
    await reader.presses(parts[-1], "Context")
    await reader.reads(question, count=len(parts) + 1)
    opened = await all_of(reader, question)
    await reader.world.until(lambda: labels(opened[-1]))
    check_parts(opened)
    assert opened[: len(parts)] == parts
    await reader.presses(opened[-1], "Hide context")
    await reader.world.until(lambda: len(reader.heard(reader.chat, question)) == len(parts))
    closed = reader.heard(reader.chat, question)
    assert [message["text"] for message in closed] == before
    assert "Context" in labels(closed[-1])


async def test_more_of_a_long_answer_comes_in_parts_too(reader: Person) -> None:
    parts = await all_of(reader, reader.says(LONG))
    shown = "".join(message["text"] for message in parts)
    await reader.presses(parts[-1], "More")
    more = await all_of(reader, parts[-1])
    check_parts(more)
    said = "".join(message["text"] for message in more)
    for year in GOODS:
        assert (f"charter of {year} lists" in shown) != (f"charter of {year} lists" in said)
    await reader.world.until(lambda: not any(x.startswith("More") for x in labels(parts[-1])))


async def test_a_part_that_was_deleted_has_all_of_them_sent_again(reader: Person) -> None:
    question = reader.says(LONG)
    parts = await all_of(reader, question)
    del reader.chat.messages[parts[1]["message_id"]]
    await reader.presses(parts[-1], "Context")
    left = {parts[0]["message_id"], parts[2]["message_id"]}
    await reader.world.until(lambda: left <= reader.chat.deleted)
    again = await all_of(reader, question)
    check_parts(again)
    assert not {m["message_id"] for m in again} & {m["message_id"] for m in parts}


async def test_a_part_too_old_to_be_deleted_points_upwards(reader: Person) -> None:
    question = reader.says(LONG)
    parts = await all_of(reader, question)
    for message in parts:
        message["date"] = int(time.time()) - 3 * 24 * 3600
    reader.edits(question, SHORT)
    await reader.world.until(lambda: parts[2]["text"] == "⬆️")
    assert ANSWER in parts[0]["text"]
    assert parts[1]["text"] == "⬆️"
    assert not labels(parts[2])
