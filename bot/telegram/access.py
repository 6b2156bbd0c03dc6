"""Who may use the bot, who may change the collection, and how often one may ask."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Collection

WINDOW_SECONDS = 60.0
USERS_REMEMBERED = 10_000


class Access:
    """The allow-list of users and chats, and the administrators. An empty list admits all."""

    def __init__(self, allowed: Collection[int], administrators: Collection[int]) -> None:
        self._allowed = frozenset(allowed)
        self.administrators = frozenset(administrators)

    def admits(self, user: int, chat: int | None) -> bool:
        """Whether this person may use the bot in this chat."""
        return not self._allowed or bool({user, chat} & self._allowed) or self.rules(user)

    def rules(self, user: int) -> bool:
        """Whether this person is an administrator."""
        return user in self.administrators


class QuestionLimit:
    """So many questions a minute for each person, over a sliding window; 0 is no limit."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._asked: OrderedDict[int, deque[float]] = OrderedDict()
        self._told: OrderedDict[int, float] = OrderedDict()

    def seconds_to_wait(self, user: int) -> float:
        """Count one question: 0 where it may be asked, otherwise how long until one may be."""
        if not self._per_minute:
            return 0.0
        now = self._clock()
        times = self._asked.setdefault(user, deque())
        self._asked.move_to_end(user)
        while times and times[0] <= now - WINDOW_SECONDS:
            times.popleft()
        if len(times) >= self._per_minute:
            return times[0] + WINDOW_SECONDS - now
        times.append(now)
        if len(self._asked) > USERS_REMEMBERED:
            self._asked.popitem(last=False)
        return 0.0

    def is_news(self, user: int, seconds: float) -> bool:
        """Whether somebody who has to wait so long was not told to wait for this time yet.

        Whoever sends hundreds of questions reads one refusal, not hundreds.
        """
        now = self._clock()
        if now < self._told.get(user, now):
            return False
        self._told[user] = now + seconds
        self._told.move_to_end(user)
        if len(self._told) > USERS_REMEMBERED:
            self._told.popitem(last=False)
        return True
