"""The time of day as it was at the start, carried on by a clock that nobody sets.

What is kept for some days is judged by it, so that a clock which is set a year ahead while the bot
runs does not make what is on everybody's screen seem a year old.
"""

from __future__ import annotations

import time

_BEGINNING = time.time() - time.monotonic()


def steady_now() -> float:
    """Seconds since 1970, as far as the clock was right when the program started."""
    return _BEGINNING + time.monotonic()


def kept_between(seconds: float) -> tuple[float, float]:
    """The earliest and the latest time that what is kept for so long may bear."""
    now = steady_now()
    return now - seconds, now + seconds
