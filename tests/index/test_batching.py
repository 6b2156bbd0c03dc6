"""Questions of several threads encoded together."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from corpus.errors import ModelError
from index.embedding.batching import QUESTIONS_AT_ONCE, BatchingEmbedder
from index.embedding.embedder import Embedder, PassageText, PassageVectors, Vectors

QUESTIONS = [f"What did the council of town {number} decide?" for number in range(64)]


class SlowNumbers:
    """An embedder whose vectors are lengths. It waits where it is told to, and may fail."""

    key = "numbers"
    dimension = 1
    window = 8

    def __init__(self) -> None:
        self.may_go = threading.Event()
        self.batches: list[list[str]] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        self.batches.append(list(questions))
        self.may_go.wait()
        if "fail" in questions:
            raise ModelError("the model is gone: install it again")
        return np.array([[len(question)] for question in questions], np.float32)

    def embed_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        return []


def test_concurrent_callers_get_exactly_what_they_would_get_alone(embedder: Embedder) -> None:
    batching = BatchingEmbedder(embedder)
    with ThreadPoolExecutor(16) as pool:
        together = list(pool.map(lambda text: batching.embed_questions([text])[0], QUESTIONS))
    batching.close()
    alone = [embedder.embed_questions([text])[0] for text in QUESTIONS]
    assert np.array_equal(np.stack(together), np.stack(alone))


def test_who_waits_while_the_worker_is_busy_is_encoded_together() -> None:
    slow, sizes = SlowNumbers(), list[int]()
    batching = BatchingEmbedder(slow, sizes.append, in_one_pass=True)
    with ThreadPoolExecutor(40) as pool:
        calls = [pool.submit(batching.embed_questions, ["a"])]
        while not slow.batches:
            pass
        calls += [pool.submit(batching.embed_questions, ["a" * n]) for n in range(2, 41)]
        while batching.waiting < 39:
            pass
        slow.may_go.set()
        assert [call.result().tolist() for call in calls] == [[[n]] for n in range(1, 41)]
    batching.close()
    assert sizes == [len(batch) for batch in slow.batches]
    assert sizes[0] == 1
    assert sorted(sizes[1:]) == [39 - QUESTIONS_AT_ONCE, QUESTIONS_AT_ONCE]


def test_a_failure_reaches_its_callers_and_nobody_after() -> None:
    slow = SlowNumbers()
    slow.may_go.set()
    batching = BatchingEmbedder(slow)
    assert batching.embed_questions(["x", "x", "yy"]).tolist() == [[1], [1], [2]]
    assert slow.batches == [["x"], ["yy"]]
    with pytest.raises(ModelError):
        batching.embed_questions(["fail"])
    assert batching.embed_questions(["four"]).tolist() == [[4]]
    batching.close()
    assert batching.embed_questions(["after"]).tolist() == [[5]]


def test_no_questions_give_no_rows() -> None:
    slow = SlowNumbers()
    slow.may_go.set()
    batching = BatchingEmbedder(slow)
    assert batching.embed_questions(["one", "three"]).tolist() == [[3], [5]]
    assert len(batching.embed_questions([])) == 0
    batching.close()
