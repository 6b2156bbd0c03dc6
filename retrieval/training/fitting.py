"""Fitting linear models: listwise for what is ranked, logistic for what is a probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from retrieval.evidence.linear_model import CLIP, LinearModel, Matrix

Labels = NDArray[np.bool_]
REGULARISATION = 1e-3
CERTAINTY = 0.01
"""How freely the weights of a probability grow (sklearn's C): of .01, .1 and 1 the one that tells
best on articles that it was not fitted on."""


@dataclass(frozen=True, slots=True)
class Group:
    """What competes for one question: a row of features each, and which of them are right."""

    features: Matrix
    right: Labels


def fit_ranker(names: Sequence[str], groups: Sequence[Group]) -> LinearModel:
    """Weights under which what is right comes first, scaled to log-odds of being right.

    Minimises the negative log of the softmax share of what is right in its group (ListNet's top
    one, Cao et al., ICML 2007), then brings scores to log-odds by Platt scaling. Groups in which
    nothing is right teach only the scaling.
    """
    means, deviations = scales(np.concatenate([group.features for group in groups]))
    scaled = [_scaled(group.features, means, deviations) for group in groups]
    teaching = [
        (rows, group.right)
        for rows, group in zip(scaled, groups, strict=True)
        if group.right.any() and not group.right.all()
    ]
    rows = np.concatenate([part for part, _ in teaching])
    right = np.concatenate([part for _, part in teaching])
    starts = np.cumsum([0, *(len(part) for part, _ in teaching[:-1])])
    found = minimize(
        _listwise_loss,
        np.zeros(len(names)),
        args=(rows, right, starts),
        jac=True,
        method="L-BFGS-B",
    )
    weights = np.asarray(found.x)
    scores = np.concatenate([part @ weights for part in scaled])
    labels = np.concatenate([group.right for group in groups])
    platt = LogisticRegression(C=1e6).fit(scores[:, None], labels)
    return LinearModel(
        tuple(names),
        means,
        deviations,
        weights * float(platt.coef_[0, 0]),
        float(platt.intercept_[0]),
    )


def fit_probability(names: Sequence[str], features: Matrix, right: Labels) -> LinearModel:
    """A logistic regression over scaled features, right and wrong weighing the same in all.

    How many questions of a training set have no answer is the choice of who made it; even odds
    beforehand is the one that favours neither answering nor refusing.
    """
    means, deviations = scales(features)
    model = LogisticRegression(C=CERTAINTY, max_iter=1000, class_weight="balanced")
    model.fit(_scaled(features, means, deviations), right)
    return LinearModel(
        tuple(names), means, deviations, np.asarray(model.coef_[0]), float(model.intercept_[0])
    )


def scales(features: Matrix) -> tuple[Matrix, Matrix]:
    """Mean and deviation of each column, unknown values left out."""
    known = np.isfinite(features)
    count = np.maximum(known.sum(axis=0), 1)
    filled = np.where(known, features, 0.0)
    means = filled.sum(axis=0) / count
    spread = np.where(known, features - means, 0.0)
    deviations = np.sqrt((spread**2).sum(axis=0) / count)
    return means, np.where(deviations > 1e-9, deviations, 1.0)


def _scaled(features: Matrix, means: Matrix, deviations: Matrix) -> Matrix:
    scaled: Matrix = np.clip(np.nan_to_num((features - means) / deviations), -CLIP, CLIP)
    return scaled


def _listwise_loss(
    weights: Matrix, rows: Matrix, right: Labels, starts: NDArray[np.int64]
) -> tuple[float, Matrix]:
    scores = rows @ weights
    lengths = np.diff([*starts, len(scores)])
    highest = np.repeat(np.maximum.reduceat(scores, starts), lengths)
    powers = np.exp(scores - highest)
    right_powers = np.where(right, powers, 0.0)
    total = np.add.reduceat(powers, starts)
    right_total = np.maximum(np.add.reduceat(right_powers, starts), 1e-300)
    groups = len(starts)
    loss = float(np.log(total / right_total).sum() / groups)
    share = powers / np.repeat(total, lengths) - right_powers / np.repeat(right_total, lengths)
    gradient = rows.T @ share / groups + 2 * REGULARISATION * weights
    return loss + REGULARISATION * float(weights @ weights), gradient
