"""Evidence: from candidate passages to the sentences that answer, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.attribution.standing_alone import says_something
from retrieval.evidence.candidates import Candidate
from retrieval.evidence.close_look import FIRST_LOOK, look_closely
from retrieval.evidence.features import (
    Asked,
    passage_features,
    sentence_features,
)
from retrieval.evidence.linear_model import LinearModel
from retrieval.evidence.ranked import RankedPassage, RankedSentence
from retrieval.evidence.reranking import Reranker, rerank
from retrieval.question.answer_kinds import AnswerKind
from retrieval.reading.readings import PassageReading, Readers

# The fused order is good enough that what answers is nearly always among these; every one costs
# tokenising its sentences.
PASSAGES_RANKED = 40
# The passages whose sentences compete.
PASSAGES_QUOTED = 8


@dataclass(frozen=True, slots=True)
class SentenceModels:
    """How sentences are weighed unread, read, and once they have been read again closely.

    What a reader sees, the other features must make up for where it is missing. `closely` weighs
    CLOSE_FEATURES; without it the best are not looked at again.
    """

    plain: LinearModel
    reading: LinearModel
    closely: LinearModel | None = None


class EvidenceRanker:
    """Orders passages, then the sentences of the best of them."""

    def __init__(
        self,
        passage_model: LinearModel,
        sentence_models: SentenceModels,
        readers: Readers,
        reranker: Reranker | None = None,
        rerank_budget_ms: float = 0.0,
    ) -> None:
        self._passage_model = passage_model
        self._sentence_models = sentence_models
        self._readers = readers
        self._reranker = reranker
        self._rerank_budget_ms = rerank_budget_ms

    def rank_passages(self, asked: Asked, candidates: Sequence[Candidate]) -> list[RankedPassage]:
        """The best candidates by what a linear model makes of their features, best first.

        Candidates past PASSAGES_RANKED keep the order that the searches gave them.
        """
        near = list(candidates[:PASSAGES_RANKED])
        if not near:
            return []
        scores = self._passage_model.log_odds(passage_features(asked, near))
        order = np.argsort(-scores, kind="stable")
        ranked = [RankedPassage(near[i], float(scores[i])) for i in order]
        if self._reranker is not None:
            ranked = rerank(self._reranker, asked.text, ranked, self._rerank_budget_ms)
        floor = min(one.log_odds for one in ranked)
        return ranked + [
            RankedPassage(candidate, floor) for candidate in candidates[PASSAGES_RANKED:]
        ]

    def rank_sentences(self, asked: Asked, ranked: Sequence[RankedPassage]) -> list[RankedSentence]:
        """The sentences of the best passages, best first. The readers see these passages.

        Then they see the best sentences once more, closely. Not for a question that wants a yes
        or a no: readers find words that answer, and these have none.
        """
        best = [passage for passage in ranked if passage.candidate.passage.passage.sentences]
        best = best[:PASSAGES_QUOTED]
        readings: list[PassageReading | None] = [None] * len(best)
        if asked.kind is not AnswerKind.POLAR:
            passages = [one.candidate.passage for one in best]
            questions = [asked.wording(passage.article).text for passage in passages]
            share = FIRST_LOOK if self._sentence_models.closely else 1.0
            readings = self._readers.read(questions, passages, share)
        sentences: list[RankedSentence] = []
        for passage, reading in zip(best, readings, strict=True):
            model = self._model_for(asked, passage, reading, any_read=any(readings))
            sentences.extend(_score(model, asked, passage, reading))
        sentences.sort(key=lambda sentence: -sentence.log_odds)
        if self._sentence_models.closely is None:
            return sentences
        return look_closely(self._sentence_models.closely, self._readers, asked, sentences)

    def _model_for(
        self,
        asked: Asked,
        passage: RankedPassage,
        reading: PassageReading | None,
        *,
        any_read: bool,
    ) -> LinearModel:
        """For want of time a passage was only not read yet; one in another language never is."""
        models = self._sentence_models
        if reading is None and asked.is_foreign(passage.candidate.passage.article):
            return models.plain
        return models.reading if any_read else models.plain


def _score(
    model: LinearModel, asked: Asked, passage: RankedPassage, reading: PassageReading | None
) -> list[RankedSentence]:
    features = sentence_features(asked, passage.candidate, passage.log_odds, reading)
    scores = model.log_odds(features)
    texts = passage.candidate.passage.sentence_texts()
    return [
        RankedSentence(
            passage.candidate,
            index,
            float(score),
            tuple(row.tolist()),
            reading.answers[index] if reading else None,
        )
        for index, (score, row) in enumerate(zip(scores, features, strict=True))
        if says_something(texts[index])
    ]
