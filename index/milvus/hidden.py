"""Which rows that readers no longer see are old enough to be deleted."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

CLEANING_SECONDS = 10.0
"""While changes go on without a pause, what they hide is deleted so often: each deletion is an
entry in the log, and all that is hidden is named in every search."""


class HiddenVersions:
    """Since when each document that was replaced or removed is hidden, by the writer's clock."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: dict[int, float] = {}
        self._shown = self._cleaned = clock()

    def shown(self, hidden: Collection[int]) -> None:
        """Readers see a new state, in which these are hidden."""
        self._shown = self._clock()
        self._since = {one: self._since.get(one, self._shown) for one in hidden}

    def rest(self, grace: float) -> float:
        """Seconds until all that is hidden is so for `grace` seconds; 0 where it is."""
        return max(self._shown + grace - self._clock(), 0.0)

    def due(self, grace: float) -> tuple[int, ...]:
        """What is to be deleted now: all after a pause, the old ones from time to time else."""
        now = self._clock()
        if self.rest(grace) and now - self._cleaned < CLEANING_SECONDS:
            return ()
        self._cleaned = now
        return tuple(one for one, since in self._since.items() if since + grace <= now)
