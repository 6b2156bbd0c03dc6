"""How evidence weights fare on questions that they were not learned from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from retrieval.certainty.confidence import ConfidenceModels, confidence
from retrieval.evaluation.measures import first_rank, reciprocal_rank
from retrieval.evidence.linear_model import LinearModel
from retrieval.evidence.ranking import EvidenceRanker, SentenceModels
from retrieval.reading.readings import Readers
from retrieval.training.evidence_cases import Found, sentence_is_right


@dataclass(frozen=True, slots=True)
class CloseWeights:
    """The models that weigh what a reader says of close-ups."""

    sentences: LinearModel
    confidence: LinearModel


@dataclass(frozen=True, slots=True)
class Weights:
    """The models that evidence is weighed with; `closely` where there is a reader."""

    passages: LinearModel
    sentences: LinearModel
    confidence: LinearModel
    closely: CloseWeights | None = None

    @property
    def certainty(self) -> ConfidenceModels:
        """Those of confidence; the one without close-ups serves wherever there are none."""
        closely = self.closely.confidence if self.closely else self.confidence
        return ConfidenceModels(self.confidence, self.confidence, self.confidence, closely)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One held-out question. Ranks count from 1; None where nothing right was found."""

    kind: str
    answerable: bool
    confidence: float
    sentence_rank: int | None
    article_rank: int | None


def outcome(found: Found, weights: Weights, readers: Readers) -> Outcome:
    """What the weights make of one question."""
    closely = weights.closely.sentences if weights.closely else None
    models = SentenceModels(weights.sentences, weights.sentences, closely)
    ranker = EvidenceRanker(weights.passages, models, readers)
    passages = ranker.rank_passages(found.asked, [one.candidate for one in found.candidates])
    sentences = ranker.rank_sentences(found.asked, passages)
    articles = dict.fromkeys(one.candidate.passage.article.id for one in passages)
    return Outcome(
        found.known.kind,
        found.known.answerable,
        confidence(weights.certainty, found.asked, sentences),
        first_rank(sentence_is_right(found.known, sentence) for sentence in sentences),
        first_rank(article in found.known.article_ids for article in articles),
    )


def summaries(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line for each kind of answerable question, and one on telling them from the others."""
    for kind in dict.fromkeys(one.kind for one in outcomes if one.answerable):
        own = [one for one in outcomes if one.kind == kind and one.answerable]
        sentences = [one.sentence_rank for one in own]
        articles = [one.article_rank for one in own]
        reciprocal = float(np.mean([reciprocal_rank(rank, 10) for rank in articles]))
        yield (
            f"{kind}: {len(own)} questions; right sentence first {_within(sentences, 1):.3f},"
            f" in three {_within(sentences, 3):.3f}; article Hits@1 {_within(articles, 1):.3f},"
            f" @4 {_within(articles, 4):.3f}, @10 {_within(articles, 10):.3f},"
            f" MRR@10 {reciprocal:.3f}"
        )
    answerable = [one.answerable for one in outcomes]
    if len(set(answerable)) > 1:
        area = roc_auc_score(answerable, [one.confidence for one in outcomes])
        yield f"answerable or not: AUROC {area:.3f} over {len(outcomes)} questions"


def _within(ranks: Sequence[int | None], cut: int) -> float:
    return float(np.mean([rank is not None and rank <= cut for rank in ranks]))
