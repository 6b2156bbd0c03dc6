"""Verifying what is stored, and repairing what can be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import structlog

from corpus.errors import IndexDamaged, StoreUnavailable
from index.embedded.checking import check_database
from index.embedded.location import Location
from index.embedded.repairing import repair_database
from index.faults import Fault
from index.opening import StorePlace, folder_of

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at, and what is wrong. Each of `faults` is one line.

    `degraded` says what works less well than it could, though nothing is wrong.
    """

    articles: int
    passages: int
    generation: int
    found: tuple[Fault, ...]
    degraded: str | None = None

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
        outcome = "sound" if self.sound else f"{len(self.found)} faults"
        return (
            f"{self.articles} articles, {self.passages} passages, "
            f"generation {self.generation}: {outcome}"
        )

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.found


def check(place: Path | StorePlace) -> CheckReport:
    """Verify the index in use. Raises IndexMissing, or IndexDamaged where it cannot be read."""
    if isinstance(place, StorePlace) and place.milvus is not None:
        from index.milvus.checking import check_milvus

        checked = check_milvus(place.milvus)
        counts, faults, degraded = checked.counts, checked.faults, checked.degraded
    else:
        counts, faults = check_database(Location(folder_of(place)).current())
        degraded = None
    return CheckReport(counts.articles, counts.passages, counts.generation, faults, degraded)


def repair(place: Path | StorePlace) -> CheckReport:
    """Repair what can be without the articles' files, and verify again.

    The keyword index, counts, orphans and the checkpoint are made anew. An article that is
    damaged, or its vectors, is taken out, and onrecord index reads its file again; one that no
    file gives is left in the report. Raises
    StoreBusy where another process writes, StoreUnavailable for a store on a server, which keeps
    nothing that is derived outside it.
    """
    if isinstance(place, StorePlace) and place.milvus is not None:
        raise StoreUnavailable(
            f"the store at {place.name} cannot be mended in place: run onrecord index --rebuild"
        )
    try:
        repair_database(Location(folder_of(place)))
    except IndexDamaged as error:
        log.warning("not everything can be mended", reason=str(error))
    return check(place)
