"""Where nothing answers, the reader is told why, and small talk is no question."""

from __future__ import annotations

import re

import pytest

from bot.telegram.small_talk import is_small_talk
from bot.telegram.texts import ENGLISH, RUSSIAN, UKRAINIAN, Texts
from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person, labels, new_group
from tests.telegram.test_asking import ANSWER, QUESTION, UNANSWERABLE


@pytest.mark.parametrize(
    "text",
    ["hi", "Thanks!", "ok", "?", "...", "👍🏽", "Good morning!", "Спасибо большое", "дякую", "\n"],
)
def test_greetings_and_signs_ask_nothing(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize("text", ["Why?", "And Minsk?", "5?", "ok, and when?", "who", "Мінськ"])
def test_a_question_may_be_short(text: str) -> None:
    assert not is_small_talk(text)


@pytest.mark.asyncio(loop_scope="session")
async def test_small_talk_is_no_turn_and_in_groups_nothing(bot: BotProcess, person: Person) -> None:
    await person.asks("What did the Foreign Ministry in Kyiv say about Gomel?")
    assert (await person.asks("thanks"))["text"] == ENGLISH.guide.small_talk
    follow_up = await person.asks("And what did Minsk say?")
    assert "thanks" not in follow_up["text"]
    assert "Gomel" in follow_up["text"].partition("\n")[0]
    group = new_group(bot.api.world)
    answer = await person.asks(f"@{bot.api.world.username} {QUESTION}", group)
    thanks = person.says("thanks!", group, reply_to=answer)
    last = person.says(f"@{bot.api.world.username} {QUESTION}", group)
    await person.reads(last)
    assert len(person.heard(group, thanks)) == 1


@pytest.mark.asyncio(loop_scope="session")
async def test_a_question_without_words_that_say_something_is_asked_for_more(
    person: Person,
) -> None:
    answer = await person.asks("How are you?")
    assert answer["text"] == ENGLISH.guide.small_talk


@pytest.mark.asyncio(loop_scope="session")
async def test_passages_without_a_word_of_the_question_are_not_near(person: Person) -> None:
    answer = await person.asks("Quetzalcoatlus wingspan?")
    assert answer["text"] == ENGLISH.answer.not_said
    assert labels(answer) == ["👍", "👎"]
    near = await person.asks(UNANSWERABLE)
    assert near["text"].startswith(ENGLISH.answer.not_said)


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    ("language", "texts", "question"),
    [
        ("ru", RUSSIAN, "Сколько вёрст от Земли до Сатурна?"),
        ("uk", UKRAINIAN, "Скільки верст від Землі до Сатурна?"),
        ("en", ENGLISH, "Сколько вёрст от Земли до Сатурна?"),
    ],
)
async def test_who_asks_in_a_language_that_is_not_read_is_told_which_is(
    bot: BotProcess, language: str, texts: Texts, question: str
) -> None:
    person = Person(bot.api, language)
    answer = await person.asks(question)
    assert answer["text"] == texts.answer.english_only
    greeting = await person.asks("/start")
    assert (texts.guide.english_only in greeting["text"]) == (texts is not ENGLISH)
    offered = await person.types_inline(question)
    assert offered["button"]["text"] == texts.guide.inline_english_only


@pytest.mark.asyncio(loop_scope="session")
async def test_where_everything_is_told_nothing_else_is_said(person: Person) -> None:
    await person.asks(QUESTION)
    while True:
        answer = await person.asks("What else?")
        if "“" not in answer["text"]:
            break
    assert answer["text"] == ENGLISH.answer.nothing_more


@pytest.mark.asyncio(loop_scope="session")
async def test_filters_that_leave_nothing_say_what_there_is(person: Person) -> None:
    answer = await person.asks("What did Minsk say last week?")
    # Other tests may have added articles of later days than the samples.
    before_day, after_day = ENGLISH.answer.nothing_since.split("{last}")
    assert re.search(
        rf"{re.escape(before_day)}\d+ September 2024{re.escape(after_day)}$", answer["text"]
    )
    assert answer["text"].startswith("Only articles from")
    before = await person.asks("What did Minsk say? until 2001-01-01")
    oldest_day, before_it = ENGLISH.answer.nothing_until.split("{first}")
    assert re.search(
        rf"{re.escape(oldest_day)}\d+ \w+ 20(?:19|2\d){re.escape(before_it)}$", before["text"]
    )


@pytest.mark.asyncio(loop_scope="session")
async def test_a_caption_is_a_question(bot: BotProcess, person: Person) -> None:
    photo = {"photo": [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]}
    document = {"document": {"file_id": "b", "file_unique_id": "b", "file_name": "notes.txt"}}
    for body in (photo, document):
        [answer] = await person.reads(person.sends({**body, "caption": QUESTION}))
        assert ANSWER in answer["text"]
    group = new_group(bot.api.world)
    name = f"@{bot.api.world.username}"
    mention = {"type": "mention", "offset": 0, "length": len(name)}
    caption = {"caption": f"{name} {QUESTION}", "caption_entities": [mention]}
    person.sends({**photo, "caption": QUESTION}, group)
    asked = person.sends({**photo, **caption}, group)
    [answer] = await person.reads(asked)
    assert ANSWER in answer["text"]
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
