"""A machine whose disk is slow and whose clock is wrong, for one program that runs on it."""

from __future__ import annotations

import mmap
import os
import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path

SOURCE = Path(__file__).with_name("disturbed_machine.c")
YEAR = 365 * 86_400.0


class Disturbance:
    """What is wrong with the machine now. It may change while the program runs."""

    def __init__(self, folder: Path) -> None:
        self._library = folder / "disturbed_machine.so"
        self._facts = folder / "disturbance"
        subprocess.run(
            ["gcc", "-shared", "-fPIC", "-O2", "-o", self._library, SOURCE, "-ldl"], check=True
        )
        self._facts.write_bytes(struct.pack("dd", 0.0, 0.0))
        handle = os.open(self._facts, os.O_RDWR)
        self._mapped = mmap.mmap(handle, struct.calcsize("dd"))
        os.close(handle)

    @property
    def through(self) -> Sequence[str]:
        """The command that becomes a program on this machine."""
        return ["env", f"LD_PRELOAD={self._library}", f"DISTURBANCE={self._facts}"]

    def slow_disk(self, milliseconds: float) -> None:
        """Let every write and every fsync take so much longer, those under way too."""
        struct.pack_into("d", self._mapped, 0, milliseconds)

    def wrong_clock(self, seconds: float) -> None:
        """Set the wall clock wrong by so many seconds."""
        struct.pack_into("d", self._mapped, 8, seconds)

    def close(self) -> None:
        """Let go of what was mapped. A program that still runs keeps the last state."""
        self._mapped.close()
