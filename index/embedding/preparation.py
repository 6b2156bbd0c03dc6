"""Exporting a model in a process of its own, which takes its memory along when it ends.

torch and sentence-transformers take some 500 MB, and a server that has exported its model would
keep them for good.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import ModelError
from index.embedding.model_folder import ModelFolder, Recipe


@dataclass(frozen=True, slots=True)
class Prepared:
    """How like sentence-transformers' own vectors those of the export are, as a mean cosine.

    0, and a `reason`, where it could not be exported.
    """

    similarity: float
    reason: str = ""


def prepare(folder: ModelFolder, recipe: Recipe, draft: Path) -> Prepared:
    """Write `model.onnx` and `tokenizer.json` to `draft`.

    Raises ModelError where the model cannot be loaded, or its process ended.
    """
    asked = {
        "label": folder.label,
        "path": str(folder.path),
        "weights": str(folder.weights),
        "recipe": asdict(recipe),
        "draft": str(draft),
    }
    done = subprocess.run(
        # -P: whoever starts this in a folder with an `index` of their own means ours.
        [sys.executable, "-P", "-m", "index.embedding.preparation_child"],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    if done.returncode:
        raise ModelError(
            f"the process that prepares model {folder.label} ended with status"
            f" {done.returncode}; free some memory (2 GB) and start again"
        )
    told = json.loads(done.stdout)
    if "fault" in told:
        raise ModelError(str(told["fault"]))
    return Prepared(float(told["similarity"]), str(told["reason"]))
