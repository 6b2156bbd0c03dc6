"""Loading the model that made an index, by the key that the index carries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.errors import ModelError
from index.embedding.embedder import Embedder
from index.embedding.loading import Backend, load_folder
from index.embedding.model_folder import ModelFolder, read_recipe
from index.embedding.onnx_cache import recorded_weights, revision, weights_digest

BACKENDS: dict[str, Backend] = {"int8": "onnx", "torch": "torch"}


def load_recorded(key: str, *, cache: Path, threads: int = 0) -> Embedder:
    """The embedder of this key, among the models that were used with this cache before.

    Whoever made an index has loaded its model, and left in the cache where the weights lie.
    Raises ModelError where the model is gone or another one lies in its place.
    """
    label, _, rest = key.rpartition("@")
    wanted, _, arithmetic = rest.partition("/")
    for folder in _folders(label, cache):
        recipe = read_recipe(folder)
        if revision(weights_digest(folder, cache), recipe) == wanted:
            backend = BACKENDS.get(arithmetic, "auto")
            embedder = load_folder(folder, recipe, backend=backend, cache=cache, threads=threads)
            if embedder.key == key:
                return embedder
    raise ModelError(
        f"the model {label} that the index was made with is not on this machine; "
        "set EMBEDDING_MODEL to its folder"
    )


def _folders(label: str, cache: Path) -> Iterator[ModelFolder]:
    """The models that were used before and are still there, as folders."""
    for weights in recorded_weights(cache):
        if weights.is_file():
            yield ModelFolder(label, weights.parent, weights, None)
