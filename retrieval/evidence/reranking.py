"""Reranking passages with a cross-encoder, for those who have one, within a time budget."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from corpus.errors import ModelError
from retrieval.evidence.ranked import RankedPassage

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker(Protocol):
    """Scores how well passages answer a question. Safe to call from several threads."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score for each text; higher is better."""


class CrossEncoderReranker:
    """Any sentence-transformers CrossEncoder from a local folder."""

    def __init__(self, model: CrossEncoder) -> None:
        self._model = model

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """The model's score for question and text read together."""
        pairs = [(question, text) for text in texts]
        found = self._model.predict(pairs, show_progress_bar=False, convert_to_numpy=True)
        return [float(score) for score in found]


def load_reranker(name: str | None) -> Reranker | None:
    """The cross-encoder in a folder; None where none is set.

    Raises ModelError where the folder holds none. The hub is never asked.
    """
    if name is None:
        return None
    folder = Path(name)
    if not (folder / "config.json").is_file():
        raise ModelError(f"there is no model in {name!r}: set RERANKER to a cross-encoder's folder")
    if not any(folder.glob("*.safetensors")):
        raise ModelError(f"{name!r} holds no safetensors weights: convert them; pickles are unsafe")
    os.environ["HF_HUB_OFFLINE"] = "1"
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(f"the reranker in {name!r} cannot be loaded: {error}") from None
    if model.num_labels != 1:
        raise ModelError(f"the reranker in {name!r} gives {model.num_labels} scores, not one")
    return CrossEncoderReranker(model)


def rerank(
    reranker: Reranker,
    question: str,
    ranked: Sequence[RankedPassage],
    budget_ms: float,
    batch: int = 8,
) -> list[RankedPassage]:
    """The passages that there was time to read, in the reranker's order; then the others.

    The log-odds stay where they are in the ranking, so that what later steps learned about them
    holds whatever scale the reranker uses. The first batch is always read.
    """
    started = time.perf_counter()
    scores: list[float] = []
    while len(scores) < len(ranked):
        texts = [one.candidate.passage.text for one in ranked[len(scores) : len(scores) + batch]]
        scores.extend(reranker.scores(question, texts))
        if (time.perf_counter() - started) * 1000 >= budget_ms:
            break
    order = sorted(range(len(scores)), key=lambda place: -scores[place])
    read = [
        replace(ranked[place], log_odds=ranked[position].log_odds)
        for position, place in enumerate(order)
    ]
    return [*read, *ranked[len(scores) :]]
