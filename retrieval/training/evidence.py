"""Learns the weights of passages, sentences and confidence from open questions.

    python -m retrieval.training.evidence SET[:closed] ... --index DIR --out retrieval/models

Each SET is a folder that `onrecord evaluate` takes, its articles indexed in DIR. `closed` asks
each question of its own articles only, which unanswerable questions need. `--strangers SET` adds
questions about articles that are not in the index: nothing answers them. What is reported is
cross-validated, no article being in both halves; what is written is fitted on everything.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from index.embedding.loading import load_embedder
from index.opening import open_store
from retrieval.answerer import Answerer
from retrieval.confidence import CONFIDENCE_FEATURES, confidence_features
from retrieval.evaluation.data_set import KnownQuestion, read_data_set
from retrieval.evidence import EvidenceRanker
from retrieval.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.linear_model import LinearModel, sigmoid
from retrieval.readers import load_reader
from retrieval.reading import Readers
from retrieval.training.evidence_cases import (
    Found,
    equal_weights,
    find,
    folds,
    passage_group,
    ranked_sentences,
    sentence_group,
    sentence_is_right,
)
from retrieval.training.fitting import Group, fit_probability, fit_ranker

log = logging.getLogger(__name__)

FOLDS = 5
UNHURRIED_MS = 1e9


@dataclass(frozen=True, slots=True)
class Weights:
    """The three models that evidence is weighed with."""

    passages: LinearModel
    sentences: LinearModel
    confidence: LinearModel


@dataclass(frozen=True, slots=True)
class Tested:
    """How held-out questions fared."""

    right_first: float
    right_in_three: float
    auroc: float


def learn(found: Sequence[Found], readers: Readers) -> Weights:
    """Fit the models one on top of the other."""
    passages = fit_ranker(PASSAGE_FEATURES, _present([passage_group(one) for one in found]))
    start = equal_weights(SENTENCE_FEATURES, "words_in_sentence")
    ranked = [ranked_sentences(one, passages, start, readers) for one in found]
    groups = [sentence_group(one.known, row) for one, row in zip(found, ranked, strict=True)]
    sentences = fit_ranker(SENTENCE_FEATURES, _present(groups))
    features, right = [], []
    for one, row in zip(found, ranked, strict=True):
        if row:
            scores = sentences.log_odds(np.array([sentence.features for sentence in row]))
            order = np.argsort(-scores, kind="stable")
            best = [replace(row[i], log_odds=float(scores[i])) for i in order]
            features.append(confidence_features(one.asked, best)[0])
            right.append(any(sentence_is_right(one.known, sentence) for sentence in best[:3]))
    certainty = fit_probability(CONFIDENCE_FEATURES, np.array(features), np.array(right))
    return Weights(passages, sentences, certainty)


def tested(found: Sequence[Found], weights: Weights, readers: Readers) -> Tested:
    """Measure weights on questions that they were not learned from."""
    first, three, certain, answerable = [], [], [], []
    for one in found:
        row = ranked_sentences(one, weights.passages, weights.sentences, readers)
        odds = weights.confidence.log_odds(confidence_features(one.asked, row)) if row else [-9.0]
        certain.append(float(sigmoid(np.array(odds))[0]))
        answerable.append(one.known.answerable)
        if one.known.answerable:
            right = [sentence_is_right(one.known, sentence) for sentence in row[:3]]
            first.append(any(right[:1]))
            three.append(any(right))
    both = len(set(answerable)) > 1
    auroc = float(roc_auc_score(answerable, certain)) if both else float("nan")
    return Tested(float(np.mean(first)), float(np.mean(three)), auroc)


def _present(groups: Sequence[Group | None]) -> list[Group]:
    return [group for group in groups if group is not None]


def _cross_validate(found: Sequence[Found], readers: Readers) -> None:
    known = [one.known for one in found]
    for number, (learning, testing) in enumerate(folds(known, FOLDS), start=1):
        weights = learn([one for one in found if one.known.id in learning], readers)
        result = tested([one for one in found if one.known.id in testing], weights, readers)
        log.info(
            "fold %d: right first %.3f, in three %.3f, AUROC %.3f",
            number,
            result.right_first,
            result.right_in_three,
            result.auroc,
        )


def _questions(given: argparse.Namespace) -> list[tuple[KnownQuestion, bool]]:
    """Every question with whether it is asked of its own articles only."""
    chosen: list[tuple[KnownQuestion, bool]] = []
    for named in given.sets:
        folder, _, mode = named.partition(":")
        data = read_data_set(Path(folder)).limited(given.limit)
        kept = [one for one in data.questions if not given.only or given.only & one.article_ids]
        chosen.extend((one, mode == "closed") for one in kept)
    for folder in given.strangers:
        data = read_data_set(Path(folder)).limited(given.limit // 4)
        chosen.extend(
            (replace(one, answerable=False, article_ids=frozenset()), False)
            for one in data.questions
        )
    return chosen


def main() -> None:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sets", nargs="+", metavar="SET[:closed]")
    parser.add_argument("--strangers", nargs="*", default=[], metavar="SET")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reader", default="none")
    parser.add_argument("--limit", type=int, default=2000, help="questions of each set")
    parser.add_argument(
        "--only",
        type=lambda text: frozenset(text.split(",")),
        default=None,
        help="articles that no packaged model was trained on",
    )
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    embedder = load_embedder("all-MiniLM-L6-v2", cache=given.index / "models")
    store = open_store(given.index)
    readers = Readers(load_reader(given.reader, 2), UNHURRIED_MS)
    ranker = EvidenceRanker(
        equal_weights(PASSAGE_FEATURES, "fused_rank"),
        equal_weights(SENTENCE_FEATURES, "words_in_sentence"),
        Readers(None, 1.0),
    )
    answerer = Answerer(
        store, embedder, ranker, equal_weights(CONFIDENCE_FEATURES, "best"), threshold=0.0
    )
    found = [find(answerer, known, closed=closed) for known, closed in _questions(given)]
    log.info("%d questions", len(found))
    _cross_validate(found, readers)
    weights = learn(found, readers)
    kind = "plain" if given.reader == "none" else "reading"
    (given.out / f"passages-{kind}.json").write_text(weights.passages.to_json())
    (given.out / f"sentences-{kind}.json").write_text(weights.sentences.to_json())
    (given.out / f"confidence-{kind}.json").write_text(weights.confidence.to_json())


if __name__ == "__main__":
    main()
