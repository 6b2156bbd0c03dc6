"""Ways in which a disk or a copy damages a file of SQLite's."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

PAGE = 4096

Damage = Callable[[Path], None]


def truncate(path: Path) -> None:
    """Only the first half is there, as after a copy that was broken off."""
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def scramble(path: Path) -> None:
    """Nothing of it is left."""
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


def tear(path: Path) -> None:
    """Of every page but the first, half was written and half is something else."""
    whole = bytearray(path.read_bytes())
    for start in range(PAGE, len(whole), PAGE):
        whole[start : start + PAGE // 2] = random.Random(start).randbytes(PAGE // 2)
    path.write_bytes(whole)


WAYS: tuple[Damage, ...] = (truncate, scramble, tear)
