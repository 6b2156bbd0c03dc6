"""One FAISS structure of the rows of several, in the kind that their number asks for.

An inverted file is made part by part, so that its vectors never lie in memory in full precision.
Its cells are always trained anew. Taking over those of the largest part costs a tenth, but where
what was added is about something else (40,000 made vectors, and 36,000 around other centres),
recall@10 near it fell to .85, and is .998 with cells of its own; embedding what is added costs many
times more. Both kinds hold what the database does, half-precision numbers, so that nothing is lost
however often rows are moved.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import faiss
import numpy as np

from index.embedded.structures import LARGE, Places, exact_structure, rows_at

ROWS_TO_TRAIN_A_LIST = 50
ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Source:
    """A structure and the places of the rows that are wanted of it, in ascending order."""

    structure: Any
    places: Places


def join(sources: Sequence[Source]) -> Any:
    """All wanted rows in their order, in one structure. Takes seconds to minutes where it is large.

    Of the structures nothing is changed.
    """
    number = sum(len(source.places) for source in sources)
    if number < LARGE:
        return exact_structure(
            np.concatenate([rows_at(one.structure, one.places) for one in sources])
        )
    joined = _trained(sources, number)
    for source in sources:
        for start in range(0, len(source.places), ROWS_AT_ONCE):
            places = source.places[start : start + ROWS_AT_ONCE]
            joined.add(rows_at(source.structure, places))
    joined.make_direct_map()
    return joined


def _trained(sources: Sequence[Source], number: int) -> Any:
    """An inverted file without rows: about the square root of `number` lists.

    It is trained on an even sample of the rows.
    """
    lists = math.isqrt(number)
    step = max(1, number // (lists * ROWS_TO_TRAIN_A_LIST))
    sample = [rows_at(source.structure, source.places[::step]) for source in sources]
    rows = np.concatenate(sample)
    dimension = rows.shape[1]
    structure = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension),
        dimension,
        lists,
        faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT,
        False,
    )
    structure.train(rows)
    return structure
