"""What a check of a store finds wrong."""

from __future__ import annotations

from dataclasses import dataclass

MOST_FAULTS = 20
"""So many faults of one kind are told; more would hide the others."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: `kind` for programs, `detail` for people."""

    kind: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Counts:
    """What was looked at."""

    articles: int
    passages: int
    generation: int
