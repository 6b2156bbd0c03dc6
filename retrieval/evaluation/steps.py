"""The pipeline step by step, to show what each step is worth.

Each variant adds one step to the one before. A step that is left out is replaced by the plainest
thing that could stand in its place: the order of the searches for reranking, the cosine of
question and sentence for the scoring of sentences and for confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.embedding.embedder import Embedder
from index.store import StoreReader
from retrieval.answerer import Answerer
from retrieval.assembling import MODELS, assemble
from retrieval.certainty.confidence import CONFIDENCE_FEATURES, ConfidenceModels
from retrieval.evaluation.evaluate import Variant
from retrieval.evidence.candidates import Searches
from retrieval.evidence.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.evidence.linear_model import LinearModel, load_linear_model
from retrieval.evidence.ranking import EvidenceRanker, SentenceModels
from retrieval.evidence.reranking import Reranker
from retrieval.reading.readings import Reader, Readers

WHOLE = "onrecord"


@dataclass(frozen=True, slots=True)
class CloserLook:
    """The models that the settings name besides, and the milliseconds that each may take."""

    reader: Reader | None = None
    reranker: Reranker | None = None
    budget_ms: float = 0.0

    @property
    def name(self) -> str:
        """What the step that adds them is called; empty where there is none."""
        named = (("reranker", self.reranker), ("reader", self.reader))
        return " ".join(f"+ {name}" for name, model in named if model is not None)


def whole_pipeline(store: StoreReader, embedder: Embedder, closer: CloserLook) -> Variant:
    """All steps, quoting whatever the confidence."""
    return Variant(WHOLE, _assembled(store, embedder, closer))


def pipeline_steps(store: StoreReader, embedder: Embedder, closer: CloserLook) -> list[Variant]:
    """Vectors, + keywords, + rerank, + sentence scoring and, where there are any, + the models.

    The last is the whole pipeline, as front ends use it.
    """
    by_search = single_feature(PASSAGE_FEATURES, "fused_rank", middle=0.5)
    reranked = load_linear_model(MODELS / "passages.json", PASSAGE_FEATURES)
    vectors_alone = Searches(vectors=True, keywords=False)
    variants = [
        Variant("vectors", _by_meaning(store, embedder, by_search, vectors_alone)),
        Variant("+ keywords", _by_meaning(store, embedder, by_search, Searches())),
        Variant("+ rerank", _by_meaning(store, embedder, reranked, Searches())),
        Variant("+ sentence scoring", _assembled(store, embedder, CloserLook())),
    ]
    if closer.name:
        variants.append(Variant(closer.name, _assembled(store, embedder, closer)))
    return variants


def single_feature(names: Sequence[str], name: str, middle: float) -> LinearModel:
    """A model that orders by one feature alone; even odds where the feature is at `middle`."""
    chosen = np.array([float(one == name) for one in names])
    return LinearModel(
        tuple(names),
        means=chosen * middle,
        deviations=np.full(len(names), 0.25),
        weights=chosen,
        bias=0.0,
    )


def _by_meaning(
    store: StoreReader, embedder: Embedder, passages: LinearModel, searches: Searches
) -> Answerer:
    """Sentences by the cosine with the question, whichever way their passages are ordered."""
    sentences = single_feature(SENTENCE_FEATURES, "meaning", middle=0.5)
    ranker = EvidenceRanker(passages, SentenceModels(sentences, sentences), Readers(None, 0.0))
    certainty = single_feature(CONFIDENCE_FEATURES, "meaning", middle=0.5)
    both = ConfidenceModels(certainty, certainty, certainty, certainty)
    return Answerer(store, embedder, ranker, both, threshold=0.0, searches=searches)


def _assembled(store: StoreReader, embedder: Embedder, closer: CloserLook) -> Answerer:
    return assemble(
        store,
        embedder,
        threshold=0.0,
        reader=closer.reader,
        budget_ms=closer.budget_ms,
        reranker=closer.reranker,
    )
