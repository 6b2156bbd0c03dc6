"""A writer changes two articles together, deletes what they were, and others look on all the while.

Here a reader is another process with several threads; `test_writing` has one in the same process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.milvus.settings import MilvusSettings
from index.opening import StorePlace, open_writer
from index.store import Change
from tests.index.collections_of_articles import DIMENSION, MODEL, small
from tests.milvus.lite_server import LiteServer
from tests.milvus.standalone import Standalone
from tests.milvus.watching import NAMES, PASSAGES
from tests.store.shelf import milvus_shelf

TURNS = 7
SECONDS_BETWEEN_CHANGES = 1.1
"""Two of them are longer than what was replaced stays: it is deleted while others look."""


@pytest.mark.parametrize("which", ["milvus-lite", "milvus-2.3"])
def test_another_process_sees_every_article_whole_and_once(
    request: pytest.FixtureRequest, which: str
) -> None:
    if which == "milvus-lite":
        lite: LiteServer = request.getfixturevalue("server")
        uri = lite.uri
    else:
        standalone: Standalone = request.getfixturevalue("standalone")
        standalone.keep()
        uri = standalone.uri
    milvus_shelf(uri, keywords=which == "milvus-lite")
    place = StorePlace(Path("unused"), MilvusSettings(uri, timeout_seconds=60.0))
    command = [sys.executable, "-m", "tests.milvus.watching", uri]
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(_change(0))
        with subprocess.Popen(
            command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as watcher:
            assert watcher.stdout is not None
            assert watcher.stdout.readline() == f"{PASSAGES[0]}\n"
            for turn in range(1, TURNS):
                writer.apply(_change(turn))
                time.sleep(SECONDS_BETWEEN_CHANGES)
                # However long that takes: the reader sees every change.
                assert watcher.stdout.readline() == f"{PASSAGES[turn % len(PASSAGES)]}\n"
            wrong = json.loads(watcher.communicate()[0])
    assert watcher.returncode == 0
    assert wrong == []


def _change(turn: int) -> Change:
    sentences = 2 * PASSAGES[turn % len(PASSAGES)]
    return Change(put=[small(name, turn, sentences=sentences) for name in NAMES])
