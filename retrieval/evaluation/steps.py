"""The pipeline step by step, to show what each step is worth.

Each variant adds one step to the one before. A step that is left out is replaced by the plainest
thing that could stand in its place: the order of the searches for reranking, the cosine of
question and sentence for the scoring of sentences and for confidence.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedding.embedder import Embedder
from index.store import StoreReader
from retrieval.answerer import Answerer
from retrieval.assembling import MODELS, assemble
from retrieval.candidates import Searches
from retrieval.confidence import CONFIDENCE_FEATURES, ConfidenceModels
from retrieval.evaluation.evaluate import Variant
from retrieval.evidence import EvidenceRanker, SentenceModels
from retrieval.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.linear_model import LinearModel, load_linear_model
from retrieval.reading import Reader, Readers

WHOLE = "onrecord"


def whole_pipeline(
    store: StoreReader, embedder: Embedder, reader: Reader | None, budget_ms: float
) -> Variant:
    """All steps, quoting whatever the confidence."""
    return Variant(WHOLE, _assembled(store, embedder, reader, budget_ms))


def pipeline_steps(
    store: StoreReader, embedder: Embedder, reader: Reader | None, budget_ms: float
) -> list[Variant]:
    """Vectors, + keywords, + rerank, + sentence scoring and, where there is one, + reader."""
    by_search = single_feature(PASSAGE_FEATURES, "fused_rank", middle=0.5)
    reranked = load_linear_model(MODELS / "passages.json", PASSAGE_FEATURES)
    vectors_alone = Searches(vectors=True, keywords=False)
    variants = [
        Variant("vectors", _by_meaning(store, embedder, by_search, vectors_alone)),
        Variant("+ keywords", _by_meaning(store, embedder, by_search, Searches())),
        Variant("+ rerank", _by_meaning(store, embedder, reranked, Searches())),
        Variant("+ sentence scoring", _assembled(store, embedder, None, budget_ms)),
    ]
    if reader is not None:
        variants.append(Variant("+ reader", _assembled(store, embedder, reader, budget_ms)))
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
    both = ConfidenceModels(certainty, certainty)
    return Answerer(store, embedder, ranker, both, threshold=0.0, searches=searches)


def _assembled(
    store: StoreReader, embedder: Embedder, reader: Reader | None, budget_ms: float
) -> Answerer:
    return assemble(store, embedder, threshold=0.0, reader=reader, budget_ms=budget_ms)
