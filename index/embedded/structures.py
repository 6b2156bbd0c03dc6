"""The FAISS structure of a segment, by its size.

Exact search while it is fast. From `LARGE` rows on an inverted file over half-precision vectors
(the precision that is stored, so that nothing is lost in a merge): a search visits the nearest
`SHARE_OF_LISTS` of the lists. Measured with `tests/benchmarks/vector_structures.py`.
`joining` makes them.
"""

from __future__ import annotations

import math
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embedding.embedder import Vectors

LARGE = 30_000
SHARE_OF_LISTS = 1 / 6
WIDENING = 0.25
FEW = 20_000
"""So few allowed rows are compared one by one: no list has to be visited for them."""

Places = NDArray[np.int64]


def exact_structure(vectors: Vectors) -> Any:
    """Exact search by inner product."""
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(np.ascontiguousarray(vectors, np.float32))
    return flat


def is_large(structure: Any) -> bool:
    """Whether a structure is an inverted file."""
    return isinstance(structure, faiss.IndexIVF)


def rows_at(structure: Any, places: Places) -> Vectors:
    """The vectors at some places of a structure, in an array (places, dimension)."""
    if not len(places):
        return np.empty((0, structure.d), np.float32)
    return np.asarray(structure.reconstruct_batch(places), np.float32)


def search_structure(
    structure: Any, question: Vectors, k: int, mask: NDArray[np.bool_] | None
) -> tuple[Vectors, Places]:
    """Scores and places of the `k` best rows, only rows of the mask where there is one."""
    if mask is None:
        return _search(structure, question, k, None, 1.0)
    number = int(np.count_nonzero(mask))
    if number <= FEW:
        return compare(structure, question, k, np.flatnonzero(mask))
    return _search(structure, question, k, mask, number / len(mask))


def compare(structure: Any, question: Vectors, k: int, places: Places) -> tuple[Vectors, Places]:
    """Scores and places of the `k` best of a few rows, each compared."""
    if not len(places):
        return np.empty(0, np.float32), places
    scores = rows_at(structure, places) @ question
    best = np.argsort(-scores, kind="stable")[:k]
    return scores[best], places[best]


def _search(
    structure: Any, question: Vectors, k: int, mask: NDArray[np.bool_] | None, share: float
) -> tuple[Vectors, Places]:
    selector: Any = None
    if mask is not None:
        bits = np.packbits(mask, bitorder="little")
        selector = faiss.IDSelectorBitmap(len(mask), faiss.swig_ptr(bits))
    if is_large(structure):
        # The fewer rows are allowed, the more lists are needed to find as many neighbours. Of a
        # million, 4 % allowed: recall@10 is .91 without widening, .98 with it, in 31 ms of 88 for
        # all lists.
        probes = math.ceil(structure.nlist * min(1.0, SHARE_OF_LISTS / share**WIDENING))
        parameters = _parameters(faiss.SearchParametersIVF, sel=selector, nprobe=probes)
    else:
        parameters = _parameters(faiss.SearchParameters, sel=selector)
    # One question is too little work to share among threads: waiting for the slowest of them
    # takes longer on a busy machine. The number holds for the calling thread only.
    faiss.omp_set_num_threads(1)
    wanted = min(k, structure.ntotal)
    scores, places = structure.search(question[None, :], wanted, params=parameters)
    found = places[0] >= 0
    return scores[0][found], places[0][found]


def _parameters(kind: Any, **values: Any) -> Any:
    """FAISS's wrapper takes the fields by name, which its type stubs do not know."""
    return kind(**values)
