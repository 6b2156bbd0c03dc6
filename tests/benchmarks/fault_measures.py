"""What each fault is measured with: questions, additions, and how a row of the table looks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np

from tests.http.process import make_collection
from tests.patience import PATIENCE
from tests.resilience.asking import BORDER, ask

QUESTIONS = 21
WORDS_OF_THE_ANSWER = "1,084"


@dataclass(frozen=True, slots=True)
class Row:
    """A fault, what is promised of it, the test that keeps the promise, and what was measured."""

    fault: str
    promise: str
    test: str
    figure: str

    def markdown(self) -> str:
        """One line of a Markdown table."""
        return f"| {self.fault} | {self.promise} | {self.test} | {self.figure} |"


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions one after the other: how many, how many were answered right, milliseconds."""

    number: int
    right: int
    median_ms: float
    p95_ms: float

    def __str__(self) -> str:
        return f"{self.right} of {self.number} questions answered"


class Places:
    """Collections to break, each its own, and one place for the exported model."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._exported = folder / "exported"
        self._exported.mkdir()

    def new(self, name: str) -> Path:
        """A collection that nobody has used."""
        folder = self._folder / name
        folder.mkdir()
        make_collection(folder, self._exported)
        return folder


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._started = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Until now."""
        return time.perf_counter() - self._started


def is_right(response: httpx.Response) -> bool:
    """Whether the question about the border was answered, with its quote."""
    if response.status_code != httpx.codes.OK:
        return False
    return any(WORDS_OF_THE_ANSWER in quote["text"] for quote in response.json()["quotes"])


def ask_many(url: str, number: int = QUESTIONS) -> Asked:
    """The question about the border, again and again."""
    times, right = [], 0
    for _ in range(number):
        watch = Stopwatch()
        right += is_right(ask(url, BORDER))
        times.append(watch.seconds * 1000)
    median, p95 = np.percentile(times, [50, 95])
    return Asked(number, right, float(median), float(p95))


def seconds_until(holds: Callable[[], bool], *, every: float = 0.02) -> float:
    """How long something takes to come about. Raises TimeoutError where it never does."""
    watch = Stopwatch()
    while not holds():
        if watch.seconds > PATIENCE:
            raise TimeoutError("it never came about")
        time.sleep(every)
    return watch.seconds


def add(url: str, number: int = 0) -> httpx.Response:
    """An article about a ferry, another for each number."""
    text = f"The ferry number {number} to Ostholm carries {240 + number} passengers, they said."
    article = {"title": f"Ferry {number}", "text": text}
    return httpx.post(f"{url}/articles", json=article, timeout=PATIENCE)
