"""The seam between embedding models and everything that uses their vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.article import Span

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PassageText:
    """What is embedded for one passage.

    `header` (title, outlet, date) gives context and is never quoted. `sentences` are spans of
    `text` (of the passage, not of the article).
    """

    header: str
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """What a model makes of one passage, all rows of unit length.

    `passage` has shape (dimension,); `sentences` has shape (number of sentences, dimension):
    the sentences as read inside their passage, from the same pass of the encoder (for some
    models on their own too, see `Recipe.reads_sentences_apart`).
    """

    passage: Vectors
    sentences: Vectors


class Embedder(Protocol):
    """An embedding model. Implementations are safe to call from several threads."""

    @property
    def key(self) -> str:
        """Name, revision and arithmetic: vectors are comparable only under one key."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def window(self) -> int:
        """The most tokens of one text that the model reads, special tokens included."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted."""

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        """Unit vectors of shape (number of questions, dimension)."""

    def embed_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        """Vectors of each passage, in order. Batches by length inside."""
