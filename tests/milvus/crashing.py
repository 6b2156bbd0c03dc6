"""A writer to be killed: it changes articles for ever and says what it has done."""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

from index.milvus.settings import MilvusSettings
from index.opening import StorePlace, open_writer
from index.store import Change
from tests.index.collections_of_articles import DIMENSION, MODEL, small
from tests.index.crashing import last_state


def work(uri: str, journal: Path, seed: int) -> None:
    """Change articles until killed; `tests.index.crashing` says what the journal holds."""
    choice = random.Random(seed)
    handle = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    state = last_state(journal)
    place = StorePlace(Path("unused"), MilvusSettings(uri, timeout_seconds=60.0))
    with open_writer(place, MODEL, DIMENSION) as writer:
        while True:
            names = {f"article-{choice.randint(0, 12)}" for _ in range(4)}
            remove = {name for name in names & state.keys() if choice.random() < 0.4}
            put = {name: choice.randint(0, 1_000_000) for name in names - remove}
            state = {name: seed for name, seed in {**state, **put}.items() if name not in remove}
            os.write(handle, json.dumps(["begin", state]).encode() + b"\n")
            articles = [small(name, number) for name, number in put.items()]
            writer.apply(Change(put=articles, remove=sorted(remove)))
            os.write(handle, json.dumps(["done", state]).encode() + b"\n")


if __name__ == "__main__":
    work(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
