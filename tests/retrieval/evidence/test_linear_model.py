from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ModelError
from retrieval.evidence.linear_model import (
    CLIP,
    LinearModel,
    load_linear_model,
    probability,
    sigmoid,
)

MODEL = LinearModel(
    ("height", "weight"), np.array([1.0, 2.0]), np.array([2.0, 1.0]), np.array([0.5, -1.0]), 0.25
)


def test_a_model_survives_being_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(MODEL.to_json())
    read = load_linear_model(path, ("weight", "height"))
    row = np.array([[3.0, 7.0]])
    assert read.log_odds(row[:, ::-1])[0] == pytest.approx(MODEL.log_odds(row)[0])


def test_the_unknown_says_nothing_and_extremes_are_bounded() -> None:
    unknown = MODEL.log_odds(np.array([[np.nan, np.nan]]))[0]
    assert unknown == pytest.approx(0.25)
    extreme = MODEL.log_odds(np.array([[1e9, 2.0]]))[0]
    assert extreme == pytest.approx(0.25 + 0.5 * CLIP)


ROW = {"feature": "height", "mean": 1.0, "deviation": 2.0, "weight": 0.5}


def table(**changed: object) -> str:
    """A table of one feature, with something wrong."""
    return json.dumps({"bias": 0.1, "features": [ROW | changed]})


def test_a_table_that_fits_is_read(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(table())
    assert load_linear_model(path, ("height",)).bias == pytest.approx(0.1)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        '{"bias": 1, "features": [{"feature": "height"}]}',
        table(feature="other"),
        table(weight="much"),
        table(weight=float("nan")),
        table(mean=float("inf")),
        table(deviation=0.0),
    ],
)
def test_damaged_or_foreign_weights_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "model.json"
    path.write_text(content)
    with pytest.raises(ModelError):
        load_linear_model(path, ("height",))


@given(st.floats(-700, 700), st.floats(-700, 700))
def test_probability_is_bounded_and_monotonic(first: float, second: float) -> None:
    low, high = sorted((first, second))
    assert 0.0 <= probability(low) <= probability(high) <= 1.0
    assert sigmoid(np.array([-low]))[0] == pytest.approx(1 - probability(low))
