"""FAISS structures read out of a mapped file, so that processes share one copy of the vectors."""

from __future__ import annotations

import mmap
import os
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

_faiss: Any = faiss
"""FAISS's type stubs do not know its readers."""

Bytes = NDArray[np.uint8]


def map_file(path: Path) -> Bytes:
    """All bytes of a file, read when they are looked at. Raises OSError; an empty one is empty."""
    with path.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            return np.empty(0, np.uint8)
        return np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), np.uint8)


def mapped_structure(content: Bytes, start: int, size: int) -> Any:
    """The structure that stands in `content`, a mapped file, from `start` on.

    Its vectors stay in the file. They outlive its replacement: a mapping holds what was mapped.
    FAISS's own mapping of inverted files is not used. It opens the path again, where another file
    may lie by now, and a structure that is mapped so is written as a reference to that path, not
    as what it holds.
    """
    block = content[start : start + size]
    structure = _faiss.read_index(_faiss.ZeroCopyIOReader(_faiss.swig_ptr(block), size))
    # The structure points into the mapping without knowing it.
    structure.referenced_objects = (content,)
    return structure
