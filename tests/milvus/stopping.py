"""A writer that is stopped while it holds the right to write, and goes on when told to."""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.errors import StoreBusy
from index.milvus.settings import MilvusSettings
from index.opening import StorePlace, open_writer
from index.store import Change
from tests.index.collections_of_articles import DIMENSION, MODEL, small

REFUSED = 75


def work(uri: str) -> int:
    """Add one article, wait for a line, add another; `REFUSED` where that may not be."""
    place = StorePlace(Path("unused"), MilvusSettings(uri, timeout_seconds=60.0))
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("a")]))
        sys.stdout.write("holds\n")
        sys.stdout.flush()
        sys.stdin.readline()
        try:
            writer.apply(Change(put=[small("c")]))
        except StoreBusy as error:
            sys.stdout.write(f"{error}\n")
            return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(work(sys.argv[1]))
