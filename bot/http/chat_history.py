"""What came before in a chat, as turns of a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import overload

from bot.http.schemas.chat import Message
from retrieval.answer import Turn
from retrieval.conversation.follow_ups import standalone

TURNS_READ = 6


class ChatHistory(Sequence[Turn]):
    """The turns before the last question of a chat.

    They are made when somebody first looks at them, which is in the thread that answers: to
    understand each from those before it takes time, and the event loop has none to spare. What is
    longer than a question may be is no turn.
    """

    def __init__(self, messages: Sequence[Message], longest: int) -> None:
        self._messages = messages
        self._longest = longest

    @cached_property
    def _turns(self) -> tuple[Turn, ...]:
        asked = [place for place, message in enumerate(self._messages) if message.role == "user"]
        turns: list[Turn] = []
        for place, following in list(pairwise(asked))[-TURNS_READ:]:
            text = self._messages[place].text
            if not text.strip() or len(text) > self._longest:
                continue
            between = self._messages[place + 1 : following]
            shown = tuple(one.text for one in between if one.role == "assistant" and one.text)
            meant = standalone(text, turns)
            # A follow-up takes over names from before: what it means may be longer than itself.
            if len(meant) <= self._longest:
                turns.append(Turn(text, meant, answered=True, shown=shown))
        return tuple(turns)

    @overload
    def __getitem__(self, place: int) -> Turn: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Turn]: ...

    def __getitem__(self, place: int | slice) -> Turn | Sequence[Turn]:
        return self._turns[place]

    def __len__(self) -> int:
        return len(self._turns)
