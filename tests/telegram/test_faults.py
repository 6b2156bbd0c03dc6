"""What goes wrong between the bot and Telegram, and what the person sees of it: nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from bot.telegram.private_logging import silence_libraries
from tests.telegram.bot_process import SECRET, BotProcess, new_folder
from tests.telegram.botapi.person import Person, labels, new_group
from tests.telegram.botapi.refusal import Refusal, flood
from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import CROWD_SECONDS, Fault, World
from tests.telegram.conftest import NewApi

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "Which treaty did Belarus and Russia sign in 1999?"
ANSWER = "Union State"
UNCHANGED = ("editMessageReplyMarkup", 400)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def paced(
    indexed: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BotProcess]:
    """A bot in a world with Telegram's own flood limits, which may go away."""
    api = BotApi(World())
    await api.start()
    process = BotProcess(api, new_folder(indexed, tmp_path_factory.mktemp("paced")))
    async with process.running():
        yield process
    await api.end()


async def test_a_flood_refusal_is_waited_out(person: Person) -> None:
    person.world.faults.append(Fault("sendMessage", 2, flood(1)))
    assert ANSWER in (await person.asks(QUESTION))["text"]
    assert [c.status for c in person.world.calls if c.method == "sendMessage"].count(429) >= 2


async def test_a_question_outlasts_any_number_of_flood_refusals(person: Person) -> None:
    person.world.faults.append(Fault("sendMessage", 4, flood(1)))
    assert ANSWER in (await person.asks(QUESTION))["text"]


async def test_a_broken_answer_of_a_proxy_is_tried_again(person: Person) -> None:
    person.world.faults.append(Fault("sendMessage", 2, None))
    assert ANSWER in (await person.asks(QUESTION))["text"]


async def test_somebody_who_blocks_the_bot_does_not_stop_it(bot: BotProcess) -> None:
    first, second = Person(bot.api), Person(bot.api)
    first.says(QUESTION)
    await first.blocks()
    assert ANSWER in (await second.asks(QUESTION))["text"]
    assert ANSWER in (await first.asks(QUESTION))["text"]


async def test_the_typing_mark_may_be_refused(person: Person) -> None:
    person.world.faults.append(Fault("sendChatAction", 1, Refusal(400, "no")))
    assert ANSWER in (await person.asks(QUESTION))["text"]


async def test_an_edit_that_changes_nothing_is_no_trouble(person: Person) -> None:
    answer = await person.asks(QUESTION)
    await person.presses(answer, "👍")
    await person.world.until(lambda: "👍 ✓" in labels(answer))
    await person.presses(answer, "👍")
    await person.world.until(
        lambda: [c for c in person.world.calls if (c.method, c.status) == UNCHANGED]
    )
    assert ANSWER in (await person.asks(QUESTION))["text"]


