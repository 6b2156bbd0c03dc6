"""What goes wrong between the bot and Telegram, and what the person sees of it: nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person, labels, new_group
from tests.telegram.botapi.refusal import Refusal, flood
from tests.telegram.botapi.world import Fault
from tests.telegram.conftest import NewApi

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "Which treaty did Belarus and Russia sign in 1999?"
ANSWER = "Union State"
UNCHANGED = ("editMessageReplyMarkup", 400)


async def test_a_flood_refusal_is_waited_out(person: Person) -> None:
    person.world.faults.append(Fault("sendMessage", 2, flood(1)))
    assert ANSWER in (await person.asks(QUESTION))["text"]
    assert [c.status for c in person.world.calls if c.method == "sendMessage"].count(429) >= 2


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


async def test_a_lost_connection_loses_no_question(own_api: NewApi, folder: Path) -> None:
    api = own_api()
    await api.start()
    process = BotProcess(api, folder)
    async with process.running():
        person = Person(api)
        assert ANSWER in (await person.asks(QUESTION))["text"]
        await api.stop()
        await asyncio.sleep(1.5)
        question = person.says(QUESTION)
        await api.start()
        [answer] = await person.reads(question, seconds=40)
        assert ANSWER in answer["text"]


async def test_a_second_receiver_is_reported_and_outlasted(own_api: NewApi, folder: Path) -> None:
    api = own_api()
    await api.start()
    process = BotProcess(api, folder)
    async with process.running():
        async with httpx.AsyncClient() as rival:
            await rival.post(f"{api.url}/bot{api.world.token}/getUpdates", data={"timeout": "0"})
            await asyncio.sleep(0.2)
        await api.world.until(lambda: "telegram.conflict" in process.log)
        assert ANSWER in (await Person(api).asks(QUESTION))["text"]


async def test_the_limits_of_telegram_are_kept_when_many_ask(own_api: NewApi, folder: Path) -> None:
    api = own_api(per_second=30)
    await api.start()
    async with BotProcess(api, folder).running():
        people = [Person(api) for _ in range(200)]
        years = [1990 + number for number in range(200)]
        questions = [
            person.says(f"{QUESTION} Reader {year} wants to know.")
            for person, year in zip(people, years, strict=True)
        ]
        answers = await asyncio.gather(
            *(
                person.reads(question, seconds=90)
                for person, question in zip(people, questions, strict=True)
            )
        )
        for person, [answer] in zip(people, answers, strict=True):
            assert answer["chat"]["id"] == person.id
        await asyncio.sleep(1)
        assert all(len(p.heard(p.chat, q)) == 1 for p, q in zip(people, questions, strict=True))


async def test_each_person_may_ask_only_so_often(own_api: NewApi, folder: Path) -> None:
    api = own_api()
    await api.start()
    async with BotProcess(api, folder, telegram_questions_per_minute="2").running():
        person, other = Person(api), Person(api)
        await person.asks(QUESTION)
        await person.asks(QUESTION)
        assert "ask again in" in (await person.asks(QUESTION))["text"]
        assert ANSWER in (await other.asks(QUESTION))["text"]


async def test_only_those_on_the_list_are_answered(own_api: NewApi, folder: Path) -> None:
    api = own_api()
    await api.start()
    friend, stranger = Person(api), Person(api)
    group, closed = new_group(api.world), new_group(api.world)
    allowed = f"{friend.id},{group.id}"
    async with BotProcess(api, folder, telegram_allowed=allowed).running():
        assert str(stranger.id) in (await stranger.asks(QUESTION))["text"]
        assert ANSWER in (await friend.asks(QUESTION))["text"]
        ignored = stranger.says(f"/ask {QUESTION}", closed)
        assert ANSWER in (await stranger.asks(f"/ask {QUESTION}", group))["text"]
        assert (await stranger.types_inline(QUESTION))["results"] == []
        assert not stranger.heard(closed, ignored)
