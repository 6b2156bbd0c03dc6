"""A chat that Telegram slows down, or a person who writes without end, keeps nobody waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.constants import FloodLimit
from telegram.error import RetryAfter, TimedOut

from bot.telegram.access import QuestionLimit
from bot.telegram.database import open_database
from bot.telegram.database_thread import DatabaseThread
from bot.telegram.inbox import Inbox
from bot.telegram.patience import (
    BURST,
    GROUP_BURST,
    GROUP_PER_MINUTE,
    LONGEST_FLOOD_SECONDS,
    PER_SECOND,
    PatientLimiter,
)
from bot.telegram.updates import MOST_AT_ONCE, OrderedProcessor
from tests.telegram.test_memory import an_update

ENDLESS = 1_000_000


def a_press(number: int, user: int, chat: int | None = None) -> Update:
    """Of a button under a message of the chat with that person, or of a group."""
    where = Chat(user, Chat.PRIVATE) if chat is None else Chat(chat, Chat.SUPERGROUP)
    message = Message(number, datetime.now(UTC), where)
    person = User(user, "Somebody", is_bot=False)
    return Update(number, callback_query=CallbackQuery("1", person, "1", message, data="more:x"))


def sending(
    limiter: PatientLimiter, chat: int, refusals: list[RetryAfter], method: str = "sendMessage"
) -> Awaitable[object]:
    """A message to a chat, which meets these refusals one after the other."""

    async def call() -> bool:
        if refusals:
            raise refusals.pop()
        return True

    return limiter.process_request(call, (), {}, method, {"chat_id": chat}, None)


async def test_a_flood_refusal_holds_up_its_own_chat_only() -> None:
    limiter = PatientLimiter()
    met = asyncio.Event()

    async def refused() -> bool:
        met.set()
        raise RetryAfter(ENDLESS)

    first = limiter.process_request(refused, (), {}, "sendMessage", {"chat_id": 1}, None)
    waiting = asyncio.ensure_future(first)
    await met.wait()
    assert await sending(limiter, 2, []) is True
    assert await sending(limiter, 2, []) is True
    behind = asyncio.ensure_future(sending(limiter, 1, []))
    assert await sending(limiter, -3, []) is True
    assert not waiting.done()
    assert not behind.done()
    limiter.stop()
    for one in (waiting, behind):
        with pytest.raises((RetryAfter, TimedOut)):
            await one


async def test_a_flood_refusal_is_waited_out_and_no_longer_than_an_hour() -> None:
    limiter = PatientLimiter()
    assert await sending(limiter, 1, [RetryAfter(0), RetryAfter(0), RetryAfter(0)]) is True
    assert limiter._keep_quiet("1", RetryAfter(ENDLESS)) == LONGEST_FLOOD_SECONDS


async def test_what_is_not_worth_waiting_for_is_told_at_once() -> None:
    with pytest.raises(RetryAfter):
        await sending(PatientLimiter(), 1, [RetryAfter(ENDLESS)], "sendChatAction")


def test_what_goes_at_once_and_what_follows_stay_below_the_limits_of_telegram() -> None:
    assert BURST + PER_SECOND <= FloodLimit.MESSAGES_PER_SECOND
    assert GROUP_BURST + GROUP_PER_MINUTE <= FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP


async def test_no_more_go_to_a_group_at_once_than_its_bucket_holds() -> None:
    limiter = PatientLimiter()
    for _ in range(GROUP_BURST):
        assert await sending(limiter, -1, []) is True
    next_one = asyncio.ensure_future(sending(limiter, -1, []))
    assert await sending(limiter, -2, []) is True
    assert not next_one.done()
    next_one.cancel()


async def test_hundreds_of_messages_of_one_person_keep_no_other_waiting(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    processor = OrderedProcessor(Inbox(database), DatabaseThread())
    released = asyncio.Event()
    order: list[int] = []

    def handled(number: int, wait: Callable[[], Awaitable[object]]) -> asyncio.Task[None]:
        async def handle() -> None:
            await wait()
            order.append(number)

        update: Update = an_update(number, user=1 if number < ENDLESS else 2)
        return asyncio.create_task(processor.process_update(update, handle()))

    many = [handled(number, released.wait) for number in range(2 * MOST_AT_ONCE)]
    await handled(ENDLESS, _at_once)
    assert order == [ENDLESS]
    released.set()
    await asyncio.gather(*many)
    assert order == [ENDLESS, *range(2 * MOST_AT_ONCE)]
    database.close()


async def test_hundreds_of_presses_of_a_few_people_keep_no_question_waiting(
    tmp_path: Path,
) -> None:
    """Each press waits, as it does where Telegram slows the chat down."""
    database = open_database(tmp_path)
    processor = OrderedProcessor(Inbox(database), DatabaseThread())
    released = asyncio.Event()
    pressed: list[int] = []

    async def press(number: int) -> None:
        await released.wait()
        pressed.append(number)

    few = 4
    presses = [
        asyncio.create_task(processor.process_update(a_press(number, number % few), press(number)))
        for number in range(1, 2 * MOST_AT_ONCE + 1)
    ]
    await processor.process_update(an_update(ENDLESS, user=0), _at_once())
    assert pressed == []
    released.set()
    await asyncio.gather(*presses)
    for person in range(few):
        own = [number for number in pressed if number % few == person]
        assert own == sorted(own)
    assert len(pressed) == 2 * MOST_AT_ONCE
    database.close()


async def test_a_group_of_hundreds_keeps_no_other_chat_waiting(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    processor = OrderedProcessor(Inbox(database), DatabaseThread())
    released = asyncio.Event()
    group = -100
    many = [
        asyncio.create_task(
            processor.process_update(a_press(number, number, group), released.wait())
        )
        for number in range(1, 2 * MOST_AT_ONCE + 1)
    ]
    await processor.process_update(an_update(ENDLESS), _at_once())
    assert not any(one.done() for one in many)
    released.set()
    await asyncio.gather(*many)
    database.close()


async def test_no_more_are_handled_at_once_than_there_are_slots(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    processor = OrderedProcessor(Inbox(database), DatabaseThread(), most_at_once=2)
    begun: list[int] = []
    released = asyncio.Event()

    async def handle(number: int) -> None:
        begun.append(number)
        await released.wait()

    tasks = [
        asyncio.create_task(processor.process_update(an_update(user, user), handle(user)))
        for user in range(1, 4)
    ]
    for _ in range(10):
        await asyncio.sleep(0)
    assert begun == [1, 2]
    released.set()
    await asyncio.gather(*tasks)
    assert begun == [1, 2, 3]
    database.close()


def test_who_asks_too_often_is_told_once_until_the_time_is_over() -> None:
    now = 0.0
    limit = QuestionLimit(1, clock=lambda: now)
    assert limit.seconds_to_wait(1) == 0
    now = 20.0
    assert [limit.is_news(1, limit.seconds_to_wait(1)) for _ in range(3)] == [True, False, False]
    assert limit.is_news(2, 40.0)
    now = 61.0
    assert limit.seconds_to_wait(1) == 0
    assert limit.is_news(1, limit.seconds_to_wait(1))


async def _at_once() -> None:
    """Nothing to wait for."""
