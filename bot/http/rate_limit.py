"""How often one caller may ask."""

from __future__ import annotations

import time
from collections.abc import Callable

CALLERS_REMEMBERED = 50_000


class RateLimit:
    """The generic cell rate algorithm (ITU-T I.371): `per_minute` on average, as a burst too.

    Holds one number a caller: the time at which its allowance will be whole again. 0 is no limit.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = 60.0 / per_minute if per_minute else 0.0
        self._clock = clock
        self._whole_at: dict[str, float] = {}

    def wait_seconds(self, caller: str) -> float:
        """0 where the request may pass (and is counted), else the seconds until one may."""
        if not self._interval:
            return 0.0
        now = self._clock()
        whole_at = max(self._whole_at.get(caller, now), now) + self._interval
        if whole_at - now > 60.0 + self._interval / 1000:
            return whole_at - now - 60.0
        if len(self._whole_at) >= CALLERS_REMEMBERED and caller not in self._whole_at:
            self._forget(now)
        self._whole_at[caller] = whole_at
        return 0.0

    def _forget(self, now: float) -> None:
        """Drop callers whose allowance is whole; if there are none, those nearest to it."""
        kept = {caller: at for caller, at in self._whole_at.items() if at > now}
        if len(kept) >= CALLERS_REMEMBERED:
            latest = sorted(kept.items(), key=lambda item: item[1])[CALLERS_REMEMBERED // 2 :]
            kept = dict(latest)
        self._whole_at = kept
