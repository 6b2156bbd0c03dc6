"""The embedder that runs on this machine, over either encoder."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from index.embedding.described_model import DescribedModel
from index.embedding.embedder import PassageText, PassageVectors, Vectors
from index.embedding.late_chunking import (
    Encoder,
    Row,
    Tokens,
    batches,
    both_ways,
    encode_batch,
    passage_vectors,
    pool_text,
    vectors_of,
)
from index.embedding.model_folder import Recipe


class LocalEmbedder(DescribedModel):
    """Implements `Embedder`. Questions run on the thread that asks, passages on a pool."""

    def __init__(
        self, key: str, encoder: Encoder, tokens: Tokens, recipe: Recipe, threads: int
    ) -> None:
        self._encoder = encoder
        self._tokens = tokens
        self._recipe = recipe
        self._threads = max(threads, 1)
        self._pool: ThreadPoolExecutor | None = None
        self._pool_lock = threading.Lock()
        dimension = int(self.embed_questions(["dimension"]).shape[1])
        super().__init__(key, dimension, recipe.window)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted."""
        return self._tokens.count(texts)

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        """Unit vectors of shape (number of questions, dimension)."""
        rows = self._tokens.of_questions(questions)
        found: dict[int, Vectors] = {}
        for batch in batches(rows):
            for row, tokens in zip(batch, encode_batch(self._encoder, batch), strict=True):
                found[row.text] = pool_text([row], [tokens], self._recipe.pooling)
        if not rows:
            return np.empty((0, self.dimension), np.float32)
        return np.stack([found[number] for number in range(len(questions))])

    def embed_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        """Vectors of each passage, in order."""
        inside = self._read(passages)
        if not self._recipe.reads_sentences_apart:
            return inside
        sentences = [
            PassageText("", sentence.of(passage.text), ())
            for passage in passages
            for sentence in passage.sentences
        ]
        apart = iter(self._read(sentences))
        return [
            both_ways(found, [next(apart).passage for _ in passage.sentences])
            for passage, found in zip(passages, inside, strict=True)
        ]

    def _read(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        work = batches(self._tokens.of_passages(passages))
        encoded = list(self._workers().map(self._encode, work))
        rows = [row for batch in work for row in batch]
        tokens = [part for batch in encoded for part in batch]
        return [
            passage_vectors(passage, own_rows, own_tokens, self._recipe.pooling)
            for passage, (own_rows, own_tokens) in zip(
                passages, vectors_of(len(passages), rows, tokens), strict=True
            )
        ]

    def _encode(self, batch: Sequence[Row]) -> list[Vectors]:
        return encode_batch(self._encoder, batch)

    def _workers(self) -> ThreadPoolExecutor:
        with self._pool_lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._threads, "embed")
            return self._pool
