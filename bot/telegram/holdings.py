"""What the filters of a question are understood against: outlets, and the oldest article."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.engine import Engine

SECONDS_KEPT = 30.0


@dataclass(frozen=True, slots=True)
class Holdings:
    """The names of the outlets, and the day of the oldest dated article."""

    outlets: tuple[str, ...] = ()
    first: date | None = None


class KnownHoldings:
    """Looks holdings up again every half a minute: in a large collection that reads every row."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._clock = clock
        self._known = Holdings()
        self._read_at: float | None = None

    async def now(self) -> Holdings:
        """The holdings, at most `SECONDS_KEPT` old."""
        now = self._clock()
        if self._read_at is None or now - self._read_at > SECONDS_KEPT:
            rows = await self._engine.sources()
            days = [first for _, _, first, _ in rows if first]
            self._known = Holdings(
                tuple(name for name, *_ in rows if name), min(days, default=None)
            )
            self._read_at = now
        return self._known
