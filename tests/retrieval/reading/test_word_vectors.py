"""Vectors of word pieces, read from the file of an encoder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from safetensors.numpy import save_file

from corpus.errors import ModelError
from retrieval.reading.word_vectors import NAME, WEIGHTS, WordVectors

PIECES, DIMENSION = 50, 8
TABLE = np.random.default_rng(4).normal(size=(PIECES, DIMENSION)).astype(np.float32)


@pytest.fixture(scope="module", params=[np.float16, np.float32])
def words(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> WordVectors:
    folder = tmp_path_factory.mktemp("encoder")
    tensors: dict[str, NDArray[Any]] = {
        "a.first": np.ones((3, 5), np.float32),
        NAME: TABLE.astype(request.param),
        "z.last": np.zeros(7, np.float16),
    }
    save_file(tensors, folder / WEIGHTS)
    return WordVectors(folder)


@given(ids=st.lists(st.integers(0, PIECES - 1), max_size=40))
def test_every_piece_has_its_row(words: WordVectors, ids: list[int]) -> None:
    found = words.of(np.array(ids, dtype=np.int64))
    assert found.dtype == np.float32
    assert found.shape == (len(ids), DIMENSION)
    assert np.allclose(found, TABLE[ids], atol=2e-3)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x05", b"\x02\0\0\0\0\0\0\0{}", b"\xff" * 16, b"\x04\0\0\0\0\0\0\0null"],
)
def test_another_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / WEIGHTS).write_bytes(content)
    with pytest.raises(ModelError, match="it is made again"):
        WordVectors(tmp_path)


def test_a_table_that_breaks_off_is_named(tmp_path: Path) -> None:
    save_file({NAME: TABLE}, tmp_path / WEIGHTS)
    whole = (tmp_path / WEIGHTS).read_bytes()
    (tmp_path / WEIGHTS).write_bytes(whole[:-40])
    with pytest.raises(ModelError, match="it is made again"):
        WordVectors(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=WEIGHTS):
        WordVectors(tmp_path)
