"""Readers, a writer, Telegram and the page at once. Longer: `python -m tests.benchmarks.soak`."""

from __future__ import annotations

import itertools
from pathlib import Path

from index.check import check
from tests.http.process import served
from tests.resilience.soaking import Soak, everybody
from tests.resilience.vitals import Vitals, open_files
from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import World

READERS = 4
WARM_UP_SECONDS = 5.0
SECONDS = 8.0
MOST_PARTS = 8
"""What fills up does so for a few parts more on a slow machine; what leaks grows in every one."""
STEPS = 100
"""At least: of fewer steps, the handles that are open for a moment are too large a share."""
LEAK = 0.2
"""Handles more for each thing done: one that stays open for every fifth is a leak."""
SLOWING = 0.5
"""Memory that fills up grows by ever less. What leaks grows as much in the second half again."""
STIRRED = 0.05
"""So much of its memory, a process may hold more by chance: an allocator gives back when it likes.
Together with SLOWING: a leak of more than a tenth of the memory in each half is always seen."""


async def test_everybody_at_once_without_a_fault(folder: Path) -> None:
    async with BotApi(World()).running() as api:
        with served(folder) as server:
            soak = Soak(server.wait_until_ready(), folder / "articles")
            people = [Person(api), Person(api)]
            bot = BotProcess(api, folder, reader="none", threshold="0")
            async with bot.running():
                processes = {"server": server.process.pid, "bot": bot.pid}
                vitals = Vitals(processes)
                moments = [vitals.seconds()]
                await everybody(
                    soak, people, readers=READERS, seconds=WARM_UP_SECONDS, vitals=vitals
                )
                moments.append(vitals.seconds())
                before = {name: open_files(pid) for name, pid in processes.items()}
                warm = done(soak)
                for part in range(2, MOST_PARTS + 1):
                    while True:
                        await everybody(
                            soak, people, readers=READERS, seconds=SECONDS, vitals=vitals
                        )
                        if steps(soak) - sum(warm.values()) >= (part - 1) * STEPS / 2:
                            break
                    moments.append(vitals.seconds())
                    if part > 2 and not growing(vitals, moments):
                        break
                after = {name: open_files(pid) for name, pid in processes.items()}
    assert soak.faults == {}
    assert soak.wrong == []
    assert soak.quotes > sum(done(soak).values())
    assert all(done(soak)[name] > warm[name] for name in warm), soak.report()
    more = steps(soak) - sum(warm.values())
    assert all(after[name] - before[name] < LEAK * more for name in processes), (before, after)
    assert growing(vitals, moments) == {}
    assert server.faults() == ""
    assert check(folder / "data").sound


def test_a_leak_is_not_flat_and_filling_up_is() -> None:
    assert is_flat(300, 340, 350)
    assert is_flat(300, 290, 300)
    assert not is_flat(300, 370, 440)
    assert not is_flat(300, 335, 370)


def growing(vitals: Vitals, moments: list[float]) -> dict[str, list[float]]:
    """What the processes held that grow as much in the last part as before it, part by part."""
    memory = {name: usual_memory(vitals, name, moments) for name in vitals.samples}
    return {name: held for name, held in memory.items() if not is_flat(*held[-3:])}


def usual_memory(vitals: Vitals, name: str, moments: list[float]) -> list[float]:
    """What a process has at most times of each span between two moments."""
    return [vitals.usual_megabytes(name, *span) for span in itertools.pairwise(moments)]


def is_flat(warm: float, first_half: float, second_half: float) -> bool:
    """Whether memory grows by less and less, or hardly at all."""
    grown = max(0.0, first_half - warm)
    return second_half - first_half <= SLOWING * grown + STIRRED * warm


def steps(soak: Soak) -> int:
    """How much was done in all."""
    return sum(done(soak).values())


def done(soak: Soak) -> dict[str, int]:
    """How often each thing was done."""
    return {name: len(times) for name, times in soak.milliseconds.items()}
