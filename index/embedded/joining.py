"""One FAISS structure of the rows of several, in the kind that their number asks for.

An inverted file is made part by part, so that its vectors never lie in memory in full precision.
Where one of the structures has cells (the quantiser that divides its rows into lists) that still
suit, they are taken over, and so are its rows as they are stored: training new cells and finding
the cell of each row are nearly all that an inverted file costs. Both kinds hold what the database
does, half-precision numbers, so that nothing is lost however often rows are moved.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import faiss
import numpy as np

from index.embedded.structures import LARGE, Places, exact_structure, is_large, rows_at
from index.embedding.embedder import Vectors

ROWS_TO_TRAIN_A_LIST = 50
ROWS_AT_ONCE = 10_000

OUTGROWN = 2
"""Cells suit up to this many times more or fewer rows than they were trained for. Measured with
`tests/benchmarks/growing_structures.py`, also where what is added is about something else."""

MOST_IMBALANCE = 3.0
"""Cells whose lists differ more in length (FAISS's `imbalance_factor`, 1 where all are alike) are
not taken over: what came since was not what they were trained on, and searches visit long lists."""

_faiss: Any = faiss
"""FAISS's type stubs do not know its pointers."""


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
    suiting = [source for source in sources if _suits(source.structure, number)]
    kept = max(suiting, key=lambda source: len(source.places), default=None)
    cells = _trained(sources, number) if kept is None else _cells_of(kept.structure)
    joined = _empty(cells)
    first = 0
    for source in sources:
        if source is kept:
            _take_over(joined, source, first)
        else:
            _add(joined, source, first)
        first += len(source.places)
    joined.make_direct_map()
    return joined


def _suits(structure: Any, number: int) -> bool:
    if not is_large(structure):
        return False
    trained_for = structure.nlist**2
    return bool(
        trained_for <= number * OUTGROWN
        and number <= trained_for * OUTGROWN
        and structure.invlists.imbalance_factor() <= MOST_IMBALANCE
    )


def _empty(cells: Vectors) -> Any:
    """An inverted file without rows, whose cells have these centres."""
    lists, dimension = cells.shape
    structure = _faiss.IndexIVFScalarQuantizer(
        exact_structure(cells),
        dimension,
        lists,
        faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT,
        False,
    )
    # Numbers of half precision need no training beside that of the cells.
    structure.is_trained = True
    return structure


def _cells_of(structure: Any) -> Vectors:
    return np.asarray(structure.quantizer.reconstruct_n(0, structure.nlist), np.float32)


def _trained(sources: Sequence[Source], number: int) -> Vectors:
    """The centres of about the square root of `number` cells, from an even sample of the rows."""
    lists = math.isqrt(number)
    step = max(1, number // (lists * ROWS_TO_TRAIN_A_LIST))
    sample = [rows_at(source.structure, source.places[::step]) for source in sources]
    rows = np.concatenate(sample)
    structure = _faiss.IndexIVFFlat(
        _faiss.IndexFlatIP(rows.shape[1]), rows.shape[1], lists, faiss.METRIC_INNER_PRODUCT
    )
    structure.train(rows)
    return _cells_of(structure)


def _add(joined: Any, source: Source, first: int) -> None:
    """Add rows, the first of them as number `first`."""
    for start in range(0, len(source.places), ROWS_AT_ONCE):
        places = source.places[start : start + ROWS_AT_ONCE]
        numbers = np.arange(first + start, first + start + len(places))
        joined.add_with_ids(rows_at(source.structure, places), numbers)


def _take_over(joined: Any, source: Source, first: int) -> None:
    """Copy what the lists of an inverted file with the same cells hold of the wanted rows."""
    lists, size = source.structure.invlists, source.structure.code_size
    numbers = np.full(source.structure.ntotal, -1, np.int64)
    numbers[source.places] = np.arange(first, first + len(source.places))
    for cell in range(source.structure.nlist):
        length = lists.list_size(cell)
        if not length:
            continue
        moved = numbers[_faiss.rev_swig_ptr(lists.get_ids(cell), length)]
        rows = _faiss.rev_swig_ptr(lists.get_codes(cell), length * size).reshape(length, size)
        wanted = moved >= 0
        ids, codes = moved[wanted], np.ascontiguousarray(rows[wanted])
        joined.invlists.add_entries(cell, len(ids), _faiss.swig_ptr(ids), _faiss.swig_ptr(codes))
    joined.ntotal += len(source.places)
