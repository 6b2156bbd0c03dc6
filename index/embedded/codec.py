"""How vectors and spans lie in the database.

Passage vectors are stored in half precision (an error below .0005 in a coordinate of a unit
vector does not move a ranking), sentence vectors in eight bits with one scale a row: they are
compared after the passage was found, and are most of what is stored.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.article import Span
from corpus.errors import IndexDamaged
from index.embedding.embedder import Vectors

SCALE_BYTES = 4


def pack_vector(vector: Vectors) -> bytes:
    """Little-endian half precision."""
    return np.asarray(vector, "<f2").tobytes()


def unpack_vector(packed: bytes) -> Vectors:
    """The inverse of `pack_vector`. This and what follows raises IndexDamaged."""
    _refuse(len(packed) % 2)
    return np.frombuffer(packed, "<f2").astype(np.float32)


def unpack_vectors(packed: Sequence[bytes], dimension: int) -> Vectors:
    """Many at once, in an array (number, dimension)."""
    _refuse(any(len(one) != 2 * dimension for one in packed))
    joined = np.frombuffer(b"".join(packed), "<f2")
    return joined.reshape(-1, dimension).astype(np.float32)


def pack_rows(rows: Vectors) -> bytes:
    """All scales (float32), then all rows (int8)."""
    scales = np.maximum(np.abs(rows).max(axis=1, initial=0.0), 1e-12).astype("<f4") / 127.0
    whole = np.rint(rows / scales[:, None]).astype(np.int8)
    return bytes(scales.astype("<f4").tobytes() + whole.tobytes())


def unpack_rows(packed: bytes, dimension: int) -> Vectors:
    """Rows of unit length again, in an array (number, dimension)."""
    number, rest = divmod(len(packed), dimension + SCALE_BYTES)
    _refuse(rest)
    scales = np.frombuffer(packed, "<f4", number)
    whole = np.frombuffer(packed, np.int8, offset=number * SCALE_BYTES).reshape(number, dimension)
    rows = whole.astype(np.float32) * scales[:, None]
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    result: Vectors = rows / lengths
    return result


def pack_spans(spans: Sequence[Span]) -> bytes:
    """Pairs of 32-bit code point offsets."""
    packed: NDArray[np.uint32] = np.asarray([tuple(span) for span in spans], "<u4")
    return packed.tobytes()


def unpack_spans(packed: bytes) -> tuple[Span, ...]:
    """The inverse of `pack_spans`."""
    _refuse(len(packed) % 8)
    pairs: NDArray[np.uint32] = np.frombuffer(packed, "<u4").reshape(-1, 2)
    return tuple(Span(start, end) for start, end in pairs.tolist())


def _refuse(damaged: int) -> None:
    if damaged:
        raise IndexDamaged(
            "a vector or a span of the index is damaged: run onrecord check, and then onrecord "
            "index --rebuild"
        )
