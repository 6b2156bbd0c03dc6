"""Hashes of the words of a text, all at once by numpy, without a Python object for each word.

A word's hash is its characters as digits of a number to a random odd base, modulo 2^64 (Karp and
Rabin, "Efficient randomized pattern-matching algorithms", 1987), had as the difference of two
running sums. Two texts share a hash where they share a word, without regard to case.
"""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

LONGEST = 400_000
"""Code points of a text that are looked at: enough for any article, and memory stays bounded."""

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 2**64)
_PLANE = 0x1_0000
# Signs of scripts without spaces: each is a word of its own.
_SINGLE = (
    (0x0E00, 0x0E7F), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF),
)  # fmt: skip
_BETWEEN, _IN_WORD, _ALONE = 0, 1, 2


def word_hashes(text: str) -> NDArray[np.uint64]:
    """One number for each word of the beginning of `text`, in order."""
    folded = text[:LONGEST].casefold()
    points = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds()[np.minimum(points, _PLANE)]
    inside, alone = kinds != _BETWEEN, kinds == _ALONE
    if not inside.any():
        return np.empty(0, np.uint64)
    # Between two neighbours a word goes on where both are inside one and neither stands alone.
    goes_on = inside[:-1] & inside[1:] & ~alone[:-1] & ~alone[1:]
    starts = np.flatnonzero(inside & ~np.concatenate(([False], goes_on)))
    ends = np.flatnonzero(inside & ~np.concatenate((goes_on, [False]))) + 1
    powers, inverses = _powers(_rounded(len(points)))
    sums = np.zeros(len(points) + 1, np.uint64)
    np.cumsum((points + np.uint32(1)) * powers[: len(points)], out=sums[1:])
    hashes: NDArray[np.uint64] = (sums[ends] - sums[starts]) * inverses[starts]
    return hashes


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each character of the basic plane is; the last entry is for all beyond it."""
    kinds = np.fromiter(
        (_IN_WORD if chr(point).isalnum() or point == ord("_") else _BETWEEN
         for point in range(_PLANE)),
        np.uint8,
        _PLANE,
    )  # fmt: skip
    for first, last in _SINGLE:
        kinds[first : last + 1] *= _ALONE
    return np.append(kinds, np.uint8(_ALONE))


def _rounded(length: int) -> int:
    return 1 << max(14, (length - 1).bit_length())


@lru_cache(maxsize=3)
def _powers(length: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Powers of the base and of its inverse, from the zeroth on."""
    return _running_product(_BASE, length), _running_product(_INVERSE, length)


def _running_product(factor: int, length: int) -> NDArray[np.uint64]:
    factors = np.full(length, factor, np.uint64)
    factors[0] = 1
    return np.cumprod(factors)
