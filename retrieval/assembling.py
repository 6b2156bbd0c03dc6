"""Putting an answerer together: its weights, its reader, its reranker."""

from __future__ import annotations

from pathlib import Path

from index.embedding.embedder import Embedder
from index.store import StoreReader
from retrieval.answerer import Answerer
from retrieval.certainty.confidence import (
    CLOSE_CONFIDENCE_FEATURES,
    CONFIDENCE_FEATURES,
    ConfidenceModels,
)
from retrieval.evidence.candidates import Searches
from retrieval.evidence.close_look import CLOSE_FEATURES
from retrieval.evidence.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.evidence.linear_model import load_linear_model
from retrieval.evidence.ranking import EvidenceRanker, SentenceModels
from retrieval.evidence.reranking import Reranker
from retrieval.evidence.similarity_scale import similarity_scale
from retrieval.reading.readings import Reader, Readers

MODELS = Path(__file__).parent / "models"


def assemble(
    store: StoreReader,
    embedder: Embedder,
    *,
    threshold: float,
    reader: Reader | None,
    budget_ms: float,
    reranker: Reranker | None = None,
    searches: Searches | None = None,
    kind: type[Answerer] = Answerer,
) -> Answerer:
    """An answerer over `store` with the packaged weights."""
    return kind(
        store,
        embedder,
        EvidenceRanker(
            load_linear_model(MODELS / "passages.json", PASSAGE_FEATURES),
            SentenceModels(
                load_linear_model(MODELS / "sentences-plain.json", SENTENCE_FEATURES),
                load_linear_model(MODELS / "sentences-reading.json", SENTENCE_FEATURES),
                load_linear_model(MODELS / "sentences-closely.json", CLOSE_FEATURES),
            ),
            Readers(reader, budget_ms),
            reranker,
            budget_ms,
        ),
        ConfidenceModels(
            load_linear_model(MODELS / "confidence-plain.json", CONFIDENCE_FEATURES),
            load_linear_model(MODELS / "confidence-reading.json", CONFIDENCE_FEATURES),
            load_linear_model(MODELS / "confidence-across.json", CONFIDENCE_FEATURES),
            load_linear_model(MODELS / "confidence-closely.json", CLOSE_CONFIDENCE_FEATURES),
        ),
        threshold=threshold,
        searches=searches,
        scale=similarity_scale(embedder),
    )
