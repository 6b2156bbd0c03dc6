"""A wait that says how long it takes, and ends with the outcome."""

from __future__ import annotations

import re

from telegram import Bot

from bot.telegram.render import RenderedMessage
from bot.telegram.sending import edit
from bot.telegram.ticking import ticking
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import World


def said(world: World) -> list[str]:
    """Every text that the message was given, in order."""
    return [given["text"] for given in world.called("editMessageText")]


async def test_a_wait_tells_its_seconds_until_the_outcome_takes_its_place() -> None:
    async with BotApi(World()).running() as api:
        person = Person(api)
        person.chat.started = True
        async with Bot(api.world.token, base_url=f"{api.url}/bot") as bot:
            sent = await bot.send_message(person.id, "Reading a.md…")
            message = person.chat.messages[sent.message_id]
            async with ticking(
                bot, person.id, sent.message_id, "Reading {{a}}.md… {} s".format, every=0.05
            ):
                await api.world.until(lambda: len(said(api.world)) > 2)
            await edit(bot, person.id, sent.message_id, RenderedMessage("Done"))
            assert message["text"] == "Done"
        *ticks, outcome = said(api.world)
    assert outcome == "Done"
    seconds = [re.fullmatch(r"Reading \{a\}\.md… (\d+) s", tick) for tick in ticks]
    told = [int(one[1]) for one in seconds if one]
    assert len(told) == len(ticks)
    assert told == sorted(set(told))


async def test_an_edit_under_way_comes_before_the_outcome() -> None:
    world = World(late={"editMessageText": 0.5})
    async with BotApi(world).running() as api:
        person = Person(api)
        person.chat.started = True
        async with Bot(world.token, base_url=f"{api.url}/bot") as bot:
            sent = await bot.send_message(person.id, "Reading a.md…")
            message = person.chat.messages[sent.message_id]
            async with ticking(bot, person.id, sent.message_id, "{} s".format, every=0.05):
                await world.until(lambda: message["text"] != sent.text)
            assert said(world), "its reply was not waited for"
