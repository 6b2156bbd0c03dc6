"""Buttons under an answer: whose language they keep, and what is no button of the bot."""

from __future__ import annotations

import pytest

from bot.telegram.texts import ENGLISH, RUSSIAN
from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person, find_button, labels, new_group
from tests.telegram.test_asking import QUESTION, covered

pytestmark = pytest.mark.asyncio(loop_scope="session")

MANY = "What did Lukashenko say about Ukraine and the border?"


async def test_an_answer_keeps_the_language_and_quotes_of_who_asked(
    bot: BotProcess, person: Person
) -> None:
    other, group = Person(bot.api, "ru"), new_group(bot.api.world)
    menu = await person.asks("/settings")
    await person.presses(menu, "1")
    answer = await person.asks(f"@{bot.api.world.username} {MANY}", group)
    pressed = await other.presses(answer, "Context")
    assert not pressed.get("text")
    await bot.api.world.until(lambda: "Hide context" in labels(answer))
    assert "August" in answer["text"]
    await other.presses(answer, "More")
    [more] = await person.reads(answer)
    assert len(covered(more, "blockquote")) == 1
    assert "Context" in labels(more)
    thanks = await other.presses(answer, "👍")
    assert thanks["text"] == RUSSIAN.answer.thanks


async def test_the_tick_of_a_rating_stays(person: Person) -> None:
    answer = await person.asks(MANY)
    await person.presses(answer, "👍")
    await person.world.until(lambda: "👍 ✓" in labels(answer))
    await person.presses(answer, "Context")
    await person.world.until(lambda: "Hide context" in labels(answer))
    assert "👍 ✓" in labels(answer)
    await person.presses(answer, "More")
    [more] = await person.reads(answer)
    await person.world.until(lambda: not any(x.startswith("More") for x in labels(answer)))
    assert "👍 ✓" in labels(answer)
    assert "👍" in labels(more)


async def test_a_press_from_another_chat_is_refused(bot: BotProcess, person: Person) -> None:
    answer = await person.asks(MANY)
    stranger = Person(bot.api)
    data = find_button(answer, "More")["callback_data"]
    refused = await stranger.sends_press(await stranger.asks("/help"), data)
    assert refused["text"] == ENGLISH.answer.expired
    await person.asks("/help")
    assert len(person.heard(person.chat, answer)) == 1


@pytest.mark.parametrize("data", ["language:xx", "quotes:99", "quotes:"])
async def test_choices_that_were_never_offered_have_expired(person: Person, data: str) -> None:
    menu = await person.asks("/settings")
    refused = await person.sends_press(menu, data)
    assert refused["text"] == ENGLISH.refusal.expired_button
    assert str(refused["show_alert"]).lower() == "true"


@pytest.mark.parametrize("page", ["5000", "9" * 24])
async def test_a_page_beyond_the_end_is_the_last(administrator: Person, page: str) -> None:
    listed = await administrator.asks("/articles")
    total = listed["text"].partition(" of ")[2].partition(":")[0]
    await administrator.sends_press(listed, f"page:{page}")
    await administrator.world.until(lambda: f"to {total} of {total}:" in listed["text"])


async def test_proof_in_a_group_replies_and_needs_quotes(bot: BotProcess, person: Person) -> None:
    group = new_group(bot.api.world)
    await person.asks(f"@{bot.api.world.username} {QUESTION}", group)
    command = person.says(f"/proof@{bot.api.world.username}", group)
    [file] = await person.reads(command)
    assert file["document"]["file_name"] == "answer.json"
    assert file["reply_to_message"]["message_id"] == command["message_id"]
    await person.asks("What does a penguin eat for breakfast on Mars?")
    told = await person.asks("/proof")
    assert told["text"] == ENGLISH.guide.proof_nothing
