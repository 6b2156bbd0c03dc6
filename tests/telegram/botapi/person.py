"""A person with a telephone, scripted."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import (
    CALLBACK_SECONDS,
    INLINE_SECONDS,
    SECONDS,
    Chat,
    Json,
    Query,
    World,
    found_entities,
)

_ids = itertools.count(5_000_001)
_group_ids = itertools.count(1_000_000_001)


def new_group(world: World, title: str = "A group") -> Chat:
    """A supergroup with the bot in it."""
    chat = Chat(-1_000_000_000_000 - next(_group_ids), "supergroup", title, started=True)
    world.chats[chat.id] = chat
    return chat


@dataclass
class Person:
    """Somebody who writes, presses buttons and reads."""

    api: BotApi
    language: str = "en"
    id: int = field(default_factory=lambda: next(_ids))
    chat: Chat = field(init=False)

    def __post_init__(self) -> None:
        self.chat = Chat(self.id, "private", f"Person {self.id}")
        self.world.chats[self.id] = self.chat

    @property
    def world(self) -> World:
        return self.api.world

    def as_json(self) -> Json:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": f"Person {self.id}",
            "language_code": self.language,
        }

    def says(self, text: str, chat: Chat | None = None, reply_to: Json | None = None) -> Json:
        """Write a message."""
        body: Json = {"text": text, "entities": found_entities(text)}
        return self._sends(body, chat, reply_to)

    def sends_file(self, name: str, content: bytes, claimed_size: int | None = None) -> Json:
        """Send a document in private."""
        document = self.api.methods.put_file(name, content)
        if claimed_size is not None:
            document["file_size"] = claimed_size
        return self._sends({"document": document}, None, None)

    def sends(self, body: Json, chat: Chat | None = None) -> Json:
        """Send anything else."""
        return self._sends(body, chat, None)

    def edits(self, message: Json, text: str) -> None:
        """Change what was written."""
        message.update(text=text, entities=found_entities(text), edit_date=int(time.time()))
        self.world.deliver("edited_message", dict(message))

    async def presses(self, message: Json, label: str) -> Json:
        """Press the button that begins with a label; what the bot answers to the press."""
        button = find_button(message, label)
        return await self.sends_press(message, button["callback_data"])

    async def sends_press(self, message: Json, data: str, *, late: bool = False) -> Json:
        """Press a button with this data; where late, the bot hears of it too late to answer."""
        query = Query(str(self.world.number()), time.monotonic(), CALLBACK_SECONDS)
        if late:
            query.asked -= CALLBACK_SECONDS
        self.world.callbacks[query.id] = query
        self.world.deliver(
            "callback_query",
            {
                "id": query.id,
                "from": self.as_json(),
                "message": {k: v for k, v in message.items() if v not in (None, [], "")},
                "chat_instance": "1",
                "data": data,
            },
        )
        if late:
            return {}
        answer: Json = await self.world.until(lambda: query.answer)
        return answer

    async def types_inline(self, text: str) -> Json:
        """Type `@bot text` somewhere; what is offered."""
        answer: Json = await self.world.until(self.starts_inline(text))
        return answer

    def starts_inline(self, text: str) -> Any:
        """Type without waiting; a function that gives the answer once there is one."""
        query = Query(str(self.world.number()), time.monotonic(), INLINE_SECONDS)
        self.world.inlines[query.id] = query
        self.world.deliver(
            "inline_query",
            {"id": query.id, "from": self.as_json(), "query": text, "offset": ""},
        )
        return lambda: query.answer

    async def reads(self, after: Json, count: int = 1, seconds: float = SECONDS) -> list[Json]:
        """Wait for messages of the bot after a message, in that chat."""
        chat = self.world.chats[after["chat"]["id"]]
        found: list[Json] = await self.world.until(
            lambda: (new := self.heard(chat, after)) and len(new) >= count and new, seconds
        )
        return found

    async def asks(self, text: str, chat: Chat | None = None) -> Json:
        """Write, and read the first message that comes back."""
        return (await self.reads(self.says(text, chat)))[0]

    def heard(self, chat: Chat, after: Json) -> list[Json]:
        """What the bot has written in a chat after a message."""
        return [
            message
            for number, message in sorted(chat.messages.items())
            if number > after["message_id"] and message["from"]["id"] == self.world.bot_id
        ]

    async def blocks(self) -> None:
        """Want to hear no more."""
        self.chat.blocked = True

    def _sends(self, body: Json, chat: Chat | None, reply_to: Json | None) -> Json:
        chat = chat or self.chat
        if chat is self.chat:
            chat.started, chat.blocked = True, False
        message: Json = {
            "message_id": self.world.number(),
            "date": int(time.time()),
            "chat": chat.as_json(),
            "from": self.as_json(),
            **body,
        }
        if reply_to:
            message["reply_to_message"] = {
                name: value
                for name, value in reply_to.items()
                if name != "reply_to_message" and value not in (None, [], "")
            }
        chat.messages[message["message_id"]] = message
        self.world.deliver("message", dict(message))
        return message


def find_button(message: Json, label: str) -> Json:
    """The button under a message whose label begins so."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    buttons: list[Json] = [button for row in rows for button in row]
    for button in buttons:
        if button["text"].startswith(label):
            return button
    raise AssertionError(f"no button {label!r} among {[button['text'] for button in buttons]}")


def labels(message: Json) -> list[str]:
    """The labels of the buttons under a message."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]
