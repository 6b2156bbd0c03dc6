"""How vectors and spans lie in the database.

Passage vectors are stored in half precision (an error below .0005 in a coordinate of a unit
vector does not move a ranking), sentence vectors in eight bits with one scale a row: they are
compared after the passage was found, and are most of what is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from corpus.article import Span
from corpus.errors import IndexDamaged
from index.embedding.embedder import Vectors

SCALE_BYTES = 4
SPAN_BYTES = 8


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
    return unpack_rows_of([packed], dimension)[0]


def unpack_rows_of(packed: Sequence[bytes], dimension: int) -> list[Vectors]:
    """The same for many at once: a few operations on all rows, not on those of each."""
    _refuse(any(len(one) % (dimension + SCALE_BYTES) for one in packed))
    numbers = [len(one) // (dimension + SCALE_BYTES) for one in packed]
    whole = b"".join(
        one[SCALE_BYTES * number :] for one, number in zip(packed, numbers, strict=True)
    )
    rows = np.frombuffer(whole, np.int8).reshape(-1, dimension).astype(np.float32)
    # Of unit length whatever its scale was.
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    rows /= np.maximum(lengths, 1.0)[:, None]
    ends = accumulate(numbers)
    return [rows[end - number : end] for end, number in zip(ends, numbers, strict=True)]


def pack_spans(spans: Sequence[Span]) -> bytes:
    """Pairs of 32-bit code point offsets."""
    packed: NDArray[np.uint32] = np.asarray([tuple(span) for span in spans], "<u4")
    return packed.tobytes()


def unpack_spans(packed: bytes) -> tuple[Span, ...]:
    """The inverse of `pack_spans`."""
    return unpack_spans_of([packed])[0]


def unpack_spans_of(packed: Sequence[bytes]) -> list[tuple[Span, ...]]:
    """The same for many at once."""
    _refuse(any(len(one) % SPAN_BYTES for one in packed))
    places: list[int] = np.frombuffer(b"".join(packed), "<u4").tolist()
    spans = list(map(Span, places[::2], places[1::2]))
    ends = accumulate(len(one) // SPAN_BYTES for one in packed)
    return [
        tuple(spans[end - len(one) // SPAN_BYTES : end])
        for end, one in zip(ends, packed, strict=True)
    ]


def _refuse(damaged: int) -> None:
    if damaged:
        raise IndexDamaged(
            "a vector or a span of the index is damaged: run onrecord check, and then onrecord "
            "index --rebuild"
        )
