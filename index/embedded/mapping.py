"""FAISS structures read out of a mapped file, so that processes share one copy of the vectors."""

from __future__ import annotations

import mmap
import os
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

EXACT = b"IxFI"
"""How FAISS marks an exact structure by inner product (`fourcc` in its `index_write.cpp`)."""

_faiss: Any = faiss
"""FAISS's type stubs do not know its readers."""

SKIPPED_AT_ONCE = 1 << 20

Bytes = NDArray[np.uint8]


def map_file(path: Path) -> Bytes:
    """All bytes of a file, read when they are looked at. Raises OSError; an empty one is empty."""
    with path.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            return np.empty(0, np.uint8)
        return np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), np.uint8)


def mapped_structure(path: Path, content: Bytes, start: int, size: int) -> Any:
    """The structure that stands in `content`, the mapped file at `path`, from `start` on.

    Its vectors stay in the file. They outlive its replacement: a mapping holds what was mapped.
    """
    block = content[start : start + size]
    if block[:4].tobytes() != EXACT:
        return _inverted_file(path, start)
    structure = _faiss.read_index(_faiss.ZeroCopyIOReader(_faiss.swig_ptr(block), size))
    # The structure points into the mapping without knowing it.
    structure.referenced_objects = (content,)
    return structure


def _inverted_file(path: Path, start: int) -> Any:
    """FAISS maps the lists of an inverted file itself, from where its reader stands."""
    reader = _faiss.FileIOReader(str(path))
    scratch = np.empty(SKIPPED_AT_ONCE, np.uint8)
    for place in range(0, start, SKIPPED_AT_ONCE):
        reader(_faiss.swig_ptr(scratch), 1, min(SKIPPED_AT_ONCE, start - place))
    return _faiss.read_index(reader, _faiss.IO_FLAG_MMAP)
