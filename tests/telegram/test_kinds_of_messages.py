"""Messages that are no question, or reply to nothing, although they look like it."""

from __future__ import annotations

import json

import pytest

from bot.telegram.texts import ENGLISH
from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person, new_group
from tests.telegram.botapi.world import Chat, Json
from tests.telegram.test_asking import ANSWER, QUESTION

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHOTO = [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]


class Topic:
    """A topic of a forum, which the bot has made."""

    def __init__(self, person: Person) -> None:
        self.chat: Chat = new_group(person.world, "A forum")
        self._person = person
        self._notice: Json = {
            "message_id": person.world.number(),
            "date": 1_700_000_000,
            "chat": self.chat.as_json(),
            "from": person.world.bot_user(),
            "message_thread_id": person.world.number(),
            "is_topic_message": True,
            "forum_topic_created": {"name": "News", "icon_color": 7322096},
        }

    def hears(self, text: str, reply_to: Json | None = None, command: int = 0) -> Json:
        """Something said in the topic; every message there replies to the notice at least."""
        entities = [{"type": "bot_command", "offset": 0, "length": command}] if command else []
        return self._person.sends(
            {
                "text": text,
                "entities": entities,
                "message_thread_id": self._notice["message_thread_id"],
                "is_topic_message": True,
                "reply_to_message": reply_to or self._notice,
            },
            self.chat,
        )


async def test_in_a_topic_only_a_reply_to_an_answer_addresses_the_bot(person: Person) -> None:
    topic = Topic(person)
    ignored = topic.hears("What a nice day at the border of Belarus!")
    command = f"/ask@{person.world.username}"
    [answer] = await person.reads(topic.hears(f"{command} {QUESTION}", command=len(command)))
    assert ANSWER in answer["text"]
    shown = {name: answer[name] for name in ("message_id", "date", "chat", "from", "text")}
    await person.reads(topic.hears(QUESTION, reply_to=shown))
    assert len(person.heard(topic.chat, ignored)) == 2
    usage = topic.hears(command, command=len(command))
    [told] = await person.reads(usage)
    assert told["text"] == ENGLISH.guide.ask_usage


async def test_proof_in_a_topic_means_the_last_answer_there(person: Person) -> None:
    topic = Topic(person)
    command = f"/ask@{person.world.username}"
    await person.reads(topic.hears(f"{command} {QUESTION}", command=len(command)))
    proof = f"/proof@{person.world.username}"
    [file] = await person.reads(topic.hears(proof, command=len(proof)))
    _, content = person.world.files[file["document"]["file_id"]]
    assert json.loads(content)["question"] == QUESTION


async def test_a_quote_inserted_by_inline_mode_is_no_question(
    bot: BotProcess, person: Person
) -> None:
    answer = await person.asks(QUESTION)
    group = new_group(bot.api.world)
    inserted = {"text": answer["text"], "via_bot": bot.api.world.bot_user()}
    shown = {name: answer[name] for name in ("message_id", "date", "chat", "from", "text")}
    person.sends(inserted)
    in_group = person.sends({**inserted, "reply_to_message": shown}, group)
    # Answered in order: what was sent before has been heard by then.
    told = await person.asks("/help")
    assert ENGLISH.guide.help in told["text"]
    assert len(person.heard(person.chat, answer)) == 1
    last = person.says(f"/ask {QUESTION}", group)
    [reply] = await person.reads(last)
    assert reply["reply_to_message"]["message_id"] == last["message_id"]
    assert len(person.heard(group, in_group)) == 1


async def test_an_album_is_told_once_that_it_cannot_be_read(person: Person) -> None:
    first, *_ = [person.sends({"photo": PHOTO, "media_group_id": "1"}) for _ in range(4)]
    person.says("/help")

    def told() -> list[str]:
        return [one["text"] for one in person.heard(person.chat, first)]

    # Answered in order, so nothing comes after the help.
    await person.world.until(lambda: any(ENGLISH.guide.help in text for text in told()))
    assert told()[:-1] == [ENGLISH.guide.text_only]


async def test_of_an_album_with_a_caption_the_caption_is_answered_alone(person: Person) -> None:
    asked = person.sends({"photo": PHOTO, "media_group_id": "2", "caption": QUESTION})
    for _ in range(3):
        person.sends({"photo": PHOTO, "media_group_id": "2"})
    other = person.sends({"photo": PHOTO, "media_group_id": "3"})
    [answer, told] = await person.reads(asked, count=2)
    assert ANSWER in answer["text"]
    assert told["text"] == ENGLISH.guide.text_only
    assert told["message_id"] > other["message_id"]
