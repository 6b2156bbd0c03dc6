"""Exported models on disk, keyed by the hash of their weights; each is whole or not there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ModelError
from index.embedding.model_folder import ModelFolder, Recipe

FORMAT = 1
"""Raised when exports change, so that older ones are made again."""


@dataclass(frozen=True, slots=True)
class Exported:
    """An exported model, or the record that the export was tried and refused."""

    model: Path
    tokenizer: Path
    usable: bool


def weights_digest(folder: ModelFolder, cache: Path) -> str:
    """SHA-256 (hex) of the weights; a file of the same path, size and time is not read again.

    Raises ModelError where the weights are not those that were pinned.
    """
    state = folder.weights.stat()
    stamp = [str(folder.weights), state.st_size, state.st_mtime_ns]
    name = hashlib.sha256(str(folder.weights).encode()).hexdigest()[:16]
    record = cache / f"weights-{name}.json"
    digest = _remembered(record, stamp)
    if digest is None:
        with folder.weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        _check_pinned(folder, digest)
        write_atomically(record, json.dumps({"stamp": stamp, "sha256": digest}).encode())
    _check_pinned(folder, digest)
    return digest


def recorded_weights(cache: Path) -> list[Path]:
    """The weights of every model that was used with this cache, the latest first."""
    records = sorted(cache.glob("weights-*.json"), key=lambda path: -path.stat().st_mtime_ns)
    found = []
    for record in records:
        try:
            found.append(Path(str(json.loads(record.read_text("utf-8"))["stamp"][0])))
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            continue
    return found


def revision(weights: str, recipe: Recipe) -> str:
    """What tells two models apart: weights and recipe."""
    return hashlib.sha256(f"{weights}/{recipe.fingerprint()}".encode()).hexdigest()[:12]


def find_export(cache: Path, weights: str) -> Exported | None:
    """The finished export of these weights, if there is one."""
    folder = _folder(cache, weights)
    record = folder / "record.json"
    try:
        usable = bool(json.loads(record.read_text("utf-8"))["usable"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    exported = Exported(folder / "model.onnx", folder / "tokenizer.json", usable)
    if usable and not (exported.model.is_file() and exported.tokenizer.is_file()):
        return None
    return exported


def drafting_folder(cache: Path) -> Path:
    """A folder in the cache for an export in the making."""
    make_cache(cache)
    return Path(tempfile.mkdtemp(prefix="draft-", dir=cache))


def make_cache(cache: Path) -> None:
    """Create the cache folder. Raises ModelError where that is not allowed."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelError(
            f"cannot write to {cache} ({error.strerror}); set DATA to a writable folder"
        ) from None


def publish(draft: Path, cache: Path, weights: str, *, usable: bool, similarity: float) -> Exported:
    """Make a draft the export of these weights; of two at once, the last one stays."""
    record = {"usable": usable, "similarity": round(similarity, 5), "format": FORMAT}
    write_atomically(draft / "record.json", json.dumps(record).encode())
    folder = _folder(cache, weights)
    stale = Path(tempfile.mkdtemp(prefix="stale-", dir=cache))
    if folder.exists():
        folder.rename(stale / "model")
    draft.rename(folder)
    shutil.rmtree(stale, ignore_errors=True)
    return Exported(folder / "model.onnx", folder / "tokenizer.json", usable)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a small file so that it is either the old or the new one, even after a power cut."""
    make_cache(path.parent)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise ModelError(f"cannot write {path} ({error.strerror}); free some space") from None


def _folder(cache: Path, weights: str) -> Path:
    return cache / f"onnx-int8-v{FORMAT}-{weights[:16]}"


def _remembered(record: Path, stamp: list[object]) -> str | None:
    try:
        remembered = json.loads(record.read_text("utf-8"))
        return str(remembered["sha256"]) if remembered["stamp"] == stamp else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _check_pinned(folder: ModelFolder, digest: str) -> None:
    if folder.pinned is not None and digest != folder.pinned:
        raise ModelError(
            f"the weights of {folder.label} in {folder.path} are not the published ones "
            "(SHA-256 differs); reinstall the package"
        )
