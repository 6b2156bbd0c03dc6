"""What is installed and loaded is what was tested: locked packages and pinned models."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from corpus.errors import ModelError
from index.embedding.model_folder import PACKAGED, PINNED, ModelFolder
from index.embedding.onnx_cache import weights_digest
from retrieval.reading.reader import PACKAGED_READER, PassageReader

ROOT = Path(__file__).parents[2]
LOCKS = ROOT / "requirements"
PINNED_LINE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]+\])?==([^ ;]+)(?: ;[^\\]*)? \\((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+)", re.M)  # fmt: skip  # noqa: E501


def locked(name: str) -> dict[str, str]:
    """Names and versions of a lock; every entry is exact and has hashes."""
    text = (LOCKS / name).read_text("utf-8")
    entries = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
    pinned = [(canonicalize_name(name), version) for name, version, _ in PINNED_LINE.findall(text)]
    assert len(pinned) == len(entries)
    return dict(pinned)


@pytest.mark.parametrize(("name", "extras"), [("runtime.txt", ()), ("test.txt", ("test",))])
def test_the_lock_has_all_that_the_project_asks_for(name: str, extras: tuple[str, ...]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"]]
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    versions = locked(name) | locked("torch.txt")
    others = [one for one in map(Requirement, wanted) if one.name != project["name"]]
    for requirement in others:
        version = versions.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not locked: run make lock"
        assert requirement.specifier.contains(version), f"{requirement}: run make lock"


def test_the_lock_has_what_torch_needs_but_no_cuda() -> None:
    versions = locked("runtime.txt")
    for line in requires("torch") or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            assert requirement.name in versions, requirement
    assert not [name for name in versions if re.match("nvidia|cuda|triton|torch$", name)]


@pytest.mark.parametrize("name", ["runtime.txt", "test.txt", "torch.txt"])
def test_the_lock_names_no_place_of_the_machine_that_wrote_it(name: str) -> None:
    text = (LOCKS / name).read_text("utf-8")
    assert not re.search(r"://|^--(?!hash)| /[a-z]+/|@ ", text, re.M)


def test_every_packaged_model_is_pinned() -> None:
    assert set(PACKAGED) == set(PINNED)
    facts = json.loads((PACKAGED_READER / "reader.json").read_text("utf-8"))
    assert {"reader.onnx", "tokenizer.json"} <= set(facts["sha256"])


@pytest.mark.parametrize("file", ["reader.onnx", "tokenizer.json"])
def test_a_reader_that_was_changed_is_not_loaded(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(PACKAGED_READER, folder)
    content = bytearray((folder / file).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / file).write_bytes(content)
    with pytest.raises(ModelError):
        PassageReader(folder, threads=1)


def test_weights_that_are_not_the_published_ones_are_not_used(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"other weights")
    name, published = next(iter(PINNED.items()))
    own = ModelFolder(name, tmp_path, weights, None)
    pinned = ModelFolder(name, tmp_path, weights, published)
    with pytest.raises(ModelError, match="not the published ones"):
        weights_digest(pinned, tmp_path)
    weights_digest(own, tmp_path)  # whose digest is remembered, and that must not help
    with pytest.raises(ModelError, match="not the published ones"):
        weights_digest(pinned, tmp_path)
