"""A copy of one store to another in a process of its own, to be killed: `FOLDER-OR-ADDRESS` twice.

A line is written for every step, so that whoever kills it knows that it is at work.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

from index.migration import migrate
from index.milvus.settings import MilvusSettings
from index.opening import StorePlace, open_writer
from tests.index.collections_of_articles import DIMENSION, MODEL


def place_at(where: str) -> StorePlace:
    """A folder of an embedded store, or a server's address."""
    if where.startswith("http://"):
        return StorePlace(Path("unused"), MilvusSettings(where, timeout_seconds=60.0))
    return StorePlace(Path(where))


class Teller:
    """Tells how far a copy came."""

    def stage(self, name: str, articles: int) -> None:
        """A stage begins."""
        self._tell(f"{name} {articles}")

    def advanced(self, articles: int) -> None:
        """So many more articles are done."""
        self._tell(f"+{articles}")

    def _tell(self, what: str) -> None:
        sys.stdout.write(what + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with ExitStack() as opened:
        source, target = (
            opened.enter_context(open_writer(place_at(one), MODEL, DIMENSION, wait_seconds=60))
            for one in sys.argv[1:]
        )
        migrate(source, target, Teller())
