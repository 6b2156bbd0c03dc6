"""Near-duplicates: agency copy with small edits, a page saved twice, a new version.

MinHash (Broder, "On the resemblance and containment of documents", 1997) over shingles of three
words; candidates by locality-sensitive hashing (Leskovec, Rajaraman and Ullman, "Mining of Massive
Datasets", chapter 3): two texts of resemblance s share a band with probability
1 - (1 - s^ROWS)^BANDS, which is .95 at s = .55, .99 at .6 and .003 at .1. No two texts are compared
unless they share a band.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

BANDS = 32
ROWS = 4
SIGNATURE_BYTES = BANDS * ROWS * 4
SAME_STORY = 0.55
"""Resemblance from which two articles are one story: about one word in ten edited."""

_SHINGLE = 3
_MOST_SHINGLES = 2_000
# A sign of a script without spaces is a word of its own.
_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]|\w+")

_RANDOM = np.random.default_rng(20240702)
_FACTORS = _RANDOM.integers(1, 2**32, size=(BANDS * ROWS, 1), dtype=np.uint32) | np.uint32(1)
_OFFSETS = _RANDOM.integers(0, 2**32, size=(BANDS * ROWS, 1), dtype=np.uint32)
_MIXERS = _RANDOM.integers(1, 2**63, size=_SHINGLE, dtype=np.uint64) | np.uint64(1)


def signature(text: str) -> bytes:
    """MinHash of a text, `SIGNATURE_BYTES` long; empty for a text without words."""
    shingles = _shingles(text)
    if not shingles.size:
        return b""
    # An odd factor and an offset permute the 32-bit numbers.
    permuted = shingles[np.newaxis, :] * _FACTORS
    permuted += _OFFSETS
    smallest: NDArray[np.uint32] = permuted.min(axis=1)
    return bytes(smallest.astype("<u4").tobytes())


def bands(signed: bytes) -> list[int]:
    """Keys of at most 37 bits, one for each band; texts that share one are candidates."""
    width = ROWS * 4
    # The number of the band is part of the key: the same rows in two bands do not meet.
    return [
        number << 32 | zlib.crc32(signed[number * width : (number + 1) * width])
        for number in range(len(signed) // width)
    ]


def similarity(one: bytes, other: bytes) -> float:
    """Estimated resemblance (Jaccard, 0 to 1) of two texts; 0 where either has no words."""
    if not one or not other:
        return 0.0
    return float(np.mean(np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")))


@lru_cache(maxsize=1 << 16)
def _code(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _shingles(text: str) -> NDArray[np.uint32]:
    """Distinct hashes of runs of three words; of a long text, those with the lowest hash."""
    words = list(map(_code, _WORD.findall(text.casefold())))
    if not words:
        return np.empty(0, np.uint32)
    codes = np.array(words + words[: _SHINGLE - 1 if len(words) < _SHINGLE else 0], np.uint64)
    length = max(1, len(codes) - _SHINGLE + 1)
    mixed = np.zeros(length, np.uint64)
    for place in range(min(_SHINGLE, len(codes))):
        mixed = (mixed ^ codes[place : place + length]) * _MIXERS[place]
        mixed ^= mixed >> np.uint64(29)
    distinct = np.unique((mixed >> np.uint64(32)).astype(np.uint32))
    return distinct[:_MOST_SHINGLES]
