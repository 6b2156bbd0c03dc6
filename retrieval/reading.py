"""Readers: models that read a question and a passage together, within a time budget."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.article import Span
from index.store import StoredPassage


@dataclass(frozen=True, slots=True)
class PassageReading:
    """For each sentence of a passage: log-odds that it answers, and where in the article."""

    log_odds: tuple[float, ...]
    answers: tuple[Span | None, ...]


class Reader(Protocol):
    """Reads passages for a question. Safe to call from several threads."""

    def read_passages(
        self, question: str, passages: Sequence[StoredPassage]
    ) -> list[PassageReading]:
        """One reading for each passage, in order."""


class Readers:
    """Lets a reader read the best passages first, until the time is up or all are read.

    What was read by then stands; the rest counts as unread. The first batch is always read.
    """

    def __init__(self, reader: Reader | None, budget_ms: float, batch: int = 4) -> None:
        self._reader = reader
        self._budget_seconds = budget_ms / 1000
        self._batch = batch

    def read(self, question: str, passages: Sequence[StoredPassage]) -> list[PassageReading | None]:
        """A reading for each passage, None where there was no reader or no time."""
        readings: list[PassageReading | None] = []
        if self._reader is not None:
            started = time.perf_counter()
            for first in range(0, len(passages), self._batch):
                batch = passages[first : first + self._batch]
                readings.extend(self._reader.read_passages(question, batch))
                spent = time.perf_counter() - started
                per_batch = spent / (first // self._batch + 1)
                if spent + per_batch > self._budget_seconds:
                    break
        return readings + [None] * (len(passages) - len(readings))
