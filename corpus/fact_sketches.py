"""A sketch of a text's facts: its numbers and names, by which reports of one form differ.

Agencies write of each quake, share or match in the same words; what happened is in the numbers and
the names. A copy keeps nearly all of them, wherever its words were edited.
"""

from __future__ import annotations

import re
import zlib

import numpy as np
from numpy.typing import NDArray

LARGEST_SKETCH = 64
"""The facts with the lowest hashes stand for all of a text (Broder's bottom sketch)."""
LEAST_FACTS = 5
"""Texts with fewer in common reach of their sketches show too little to be told apart."""
SHARED_FACTS = 2 / 3
"""Share of the facts of the text that has fewer. A copy at the limit of one story has one word in
ten edited; of as few as five facts that is hardly ever two."""

_LONGEST = 400_000
# A capital begins a sentence, too: such a word is no name for that. Nor is one all in capitals,
# as a title that was put in capitals.
_FACT = re.compile(r"\d+(?:[.,:]\d+)*|(?<=[^\W_] |[,;:–—-] )(?![a-z])[^\W\d_][\w’'-]+")

Sketch = NDArray[np.uint32]


def fact_sketch(text: str) -> Sketch:
    """Hashes of the distinct facts of a text, the lowest `LARGEST_SKETCH`, in order."""
    found = {
        zlib.crc32(fact.encode("utf-8", "surrogatepass"))
        for fact in _FACT.findall(text[:_LONGEST])
        if fact[0].isdigit() or (fact[0].isupper() and not fact.isupper())
    }
    return np.array(sorted(found)[:LARGEST_SKETCH], np.uint32)


def tell_the_same(one: Sketch, other: Sketch) -> bool:
    """Whether the facts of two texts do not speak against their being copies."""
    # Beyond its highest hash a full sketch says nothing of its text.
    reach = min(
        (int(sketch[-1]) for sketch in (one, other) if len(sketch) == LARGEST_SKETCH),
        default=2**32,
    )
    first, second = one[one <= reach], other[other <= reach]
    fewer = min(len(first), len(second))
    if fewer < LEAST_FACTS:
        return True
    return len(np.intersect1d(first, second, assume_unique=True)) >= SHARED_FACTS * fewer
