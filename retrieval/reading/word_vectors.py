"""The vectors that an encoder gives its word pieces, read from the file where it keeps them.

An encoder of a hundred languages knows 250,000 pieces: ten times the size of all its layers. A
reader that learned from such an encoder left their vectors as they were, and takes them from
the encoder that is installed in any case.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

WEIGHTS = "model.safetensors"
NAME = "embeddings.word_embeddings.weight"
KINDS = {"F16": "<f2", "F32": "<f4"}


class WordVectors:
    """Rows of the file's table of word pieces, mapped into memory: only what is used is read.

    Raises ModelError where the file holds no such table.
    """

    def __init__(self, encoder: Path) -> None:
        from safetensors import SafetensorError, safe_open

        path = encoder / WEIGHTS
        try:
            with safe_open(path, framework="np"):
                pass  # the header was read and holds together
            with path.open("rb") as stream:
                (length,) = struct.unpack("<Q", stream.read(8))
                header: dict[str, Any] = json.loads(stream.read(length))
            table = header[NAME]
            self._vectors: NDArray[np.float32] | NDArray[np.float16] = np.memmap(
                path,
                dtype=KINDS[table["dtype"]],
                mode="r",
                offset=8 + length + int(table["data_offsets"][0]),
                shape=tuple(table["shape"]),
            )
        except (OSError, KeyError, SafetensorError) as error:
            raise ModelError(
                f"{path} holds no vectors of word pieces ({error}): delete {encoder},"
                " it is made again"
            ) from None

    def of(self, pieces: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of some pieces; shape (pieces, dimension)."""
        found: NDArray[np.float32] = np.asarray(self._vectors[pieces], np.float32)
        return found
