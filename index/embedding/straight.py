"""The embedder for models that only sentence-transformers can run: dense layers, odd pooling."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.described_model import DescribedModel
from index.embedding.embedder import PassageText, PassageVectors, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class StraightEmbedder(DescribedModel):
    """Implements `Embedder`. Sentences are encoded one by one, after their passage."""

    def __init__(self, key: str, model: SentenceTransformer, window: int) -> None:
        self._model = model
        # torch shares one pool of threads; two encodings at once only slow each other down.
        self._turn = threading.Lock()
        dimension = int(self.embed_questions(["dimension"]).shape[1])
        super().__init__(key, dimension, window)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted."""
        if not texts:
            return []
        encoded = self._model.tokenizer(
            list(texts), add_special_tokens=False, truncation=False, padding=False
        )
        return [len(ids) for ids in encoded["input_ids"]]

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        """Unit vectors of shape (number of questions, dimension)."""
        if not questions:
            return np.empty((0, self.dimension), np.float32)
        with self._turn:
            found = self._model.encode_query(list(questions), normalize_embeddings=True)
        return np.asarray(found, np.float32)

    def embed_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        """Vectors of each passage, in order."""
        if not passages:
            return []
        wholes = [f"{passage.header}\n{passage.text}".strip("\n") for passage in passages]
        parts = [
            text[start:end] for p in passages for text in (p.text,) for start, end in p.sentences
        ]
        with self._turn:
            encoded = np.asarray(
                self._model.encode_document(wholes + parts, normalize_embeddings=True), np.float32
            )
        ends = np.cumsum([len(passage.sentences) for passage in passages]) + len(passages)
        return [
            PassageVectors(encoded[place], encoded[end - len(passage.sentences) : end])
            for place, (passage, end) in enumerate(zip(passages, ends.tolist(), strict=True))
        ]
