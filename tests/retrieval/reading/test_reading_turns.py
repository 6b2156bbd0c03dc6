"""Many questions at once and one reader: who is read, and who goes without."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Passage, Span
from corpus.errors import Overloaded
from index.store import StoredPassage
from retrieval.reading.readings import PassageReading, Readers

UNHURRIED, HURRIED = 60_000.0, 1.0
ASKING, BATCH = 12, 4
QUESTION = "Who opened the bridge?"
TEXT = "The mayor opened the bridge."
PASSAGES = [
    StoredPassage(
        id=number,
        ordinal=number,
        passage=Passage(0, len(TEXT), (Span(0, len(TEXT)),)),
        article=Article(str(number), "Bridge", TEXT, "hash", language="en"),
        story=str(number),
        sentence_vectors=np.zeros((1, 4), np.float32),
    )
    for number in range(6)
]
QUESTIONS = [QUESTION] * len(PASSAGES)


class HeldReader:
    """Reads as soon as it may go on; counts how many questions it reads at a time."""

    languages = None

    def __init__(self) -> None:
        self.may_go = threading.Event()
        self.reading = threading.Semaphore(0)
        self.at_once: list[int] = []
        self._inside = 0

    def read_passages(
        self, question: str, passages: Sequence[StoredPassage]
    ) -> list[PassageReading]:
        self._inside += 1
        self.at_once.append(self._inside)
        self.reading.release()
        self.may_go.wait()
        self._inside -= 1
        return [PassageReading((1.0,), (None,)) for _ in passages]


@pytest.fixture
def reader() -> Iterator[HeldReader]:
    held = HeldReader()
    yield held
    held.may_go.set()


def test_whoever_asks_is_read_in_turn_however_many_wait(reader: HeldReader) -> None:
    readers = Readers(reader, HURRIED)
    with ThreadPoolExecutor(ASKING) as pool:
        calls = [pool.submit(readers.read, QUESTIONS, PASSAGES) for _ in range(ASKING)]
        reader.reading.acquire()
        reader.may_go.set()
        for call in calls:
            assert None not in call.result()[:BATCH]
    assert set(reader.at_once) == {1}


def test_while_somebody_waits_only_the_best_passages_are_read(reader: HeldReader) -> None:
    readers = Readers(reader, UNHURRIED)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(readers.read, QUESTIONS, PASSAGES)
        reader.reading.acquire()
        second = pool.submit(readers.read, QUESTIONS, PASSAGES)
        while not readers.waiting:
            time.sleep(0.001)
        reader.may_go.set()
        best = [place < BATCH for place in range(len(PASSAGES))]
        assert [reading is not None for reading in first.result()] == best
        assert None not in second.result()


def test_a_turn_that_never_comes_is_given_up(reader: HeldReader) -> None:
    readers = Readers(reader, UNHURRIED, patience_seconds=0.01)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(readers.read, QUESTIONS, PASSAGES)
        reader.reading.acquire()
        with pytest.raises(Overloaded, match="ask again"):
            readers.read(QUESTIONS, PASSAGES)
        assert not readers.waiting
        reader.may_go.set()
        assert None not in first.result()


def test_where_time_is_short_the_first_batch_is_read_all_the_same(reader: HeldReader) -> None:
    reader.may_go.set()
    readings = Readers(reader, HURRIED / 1000).read(QUESTIONS, PASSAGES)
    assert [reading is not None for reading in readings] == [True] * 4 + [False] * 2


class Attentive:
    """Tells how long the question was that it read a passage for; counts its passes."""

    languages = None

    def __init__(self) -> None:
        self.passes = 0

    def read_passages(
        self, question: str, passages: Sequence[StoredPassage]
    ) -> list[PassageReading]:
        self.passes += 1
        return [PassageReading((float(len(question)),), (None,)) for _ in passages]


@given(st.lists(st.sampled_from(["Who?", "Who won?", "Who won in 2024?"]), max_size=6))
def test_every_passage_is_read_for_its_own_wording(questions: list[str]) -> None:
    reader = Attentive()
    found = Readers(reader, UNHURRIED).read(questions, PASSAGES[: len(questions)])
    assert found == [PassageReading((float(len(one)),), (None,)) for one in questions]
    changes = sum(one != other for one, other in pairwise(questions))
    assert reader.passes <= len(questions) // 4 + 1 + changes
