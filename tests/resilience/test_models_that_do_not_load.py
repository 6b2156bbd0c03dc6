"""Commands that serve, with a reader that is damaged: one line that says what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.embedding.model_folder import find_model
from retrieval.reading.reader import PACKAGED_READER
from tests.http.process import environment
from tests.patience import PATIENCE

COMMANDS = (
    ("serve", "--port", "0"),
    ("serve", "--port", "0", "--workers", "2"),
    ("telegram",),
)


@pytest.fixture
def reader(tmp_path: Path) -> Path:
    """A copy of the packaged reader, to be damaged."""
    return Path(shutil.copytree(PACKAGED_READER, tmp_path / "reader"))


def refusal(folder: Path, command: tuple[str, ...], **settings: str) -> str:
    """The last line of a program that ends with status 3, without a traceback."""
    ended = subprocess.run(
        [sys.executable, "-m", "bot.cli", *command],
        check=False,
        cwd=folder,
        # The token is in no use: Telegram is not asked before the models are there.
        env=environment(folder, TELEGRAM_TOKEN="1:" + "a" * 35, **settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert ended.returncode == 3, ended.stderr
    assert ended.stdout == ""
    # What a first start says about indexing stands before it.
    assert "Traceback" not in ended.stderr
    return ended.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_one_changed_byte_of_the_weights(
    folder: Path, reader: Path, command: tuple[str, ...]
) -> None:
    weights = reader / "reader.onnx"
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 0xFF
    weights.write_bytes(content)
    line = refusal(folder, command, READER=str(reader))
    assert line.startswith(f"onrecord: {weights} is damaged: its SHA-256 is")
    assert line.endswith("install the reader again")


@pytest.mark.parametrize("facts", ["{", "[]", '{"max_tokens": 384}'])
def test_damaged_facts(folder: Path, reader: Path, facts: str) -> None:
    path = reader / "reader.json"
    path.write_text(facts)
    line = refusal(folder, COMMANDS[0], READER=str(reader))
    assert line.startswith(f"onrecord: {path}")
    assert line.endswith("install the reader again")


@pytest.mark.parametrize("damage", ["gone", "empty", "cut"])
def test_an_embedding_model_that_cannot_be_loaded(
    folder: Path, tmp_path: Path, damage: str
) -> None:
    model = tmp_path / "damaged-model"
    if damage != "gone":
        shutil.copytree(find_model("all-MiniLM-L6-v2", allow_downloads=False).path, model)
    if damage == "empty":
        shutil.rmtree(model)
        model.mkdir()
    if damage == "cut":
        weights = model / "model.safetensors"
        weights.write_bytes(weights.read_bytes()[:1_000_000])
    line = refusal(folder, COMMANDS[0], EMBEDDING_MODEL=str(model))
    assert line.startswith("onrecord: ")
    assert model.name in line
