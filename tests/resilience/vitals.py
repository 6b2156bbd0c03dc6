"""Memory and open files of processes, over time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

WARM_UP_SHARE = 1 / 3
"""So much of the time passes before growth counts: caches and connections fill up first."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at a process: seconds since the first look, megabytes, open files.

    `megabytes` are all that is resident; `own_megabytes` leave out pages of files, which come as
    they are read and go when the machine wants their room.
    """

    seconds: float
    megabytes: float
    own_megabytes: float
    handles: int


def open_files(pid: int) -> int:
    """How many handles a process holds."""
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


def resident_megabytes(pid: int) -> float:
    """The memory that a process occupies."""
    return _megabytes(pid, "VmRSS")


def own_megabytes(pid: int) -> float:
    """The part of it that is no page of a file."""
    return _megabytes(pid, "RssAnon")


def _megabytes(pid: int, name: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    [kilobytes] = [line.split()[1] for line in status.splitlines() if line.startswith(f"{name}:")]
    return int(kilobytes) / 1024


class Vitals:
    """Looks at processes again and again."""

    def __init__(self, processes: Mapping[str, int]) -> None:
        self._processes = processes
        self._started = time.monotonic()
        self.samples: dict[str, list[Sample]] = {name: [] for name in processes}

    def look(self) -> None:
        """Take one sample of each."""
        seconds = self.seconds()
        for name, pid in self._processes.items():
            self.samples[name].append(
                Sample(seconds, resident_megabytes(pid), own_megabytes(pid), open_files(pid))
            )

    def seconds(self) -> float:
        """The time since it was made."""
        return time.monotonic() - self._started

    def usual_megabytes(self, name: str, since: float, until: float) -> float:
        """The median of a process's own memory between two moments.

        So what is taken for one step and given back counts for nothing.
        """
        seen = [one.own_megabytes for one in self.samples[name] if since <= one.seconds < until]
        return float(np.median(seen))

    async def watch(self, until: float, every: float = 1.0) -> None:
        """Look every so many seconds until a moment of the monotonic clock."""
        while time.monotonic() < until:
            self.look()
            await asyncio.sleep(every)

    def report(self) -> dict[str, dict[str, float]]:
        """For each process: at the start, warm, middle, end and most; growth a minute once warm."""
        return {name: _summary(samples) for name, samples in self.samples.items()}


def _summary(samples: list[Sample]) -> dict[str, float]:
    rows = np.array(
        [(one.seconds, one.megabytes, one.own_megabytes, one.handles) for one in samples]
    )
    warm = rows[rows[:, 0] >= rows[-1, 0] * WARM_UP_SHARE]
    summary: dict[str, float] = {}
    for column, name in ((1, "megabytes"), (2, "own_megabytes"), (3, "handles")):
        summary |= {
            f"{name}_first": round(float(rows[0, column]), 1),
            f"{name}_warm": round(float(warm[0, column]), 1),
            f"{name}_middle": round(float(rows[len(rows) // 2, column]), 1),
            f"{name}_last": round(float(rows[-1, column]), 1),
            f"{name}_most": round(float(rows[:, column].max()), 1),
            f"{name}_growth_a_minute": round(_slope(warm[:, 0] / 60, warm[:, column]), 2),
        }
    return summary


def _slope(minutes: np.typing.NDArray[np.float64], values: np.typing.NDArray[np.float64]) -> float:
    """Least squares; 0 where there is nothing to compare."""
    return float(np.polyfit(minutes, values, 1)[0]) if len(minutes) > 2 else 0.0
