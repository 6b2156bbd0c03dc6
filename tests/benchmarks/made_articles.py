"""Made articles: words with the frequencies of a language, and vectors that were made before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, Passage, Span, content_hash
from index.embedding.embedder import PassageVectors
from index.store import Indexed

PASSAGES_EACH = 9
WORDS_EACH = 110
VOCABULARY = 200_000
ARTICLES_AT_ONCE = 50
PASSAGES_AT_ONCE = PASSAGES_EACH * ARTICLES_AT_ONCE
OUTLETS = 50
MODEL = "synthetic/384"
Floats = NDArray[np.float32]


class Language:
    """Words with the frequencies of a natural language."""

    def __init__(self, seed: int = 1) -> None:
        shares = 1 / np.arange(1, VOCABULARY + 1) ** 1.05
        self._bounds = np.cumsum(shares / shares.sum())
        self.seed(seed)

    def seed(self, seed: int) -> None:
        """What comes from now on follows from this number."""
        self._random = np.random.default_rng(seed)

    def words(self, number: int) -> str:
        """So many words."""
        drawn = np.searchsorted(self._bounds, self._random.random(number))
        return " ".join(f"w{word}" for word in np.minimum(drawn, VOCABULARY - 1).tolist())


def article_of(number: int, vectors: Floats, language: Language) -> Indexed:
    """An article of as many passages as there are vectors, one sentence each."""
    bodies = [language.words(WORDS_EACH) + "\n" for _ in vectors]
    text, title = "".join(bodies), language.words(8)
    ends = np.cumsum([len(body) for body in bodies]).tolist()
    starts = [0, *ends[:-1]]
    passages = tuple(
        Passage(start, end, (Span(start, end - 1),))
        for start, end in zip(starts, ends, strict=True)
    )
    article = Article(
        f"a{number}", title, text, content_hash(title, text), source=f"s{number % OUTLETS}"
    )
    return Indexed(
        article,
        passages,
        tuple(PassageVectors(vector, vector[None, :]) for vector in vectors),
        tuple(f"{number * 1000 + place:040x}" for place in range(len(vectors))),
    )


def batches(vectors: Floats | Path, first: int = 0) -> Iterator[list[Indexed]]:
    """Articles over all vectors from one place on, in batches; each follows from its number.

    Of a file of vectors no more than a batch is in memory.
    """
    language = Language()
    number = len(_rows(vectors))
    for start in range(first, number, PASSAGES_AT_ONCE):
        language.seed(start)
        own = np.array(_rows(vectors)[start : start + PASSAGES_AT_ONCE])
        yield [
            article_of(
                (start + place) // PASSAGES_EACH, own[place : place + PASSAGES_EACH], language
            )
            for place in range(0, len(own), PASSAGES_EACH)
        ]


def _rows(vectors: Floats | Path) -> Floats:
    """Mapped anew each time, so that what was read of a file does not stay in memory."""
    if isinstance(vectors, Path):
        result: Floats = np.load(vectors, mmap_mode="r")
        return result
    return vectors
