"""Questions of several threads, encoded together by one worker."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from index.embedding.embedder import Embedder, PassageText, PassageVectors, Vectors

QUESTIONS_AT_ONCE = 32
"""More in one pass make everybody wait for the longest without gaining throughput."""


class _Batch:
    """Questions that will be encoded in one pass, and where their rows will be found."""

    def __init__(self) -> None:
        self.questions: list[str] = []
        self.rows: Future[Vectors]


class BatchingEmbedder:
    """An `Embedder` that encodes the questions of concurrent callers together.

    A single worker takes whatever is waiting when it becomes free, so that an idle process adds no
    delay, and a busy one makes fuller batches the busier it is. Passages go straight to the
    embedder: indexing must not stand in the way of questions.

    `in_one_pass` is for models whose vectors do not depend on what else is in a pass. An int8
    model scales its activations by the whole pass (cosines of .990 to .996 between a question
    alone and among others were measured), and an answer must not depend on who else is asking:
    by default each distinct question of a batch goes through alone, once. At full precision a
    pass of many is steady, but costs as much processor time a question as int8 does for one
    alone (3.4 against 3.6 ms, `tests/benchmarks/question_batches.py`), and alone twice that.

    `observe_batch` is told the number of questions of every pass (for metrics); it is called in
    the worker's thread.
    """

    def __init__(
        self,
        embedder: Embedder,
        observe_batch: Callable[[int], None] | None = None,
        *,
        in_one_pass: bool = False,
    ) -> None:
        self._embedder = embedder
        self._in_one_pass = in_one_pass
        self._observe_batch = observe_batch
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="encode")
        self._lock = threading.Lock()
        self._waiting: list[_Batch] = []
        self._closed = False

    @property
    def key(self) -> str:
        """Name, revision and arithmetic of the embedder inside."""
        return self._embedder.key

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._embedder.dimension

    @property
    def window(self) -> int:
        """The most tokens of one text that the model reads."""
        return self._embedder.window

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted."""
        return self._embedder.count_tokens(texts)

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        """Unit vectors of shape (number of questions, dimension).

        What the embedder raises for a batch is raised to every caller in it. After `close` the
        caller's own thread does the work.
        """
        if not questions:
            return self._embedder.embed_questions(questions)
        with self._lock:
            batch = None if self._closed else self._batch_for(len(questions))
            if batch is not None:
                start = len(batch.questions)
                batch.questions.extend(questions)
        if batch is None:
            return self._embedder.embed_questions(questions)
        return batch.rows.result()[start : start + len(questions)]

    def embed_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        """Vectors of each passage, in order, by the embedder itself."""
        return self._embedder.embed_passages(passages)

    @property
    def waiting(self) -> int:
        """Questions that wait for the worker to become free."""
        with self._lock:
            return sum(len(batch.questions) for batch in self._waiting)

    def close(self) -> None:
        """Finish what waits and stop the worker."""
        with self._lock:
            self._closed = True
        self._worker.shutdown(wait=True)

    def _batch_for(self, size: int) -> _Batch:
        """The batch that still waits for the worker, or a new one where that would be too full."""
        if self._waiting and len(self._waiting[-1].questions) + size <= QUESTIONS_AT_ONCE:
            return self._waiting[-1]
        batch = _Batch()
        self._waiting.append(batch)
        batch.rows = self._worker.submit(self._encode, batch)
        return batch

    def _encode(self, batch: _Batch) -> Vectors:
        with self._lock:
            self._waiting.remove(batch)
        if self._observe_batch is not None:
            self._observe_batch(len(batch.questions))
        if self._in_one_pass:
            return self._embedder.embed_questions(batch.questions)
        distinct = dict.fromkeys(batch.questions)
        rows = {question: self._embedder.embed_questions([question])[0] for question in distinct}
        return np.stack([rows[question] for question in batch.questions])
