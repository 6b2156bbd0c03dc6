"""People, chats and messages: what Telegram's servers know."""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.botapi.refusal import Refusal, flood
from tests.telegram.botapi.text import utf16

SECONDS = 120.0
"""How long is waited for anything: no outcome depends on how fast the machine is."""

CROWD_SECONDS = 900.0
"""The same, for hundreds who ask at once."""
CALLBACK_SECONDS = INLINE_SECONDS = SECONDS
"""How late the bot may answer; Telegram allows seconds only."""

COMMAND = re.compile(r"(?<!\S)/[a-zA-Z0-9_]{1,32}(@\w+)?")
MENTION = re.compile(r"(?<!\w)@\w{4,32}")

Json = dict[str, Any]


@dataclass(slots=True)
class Chat:
    """A chat and everything that was written in it."""

    id: int
    kind: str
    title: str = ""
    messages: dict[int, Json] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    started: bool = False
    blocked: bool = False
    moved_to: int | None = None
    actions: list[str] = field(default_factory=list)

    def as_json(self) -> Json:
        name = "first_name" if self.kind == "private" else "title"
        return {"id": self.id, "type": self.kind, name: self.title or "Somebody"}


@dataclass(slots=True)
class Query:
    """A pressed button or an inline query, until it is answered."""

    id: str
    asked: float
    seconds: float
    answer: Json | None = None


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next `times` calls of a method."""

    method: str
    times: int
    refusal: Refusal | None
    afterwards: bool = False


@dataclass(slots=True)
class Call:
    """One request of the bot, as it came."""

    method: str
    parameters: Json
    status: int
    at: float


@dataclass
class World:
    """One bot's world. Everything happens on one event loop, so nothing is locked."""

    token: str = "123456789:TEST-token-of-the-double-0123456789abc"
    username: str = "onrecord_test_bot"
    wrong_token: int = 404
    local: bool = True
    per_second: int = 30
    per_minute_in_group: int = 20
    chats: dict[int, Chat] = field(default_factory=dict)
    updates: list[Json] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    callbacks: dict[str, Query] = field(default_factory=dict)
    inlines: dict[str, Query] = field(default_factory=dict)
    commands: dict[tuple[str, str, str], list[Json]] = field(default_factory=dict)
    webhook: Json | None = None
    allowed_updates: list[str] | None = None
    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    late: dict[str, float] = field(default_factory=dict)
    """Seconds by which the reply to a method comes later than what it does."""
    polling: object | None = None
    clock: Callable[[], float] = time.time
    _numbers: int = 1000
    _sent: deque[float] = field(default_factory=deque)
    _sent_in_group: dict[int, deque[float]] = field(default_factory=dict)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def bot_id(self) -> int:
        return int(self.token.partition(":")[0])

    def bot_user(self) -> Json:
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": "OnRecord",
            "username": self.username,
        }

    def number(self) -> int:
        self._numbers += 1
        return self._numbers

    def chat(self, chat_id: object) -> Chat:
        """The chat that a method names, or the refusal that Telegram gives."""
        try:
            number = int(str(chat_id))
        except ValueError:
            raise Refusal(400, "chat not found") from None
        chat = self.chats.get(number)
        if chat is None:
            raise Refusal(400, "chat not found")
        if chat.moved_to:
            raise Refusal(
                400,
                "group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.moved_to,
            )
        return chat

    def writable(self, chat_id: object) -> Chat:
        """A chat that the bot may write to."""
        chat = self.chat(chat_id)
        if chat.blocked and chat.kind == "private":
            raise Refusal(403, "bot was blocked by the user")
        if chat.blocked:
            raise Refusal(403, f"bot was kicked from the {chat.kind} chat")
        if chat.kind == "private" and not chat.started:
            raise Refusal(403, "bot can't initiate conversation with a user")
        return chat

    def count_message(self, chat: Chat) -> None:
        """Telegram's flood limits: 30 a second over all, 20 a minute in a group."""
        _count(self._sent, self.per_second, 1.0)
        if chat.kind != "private":
            sent = self._sent_in_group.setdefault(chat.id, deque())
            _count(sent, self.per_minute_in_group, 60.0)

    def deliver(self, kind: str, content: Json) -> int:
        """Something that the bot should hear of."""
        update_id = self.number()
        if self.allowed_updates is None or kind in self.allowed_updates:
            self.updates.append({"update_id": update_id, kind: content})
        self.changed()
        return update_id

    def changed(self) -> None:
        """Wake everybody who waits for something to happen."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, condition: Callable[[], Any], seconds: float = SECONDS) -> Any:
        """Wait until something holds, and return it; AssertionError where it never does."""
        deadline = time.monotonic() + seconds
        while True:
            event = self._changed
            if result := condition():
                return result
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"waited {seconds} s in vain")
            try:
                await asyncio.wait_for(event.wait(), min(left, 0.5))
            except TimeoutError:
                continue

    def fault(self, method: str) -> Fault | None:
        """The fault that this call runs into, if any."""
        for fault in self.faults:
            if fault.method == method and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    def called(self, method: str) -> list[Json]:
        """The parameters of every accepted call of a method."""
        return [c.parameters for c in self.calls if c.method == method and c.status == 200]


def found_entities(text: str) -> list[Json]:
    """Commands and mentions that Telegram finds by itself in what people write."""
    found = []
    for pattern, kind in ((COMMAND, "bot_command"), (MENTION, "mention")):
        for match in pattern.finditer(text):
            offset = len(utf16(text[: match.start()]))
            found.append({"type": kind, "offset": offset, "length": len(utf16(match[0]))})
    return sorted(found, key=lambda entity: int(entity["offset"]))


def _count(sent: deque[float], most: int, seconds: float) -> None:
    now = time.monotonic()
    while sent and sent[0] <= now - seconds:
        sent.popleft()
    if len(sent) >= most:
        raise flood(max(1, round(sent[0] + seconds - now)))
    sent.append(now)
