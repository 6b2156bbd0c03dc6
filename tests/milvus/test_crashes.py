"""Writers and the server are killed; what was committed is there, whole and once.

KILLS in the environment sets how many times, as for `tests/index/test_crashes.py`.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import IndexMissing, StoreUnavailable
from index.check import check
from index.milvus.settings import MilvusSettings
from index.opening import StorePlace, open_store, open_writer
from index.store import Change, Filter, OpenStore
from tests.index.collections_of_articles import DIMENSION, MODEL, small
from tests.index.crashing import possible_states
from tests.milvus.lite_server import LiteServer

KILLS = max(int(os.environ.get("KILLS", "40")) // 20, 2)
MOST_SECONDS_TO_WORK = 120


def test_killing_the_writer_leaves_no_half_change(server: LiteServer, tmp_path: Path) -> None:
    place = StorePlace(tmp_path, MilvusSettings(server.uri, timeout_seconds=60.0))
    journal = tmp_path / "journal"
    choice = random.Random(KILLS)
    for turn in range(KILLS):
        done = _changes_done(journal)
        command = [sys.executable, "-m", "tests.milvus.crashing", server.uri, str(journal)]
        process = subprocess.Popen([*command, str(turn)])
        limit = time.monotonic() + MOST_SECONDS_TO_WORK
        while _changes_done(journal) < done + 3:
            assert process.poll() is None, "the writer ended by itself"
            assert time.monotonic() < limit, "the writer does nothing"
            time.sleep(0.01)
        time.sleep(choice.random() * 0.1)
        process.kill()
        process.wait()
        found = _content(place)
        assert found in possible_states(journal)
        report = check(place)
        assert report.sound, report.faults
        journal.write_text(json.dumps(["done", found]) + "\n")


def test_killing_the_server_loses_no_committed_article_and_readers_recover(
    server: LiteServer, tmp_path: Path
) -> None:
    place = StorePlace(tmp_path, MilvusSettings(server.uri, timeout_seconds=60.0))
    impatient = StorePlace(tmp_path, MilvusSettings(server.uri, timeout_seconds=2.0))
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(remove=sorted(writer.versions())))
        writer.apply(Change(put=[small("a"), small("b")]))
    with closing(_opened(impatient)) as store:
        assert _recovers(store)
        server.kill()
        with pytest.raises(StoreUnavailable, match="see that it runs"):
            store.search_vectors(small("a").vectors[0].passage, 3, Filter())
        with pytest.raises(StoreUnavailable):
            open_writer(impatient, MODEL, DIMENSION)
        server.start()
        assert _recovers(store)
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("c")]))
    assert check(place).sound
    assert check(place).articles == 3


def _opened(place: StorePlace) -> OpenStore:
    """A reader, as soon as the server is quick enough for it."""
    limit = time.monotonic() + MOST_SECONDS_TO_WORK
    while True:
        try:
            return open_store(place)
        except StoreUnavailable:
            assert time.monotonic() < limit
            time.sleep(0.2)


def _recovers(store: OpenStore) -> bool:
    """Whether the same reader answers again, without being opened anew."""
    limit = time.monotonic() + MOST_SECONDS_TO_WORK
    while time.monotonic() < limit:
        try:
            return _ids(store) == {"a", "b"} and store.article("a") == small("a").article
        except StoreUnavailable:
            time.sleep(0.2)
    return False


def _ids(store: OpenStore) -> set[str]:
    hits = store.search_vectors(small("a").vectors[0].passage, 99, Filter())
    return {one.article.id for one in store.passages([hit.passage_id for hit in hits])}


def _changes_done(journal: Path) -> int:
    return journal.read_text().count('["done"') if journal.exists() else 0


def _content(place: StorePlace) -> dict[str, int]:
    try:
        store = open_store(place)
    except IndexMissing:
        return {}
    with closing(store):
        found = {}
        for summary in store.articles(Filter(), limit=1000)[0]:
            whole = store.neighbours(summary.id)
            text = whole[0].article.text
            assert "".join(one.text for one in whole) == text
            found[summary.id] = int(text.split("-")[2].split()[0])
        return found
