"""A logistic model that anybody can read: named features, their scales and weights, in JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

Matrix = NDArray[np.float64]

COLUMNS = ("mean", "deviation", "weight")


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Log-odds = bias + Σ weight · (feature - mean) / deviation.

    A feature missing from the data it is given counts as its mean, so it says nothing.
    """

    names: tuple[str, ...]
    means: Matrix
    deviations: Matrix
    weights: Matrix
    bias: float

    def log_odds(self, features: Matrix) -> Matrix:
        """Log-odds of each row of `features`, shape (rows, number of names); NaN is unknown."""
        scaled = (features - self.means) / self.deviations
        scaled = np.clip(np.nan_to_num(scaled, nan=0.0), -CLIP, CLIP)
        result: Matrix = scaled @ self.weights + self.bias
        return result

    def to_json(self) -> str:
        """The model as a table of features, one a line."""
        rows = [
            {
                "feature": name,
                "mean": round(float(self.means[i]), 6),
                "deviation": round(float(self.deviations[i]), 6),
                "weight": round(float(self.weights[i]), 6),
            }
            for i, name in enumerate(self.names)
        ]
        lines = ",\n    ".join(json.dumps(row) for row in rows)
        return f'{{\n  "bias": {self.bias:.6f},\n  "features": [\n    {lines}\n  ]\n}}\n'


# A feature further than this many deviations from what training saw says no more than the edge.
CLIP = 4.0


def sigmoid(log_odds: Matrix) -> Matrix:
    """Probability of log-odds, without overflow."""
    result: Matrix = np.where(
        log_odds >= 0,
        1 / (1 + np.exp(-np.abs(log_odds))),
        np.exp(-np.abs(log_odds)) / (1 + np.exp(-np.abs(log_odds))),
    )
    return result


def load_linear_model(path: Path, expected: Sequence[str]) -> LinearModel:
    """Read a model and put its weights in the order of `expected`.

    Raises ModelError where the file is missing, malformed, or made for other features.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        table = {
            row["feature"]: [float(row[field]) for field in COLUMNS] for row in content["features"]
        }
        bias = float(content["bias"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"the weights {path.name} cannot be read ({error}): install onrecord again"
        ) from None
    if set(table) != set(expected):
        raise ModelError(
            f"the weights {path.name} were made for other features:"
            " train them again with python -m retrieval.training"
        )

    means, deviations, weights = np.array([table[name] for name in expected]).T
    if not (np.isfinite([*means, *deviations, *weights, bias]).all() and (deviations > 0).all()):
        raise ModelError(
            f"the weights {path.name} are no finite numbers with deviations above 0:"
            " install onrecord again"
        )
    return LinearModel(tuple(expected), means, deviations, weights, bias)


def probability(log_odds: float) -> float:
    """The probability (0 to 1) of one value of log-odds."""
    return float(sigmoid(np.array([log_odds]))[0])
