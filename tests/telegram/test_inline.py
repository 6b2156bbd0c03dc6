"""`@bot question` in any chat: what is inserted, and what people are told who get nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.telegram.texts import ENGLISH
from tests.telegram.bot_process import POLLING, bot_by
from tests.telegram.botapi.person import Person
from tests.telegram.conftest import NewApi
from tests.telegram.test_asking import QUESTION, UNANSWERABLE

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_quote_is_inserted_without_its_number(person: Person) -> None:
    offered = await person.types_inline(QUESTION)
    for result in offered["results"]:
        assert "\n[" not in result["input_message_content"]["message_text"]


async def test_who_comes_from_an_inline_query_is_told_what_to_do(person: Person) -> None:
    nothing = await person.types_inline(UNANSWERABLE)
    assert nothing["button"]["text"] == ENGLISH.guide.inline_nothing
    told = await person.asks(f"/start {nothing['button']['start_parameter']}")
    assert told["text"] == ENGLISH.guide.start_inline


async def test_pauses_in_typing_are_not_questions(folder: Path, own_api: NewApi) -> None:
    api = own_api()
    await api.start()
    async with bot_by(POLLING, api, folder, telegram_questions_per_minute="1").running():
        person = Person(api)
        for typed in ("Which treaty", "Which treaty did Belarus", QUESTION):
            offered = await person.types_inline(typed)
        assert offered["results"]
        assert ENGLISH.refusal.slower.partition(":")[0] not in (await person.asks(QUESTION))["text"]
        while offered["results"]:
            offered = await person.types_inline(QUESTION)
        assert offered["button"]["text"] == ENGLISH.guide.inline_slower
        assert int(offered["cache_time"]) == 0


async def test_nothing_is_kept_for_people_who_are_not_allowed(
    folder: Path, own_api: NewApi
) -> None:
    api = own_api()
    await api.start()
    async with bot_by(POLLING, api, folder, telegram_allowed="1").running():
        offered = await Person(api).types_inline(QUESTION)
    assert not offered.get("results")
    assert int(offered["cache_time"]) == 0
    assert str(offered["is_personal"]).lower() == "true"
