"""What a model's cosines mean: how alike it finds unrelated texts, and a question and its answer.

E5, say, gives unrelated texts a cosine of .7 and a question and its answer .85; MiniLM .05 and
.6. What is learned from one model's cosines holds for another's once both are on one scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from corpus.article import Span
from index.embedding.embedder import Embedder, PassageText, Vectors

PAIRS = (
    (
        "Why was the bridge closed?",
        "The bridge was closed because engineers had found cracks in two pillars.",
    ),
    (
        "How many people lost their jobs at the steel mill?",
        "The steel mill dismissed 340 workers in the spring, the union said.",
    ),
    (
        "Who won the piano competition?",
        "A student from Lyon took first prize at the piano competition on Sunday.",
    ),
    (
        "When does the herring season begin?",
        "The fishing of herring begins on 1 May this year, two weeks later than usual.",
    ),
)
ELSEWHERE = (
    "Почему закрыли мост?",
    "Wie viele Menschen verloren im Stahlwerk ihre Arbeit?",
    "Qui a gagné le concours de piano ?",
    "Коли починається сезон вилову оселедця?",
)
"""The same questions in other languages, in the same order."""

REFERENCE_UNRELATED = 0.05
REFERENCE_MATCHED = 0.65
"""The packaged model's cosines on PAIRS, rounded; the weights were learned on its scale."""

SPREAD_OUT = 0.2
"""A model whose unrelated texts are less alike than this is taken as it is."""

UNDERSTOOD = 0.5
"""A model that brings a question in another language at least so far from unrelated to matched
reads that language. MiniLM brings it hardly any way, E5 most of it; half tells them apart."""

LEAST_GAIN = 0.02
"""A model that sets matching texts apart by less tells nothing; its cosines are not blown up."""

Cosine = TypeVar("Cosine", float, Vectors)


@dataclass(frozen=True, slots=True)
class SimilarityScale:
    """Mean cosines of unrelated and of matching texts, in one language and across two."""

    unrelated: float = REFERENCE_UNRELATED
    matched: float = REFERENCE_MATCHED
    unrelated_across: float = REFERENCE_UNRELATED
    matched_across: float = REFERENCE_UNRELATED

    @property
    def across_languages(self) -> bool:
        """Whether the model brings together what is said in different languages."""
        bridged = self.matched_across - self.unrelated_across
        return bridged >= UNDERSTOOD * (self.matched - self.unrelated)

    def of(self, cosine: Cosine, *, across: bool = False) -> Cosine:
        """A cosine where the packaged model would have put it within one language."""
        if self.unrelated < SPREAD_OUT and not across:
            return cosine
        low = self.unrelated_across if across else self.unrelated
        high = self.matched_across if across else self.matched
        slope = (REFERENCE_MATCHED - REFERENCE_UNRELATED) / max(high - low, LEAST_GAIN)
        return REFERENCE_UNRELATED + (cosine - low) * slope


PACKAGED_SCALE = SimilarityScale()


def similarity_scale(embedder: Embedder) -> SimilarityScale:
    """The scale of an embedding model, measured on a few questions and answers."""
    questions = embedder.embed_questions([question for question, _ in PAIRS] + list(ELSEWHERE))
    texts = [PassageText("", answer, (Span(0, len(answer)),)) for _, answer in PAIRS]
    answers = np.stack([vectors.passage for vectors in embedder.embed_passages(texts)])
    here = questions[: len(PAIRS)] @ answers.T
    elsewhere = questions[len(PAIRS) :] @ answers.T
    own = np.eye(len(PAIRS), dtype=np.bool_)
    return SimilarityScale(
        float(here[~own].mean()),
        float(here[own].mean()),
        float(elsewhere[~own].mean()),
        float(elsewhere[own].mean()),
    )
