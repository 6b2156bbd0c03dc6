"""What a conversation takes as shown: what the person has read, and no more."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from bot.telegram.services import conversation_id
from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.world import Json
from tests.telegram.test_asking import covered
from tests.telegram.test_buttons import MANY

pytestmark = pytest.mark.asyncio(loop_scope="session")


def shown_in(bot: BotProcess, person: Person) -> list[str]:
    """The quotes that the one turn of a person has shown, as it is kept."""
    name = conversation_id(person.id, person.chat.id)
    with closing(sqlite3.connect(bot.folder / "data" / "conversations.sqlite")) as kept:
        [row] = kept.execute("SELECT turn FROM turns WHERE conversation = ?", (name,)).fetchall()
    return sorted(text.strip("“”") for text in json.loads(row[0])["shown"])


def quotes_in(message: Json) -> list[str]:
    return [words.strip("“”") for words in covered(message, "blockquote")]


async def test_only_what_was_read_counts_as_shown(bot: BotProcess, person: Person) -> None:
    answer = await person.asks(MANY)
    read = shown_in(bot, person)
    assert read == sorted(quotes_in(answer))
    await person.presses(answer, "More")
    [more] = await person.reads(answer)
    await person.world.until(lambda: len(shown_in(bot, person)) > len(read))
    wanted = sorted([*quotes_in(answer), *quotes_in(more)])
    assert shown_in(bot, person) == wanted


async def test_what_else_brings_what_more_would_have_brought(person: Person) -> None:
    answer = await person.asks(MANY)
    other = Person(person.api)
    same = await other.asks(MANY)
    await other.presses(same, "More")
    [more] = await other.reads(same)
    further = await person.asks("What else?")
    assert set(quotes_in(further)) & set(quotes_in(more))
    assert not set(quotes_in(further)) & set(quotes_in(answer))
