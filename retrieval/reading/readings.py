"""Readers: models that read a question and a passage together, within a time budget."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.article import Span
from corpus.errors import Overloaded
from index.store import StoredPassage
from retrieval.words.question_language import language_of


@dataclass(frozen=True, slots=True)
class PassageReading:
    """For each sentence of a passage: log-odds that it answers, and where in the article."""

    log_odds: tuple[float, ...]
    answers: tuple[Span | None, ...]


PATIENCE_SECONDS = 30.0
"""So long a question waits for its turn to be read. Front ends answer a handful at a time, so the
turn comes within a second or two; only a machine that stands still lets it pass."""


class Reader(Protocol):
    """Reads passages for a question. Safe to call from several threads."""

    @property
    def languages(self) -> frozenset[str] | None:
        """ISO 639-1 codes of the languages it reads; None: any, as far as is known."""

    def read_passages(
        self, question: str, passages: Sequence[StoredPassage]
    ) -> list[PassageReading]:
        """One reading for each passage, in order."""


class Readers:
    """Lets a reader read the best passages first, until the time is up or all are read.

    What was read by then stands; the rest counts as unread. Questions are read one after the
    other, each by all of the reader's threads: two at once only slow each other down. The budget
    is for reading, not for waiting: a question that went unread for other people's sake would be
    told that the articles don't say what they do say. The first batch is always read, and where
    somebody waits no other.
    """

    def __init__(
        self,
        reader: Reader | None,
        budget_ms: float,
        batch: int = 4,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._reader = reader
        self._budget_seconds = min(budget_ms / 1000, threading.TIMEOUT_MAX)
        self._batch = batch
        self._patience_seconds = patience_seconds
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0

    @property
    def waiting(self) -> int:
        """How many questions wait for their turn."""
        return self._waiting

    def reads(self, question: str, passage: StoredPassage) -> bool:
        """Whether there is a reader for the languages of both."""
        reader = self._reader
        return (
            reader is not None
            and _is_read(language_of(question), reader.languages)
            and _is_read(passage.article.language, reader.languages)
        )

    def read(
        self, questions: Sequence[str], passages: Sequence[StoredPassage], share: float = 1.0
    ) -> list[PassageReading | None]:
        """A reading for each passage and the question asked of it, within a share of the budget.

        None where there was no reader or no time. The questions are wordings of one. Raises
        Overloaded where the turn does not come: unread, the best evidence would not count.
        """
        readings: list[PassageReading | None] = [None] * len(passages)
        reader = self._reader
        if reader is None or not passages:
            return readings
        places = [
            place for place, passage in enumerate(passages) if self.reads(questions[0], passage)
        ]
        if places:
            self._wait_for_turn()
            try:
                asked = self._batches(reader, questions, passages, places)
                for place, reading in self._within(self._budget_seconds * share, asked):
                    readings[place] = reading
            finally:
                self._turn.release()
        return readings

    def _wait_for_turn(self) -> None:
        self._count(1)
        try:
            if not self._turn.acquire(timeout=self._patience_seconds):
                raise Overloaded("too many questions are being answered: ask again in a minute")
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._counting:
            self._waiting += more

    def _batches(
        self,
        reader: Reader,
        questions: Sequence[str],
        passages: Sequence[StoredPassage],
        places: Sequence[int],
    ) -> list[_Batch]:
        """Places next to each other of which the same is asked, in order."""
        batches: list[list[int]] = []
        for place in places:
            last = batches[-1] if batches else []
            if last and len(last) < self._batch and questions[last[0]] == questions[place]:
                last.append(place)
            else:
                batches.append([place])
        return [
            _Batch(reader, questions[batch[0]], batch, [passages[place] for place in batch])
            for batch in batches
        ]

    def _within(
        self, seconds: float, batches: Sequence[_Batch]
    ) -> Iterator[tuple[int, PassageReading]]:
        """What can be read in this time, with its place."""
        began = time.perf_counter()
        for done, batch in enumerate(batches, start=1):
            yield from batch.readings()
            spent = time.perf_counter() - began
            if self._waiting or spent + spent / done > seconds:
                break


@dataclass(frozen=True, slots=True)
class _Batch:
    """Passages that are read at once for one wording of the question, and their places."""

    reader: Reader
    question: str
    places: Sequence[int]
    passages: Sequence[StoredPassage]

    def readings(self) -> Iterator[tuple[int, PassageReading]]:
        """Each place with its reading."""
        yield from zip(
            self.places, self.reader.read_passages(self.question, self.passages), strict=True
        )


def _is_read(language: str | None, read: frozenset[str] | None) -> bool:
    return language is None or read is None or language in read
