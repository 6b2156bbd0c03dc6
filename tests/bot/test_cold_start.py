"""`onrecord ask` over an index that is there loads nothing that it does not need."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MODELS_AND_LEARNING = (
    "torch transformers sentence_transformers huggingface_hub sklearn scipy pandas"
)
FACES = "fastapi starlette uvicorn mcp httpx aiohttp bot.http bot.telegram bot.mcp bot.page"
IMPORTING = (
    "lxml pypdfium2 docx feedparser dateparser protego py3langid corpus.importer corpus.readers "
    "corpus.cleaning bot.librarian bot.article_folder bot.indexing"
)
STORES_AND_WRITING = (
    "pymilvus milvus milvus_lite grpc index.milvus.reader index.milvus.writer index.sync "
    "index.watch index.migration index.embedded.writer retrieval.training retrieval.evaluation "
    "bot.writing"
)
OURS = ("bot", "corpus", "index", "retrieval")
UNNEEDED = frozenset(f"{MODELS_AND_LEARNING} {FACES} {IMPORTING} {STORES_AND_WRITING}".split())

ASK_AND_TELL = """
import runpy, sys
from pathlib import Path
sys.argv = ["onrecord", "ask", "How long is the border between Ukraine and Belarus?"]
try:
    runpy.run_module("bot.cli", run_name="__main__")
finally:
    Path("loaded.txt").write_text("\\n".join(sys.modules))
"""


def test_the_parts_named_here_are_there() -> None:
    """A name that no module bears any more would hide what is loaded."""
    ours = [name for name in UNNEEDED if name.partition(".")[0] in OURS]
    assert [name for name in ours if importlib.util.find_spec(name) is None] == []


@pytest.mark.parametrize("reader", ["packaged", "none"])
def test_asking_loads_nothing_that_it_does_not_need(
    sample_data: Path, tmp_path: Path, reader: str
) -> None:
    data = tmp_path / "data"
    shutil.copytree(sample_data, data, symlinks=True)
    own = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    done = subprocess.run(
        [sys.executable, "-c", ASK_AND_TELL],
        cwd=tmp_path,
        env={
            **own,
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "ONRECORD_DATA": str(data),
            "ONRECORD_READER": reader,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    loaded = set((tmp_path / "loaded.txt").read_text().split())
    assert {"onnxruntime", "faiss", "retrieval.answerer"} <= loaded, "it did answer"
    assert not loaded & UNNEEDED
