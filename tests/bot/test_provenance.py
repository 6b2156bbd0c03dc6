"""What an answer says of the models that it comes from."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.provenance import made_by
from bot.settings import Settings


def test_the_reranker_is_named_with_the_checksum_of_its_weights(tmp_path: Path) -> None:
    folder = tmp_path / "cross-encoder"
    folder.mkdir()
    weights = folder / "model.safetensors"
    settings = Settings(data=tmp_path, reranker=str(folder))
    named = []
    for content in (b"weights", b"other weights"):
        weights.write_bytes(content)
        named.append(made_by(settings, "a model").reranker)
        assert named[-1] == f"cross-encoder@{hashlib.sha256(content).hexdigest()[:12]}"
    (folder / "model-2.safetensors").write_bytes(b"more weights")
    assert made_by(settings, "a model").reranker not in named
    assert made_by(Settings(data=tmp_path), "a model").reranker is None