async def test_a_press_too_old_to_be_answered_still_works(person: Person) -> None:
    answer = await person.asks(QUESTION)
    before = answer["text"]
    data = answer["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await person.sends_press(answer, data, late=True)
    await person.world.until(lambda: answer["text"] != before)


async def test_a_press_that_outruns_the_reply_to_sending_is_carried_out_in_place(
    person: Person,
) -> None:
    person.world.late["sendMessage"] = 1.0
    try:
        question = person.says(QUESTION)
        [answer] = await person.reads(question)
        before = answer["text"]
        await person.presses(answer, "Context")
        await person.world.until(lambda: answer["text"] != before)
    finally:
        person.world.late.clear()
    assert len(person.heard(person.chat, question)) == 1


async def test_an_answer_that_was_deleted_is_sent_again(person: Person) -> None:
    question = person.says("What does a penguin eat for breakfast on Mars?")
    [answer] = await person.reads(question)
    del person.chat.messages[answer["message_id"]]
    person.edits(question, QUESTION)
    [again] = await person.reads(question)
    assert again["message_id"] != answer["message_id"]
    assert ANSWER in again["text"]


async def test_a_group_that_becomes_a_supergroup_gets_its_answer(
    bot: BotProcess, person: Person
) -> None:
    world = bot.api.world
    group = new_group(world)
    moved = new_group(world)
    group.moved_to = moved.id
    question = person.says(f"/ask {QUESTION}", group)
    await world.until(lambda: moved.messages)
    [answer] = moved.messages.values()
    assert ANSWER in answer["text"]
    assert question["chat"]["id"] != answer["chat"]["id"]


async def test_a_lost_connection_loses_no_question(paced: BotProcess) -> None:
    person = Person(paced.api)
    await paced.api.stop()
    await asyncio.sleep(1.5)
    question = person.says(QUESTION)
    await paced.api.start()
    [answer] = await person.reads(question)
    assert ANSWER in answer["text"]


async def test_a_second_receiver_is_reported_and_outlasted(paced: BotProcess) -> None:
    api = paced.api
    async with httpx.AsyncClient(timeout=60) as rival:
        # Again where the bot was between two calls of its own.
        while "telegram.conflict" not in paced.log:
            await rival.post(f"{api.url}/bot{api.world.token}/getUpdates", data={"timeout": "0"})
            await asyncio.sleep(0.5)
    assert ANSWER in (await Person(api).asks(QUESTION))["text"]


@pytest.mark.timeout(2 * CROWD_SECONDS)
async def test_two_hundred_chats_ask_at_once_within_the_limits_of_telegram(
    paced: BotProcess,
) -> None:
    people = [Person(paced.api) for _ in range(200)]
    questions = [
        person.says("What does a penguin eat on Mars?" if number % 2 else QUESTION)
        for number, person in enumerate(people)
    ]
    asked = list(zip(people, questions, strict=True))
    answers = await asyncio.gather(*(person.reads(q, seconds=CROWD_SECONDS) for person, q in asked))
    for number, [answer] in enumerate(answers):
        assert answer["chat"]["id"] == people[number].id
        assert (ANSWER in answer["text"]) == (number % 2 == 0)
    await asyncio.sleep(0.5)
    assert all(len(person.heard(person.chat, question)) == 1 for person, question in asked)


async def test_neither_token_nor_messages_reach_the_log(bot: BotProcess, person: Person) -> None:
    world = bot.api.world
    world.faults.append(Fault("sendMessage", 1, None))
    answer = await person.asks(QUESTION + " xyzzy")
    await person.presses(answer, "Context")
    await person.types_inline(QUESTION + " plugh")
    await person.sends_press(answer, "frotz:1")
    secret = world.token.partition(":")[2]
    for private in (secret, SECRET, "xyzzy", "plugh", "frotz", "treaty", "penguin", ANSWER):
        assert private not in bot.log
    assert "telegram.answered" in bot.log


@pytest.mark.parametrize(
    "library", ["telegram.Bot", "telegram.ext.Application", "httpx", "httpcore.http11"]
)
async def test_the_libraries_say_nothing_private_at_any_level(
    library: str, caplog: pytest.LogCaptureFixture
) -> None:
    silence_libraries()
    caplog.set_level(logging.DEBUG)
    speaker = logging.getLogger(library)
    for say in (speaker.debug, speaker.info, speaker.warning, speaker.error):
        say("POST https://api.telegram.org/bot123:SECRET/sendMessage", extra={"text": "xyzzy"})
    written = " ".join(f"{record.__dict__}" for record in caplog.records)
    assert "SECRET" not in written
    assert "xyzzy" not in written


async def test_people_and_questions_are_limited_as_the_settings_say(
    own_api: NewApi, folder: Path
) -> None:
    api = own_api()
    await api.start()
    friend, stranger = Person(api), Person(api)
    group, closed = new_group(api.world), new_group(api.world)
    settings = {
        "telegram_allowed": f"{friend.id},{group.id}",
        "telegram_questions_per_minute": "1",
    }
    async with BotProcess(api, folder, **settings).running():
        assert str(stranger.id) in (await stranger.asks(QUESTION))["text"]
        assert (await stranger.types_inline(QUESTION))["results"] == []
        ignored = stranger.says(f"/ask {QUESTION}", closed)
        assert ANSWER in (await stranger.asks(f"/ask {QUESTION}", group))["text"]
        assert not stranger.heard(closed, ignored)
        first = await friend.asks(QUESTION)
        assert ANSWER in first["text"]
        for _ in range(5):
            friend.says(QUESTION)
        # The menu comes after all that was said before: people are answered in order.
        await friend.world.until(lambda: not api.world.updates)
        last = friend.says("/help")
        await friend.reads(last)
        heard = [one["text"] for one in friend.heard(friend.chat, first)]
        refusals = [text for text in heard if "ask again in" in text]
        # One for all of them, unless they take more than a minute.
        assert refusals
        assert len(refusals) < 5
