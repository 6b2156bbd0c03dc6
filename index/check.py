"""Verifying what is stored, and repairing what can be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.embedded.checking import Fault, check_database
from index.embedded.location import Location
from index.embedded.repairing import repair_database


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at, and what is wrong. Each of `faults` is one line."""

    articles: int
    passages: int
    generation: int
    found: tuple[Fault, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong, in words."""
        return tuple(map(str, self.found))

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of what is wrong, for programs."""
        return frozenset(fault.kind for fault in self.found)

    @property
    def summary(self) -> str:
        """One line that says what was looked at and what came out."""
        outcome = "all is well" if self.sound else f"{len(self.found)} faults"
        return (
            f"{self.articles} articles, {self.passages} passages, "
            f"generation {self.generation}: {outcome}"
        )

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.found


def check(data: Path) -> CheckReport:
    """Verify the index in use. Raises IndexMissing, or IndexDamaged where it cannot be read."""
    counts, faults = check_database(Location(data).current())
    return CheckReport(counts.articles, counts.passages, counts.generation, faults)


def repair(data: Path) -> CheckReport:
    """Repair what can be without the articles' files, and verify again.

    The keyword index, counts, orphans and the checkpoint are made anew. What is wrong with an
    article or a vector itself is left in the report: run onrecord index --rebuild. Raises
    StoreBusy where another process writes.
    """
    repair_database(Location(data))
    return check(data)
