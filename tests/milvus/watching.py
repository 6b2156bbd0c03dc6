"""A reader in a process of its own: threads look at two articles that always change together.

How many passages one of them has is told whenever that changes, and what was wrong, as JSON, when
standard input ends.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from index.milvus.settings import MilvusSettings
from index.opening import StorePlace, open_store
from index.store import Filter, StoredPassage, StoreReader
from tests.index.collections_of_articles import unit_rows

OPEN = Filter()
NAMES = ("a", "b")
PASSAGES = (1, 9, 4)
"""How many passages each of the articles has, version by version."""

QUESTION = unit_rows(1, 1)[0]
SECONDS_BETWEEN_LOOKS = 0.05

Look = Callable[[StoreReader], "tuple[int | None, str | None]"]
"""How many passages an article was seen to have, where that is told, and what was wrong."""


def whole(store: StoreReader) -> tuple[int | None, str | None]:
    """All passages of one article are its text."""
    passages = store.neighbours(NAMES[0])
    text = "".join(one.text for one in passages)
    wrong = not passages or text != passages[0].article.text
    return len(passages), f"{len(passages)} passages of another text" if wrong else None


def found(store: StoreReader) -> tuple[int | None, str | None]:
    """A search finds both articles in the same version; what it found is of one version each."""
    hits = store.search_vectors(QUESTION, 100, OPEN)
    if len(hits) not in [len(NAMES) * one for one in PASSAGES]:
        return None, f"{len(hits)} passages in all"
    return None, _versions(store.passages([hit.passage_id for hit in hits]))


def _versions(passages: list[StoredPassage]) -> str | None:
    """They may be gone, as the articles change between two calls; but what is there is of one."""
    texts = {(one.article.id, one.article.text) for one in passages}
    several = len(texts) > len({name for name, _ in texts})
    short = any(
        count not in PASSAGES for count in Counter(one.article.id for one in passages).values()
    )
    return f"parts of {len(texts)} texts" if several or short else None


def listed(store: StoreReader) -> tuple[int | None, str | None]:
    """Both articles are listed once, in the same version."""
    articles, total = store.articles(OPEN)
    counts = {one.passages for one in articles}
    names = tuple(sorted(one.id for one in articles))
    right = names == NAMES and total == len(NAMES) and len(counts) == 1
    return None, None if right else f"{names} with {counts} passages, {total} in all"


def tell(what: str) -> None:
    """Write a line for whoever started this."""
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


def watch(uri: str) -> list[str]:
    """Look until standard input ends; what was wrong."""
    ended = threading.Event()
    seen: list[int] = []
    wrong: list[str] = []

    def keep_looking(look: Look) -> None:
        while not ended.is_set():
            count, complaint = look(store)
            if count is not None and count not in seen[-1:]:
                seen.append(count)
                tell(str(count))
            if complaint is not None:
                wrong.append(complaint)
            time.sleep(SECONDS_BETWEEN_LOOKS)

    place = StorePlace(Path("unused"), MilvusSettings(uri, timeout_seconds=60.0))
    with closing(open_store(place)) as store, ThreadPoolExecutor(len(LOOKS)) as pool:
        looking = [pool.submit(keep_looking, one) for one in LOOKS]
        sys.stdin.read()
        ended.set()
        for one in looking:
            one.result()
    return wrong


LOOKS: tuple[Look, ...] = (whole, found, listed)

if __name__ == "__main__":
    tell(json.dumps(watch(sys.argv[1])))
