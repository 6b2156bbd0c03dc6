"""A copy is killed at random moments; the next goes on from there, to the same in the end.

KILLS in the environment sets how many times, as for `tests/index/test_crashes.py`.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from index.check import check
from index.opening import StorePlace, open_writer
from index.store import Change, Indexed, Origin
from tests.index.collections_of_articles import DIMENSION, MODEL, small
from tests.milvus.lite_server import LiteServer
from tests.milvus.migrating import place_at
from tests.store.shelf import milvus_shelf

MORE_KILLS = max(int(os.environ.get("KILLS", "40")) // 20 - 2, 0)
"""Each way, after the first two."""

ARTICLES = 60
"""Of 20 passages each: three portions of a copy."""

MOST_SECONDS_AFTER_A_STEP = 0.3


def test_killed_copies_go_on_there_and_back(server: LiteServer, tmp_path: Path) -> None:
    milvus_shelf(server.uri)
    start, end = str(tmp_path / "start"), str(tmp_path / "end")
    puts = [small(f"n{number}", number, sentences=40) for number in range(ARTICLES)]
    origins = [Origin("/all.jsonl", 1, 2, "digest", tuple(put.article.id for put in puts))]
    with open_writer(place_at(start), MODEL, DIMENSION) as writer:
        writer.apply(Change(put=puts, origins=origins))
    choice = random.Random(8)
    for source, target in ((start, server.uri), (server.uri, end)):
        assert _copy(source, target, choice, kill_at=1) == ARTICLES
        _copy(source, target, choice, kill_at=3)
        for _ in range(MORE_KILLS):
            _copy(source, target, choice, kill_at=choice.randint(1, 5))
        assert _copy(source, target, choice) < ARTICLES, "it went on"
    for place in (place_at(server.uri), place_at(end)):
        report = check(place)
        assert report.kinds <= {"checkpoint"}, report.faults
        versions, given, stored = _content(place, [put.article.id for put in puts])
        assert versions == _content(place_at(start), [])[0]
        assert given == {one.path: sorted(one.article_ids) for one in origins}
        for mine, other in zip(puts, stored, strict=True):
            assert (mine.article, mine.passages, mine.keys) == (
                other.article,
                other.passages,
                other.keys,
            )
            for one, two in zip(mine.vectors, other.vectors, strict=True):
                assert np.allclose(one.passage, two.passage, atol=1e-3)


def _copy(source: str, target: str, choice: random.Random, *, kill_at: int | None = None) -> int:
    """Copy in a process of its own, killed soon after so many steps; how many it had to copy."""
    command = [sys.executable, "-m", "tests.milvus.migrating", source, target]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = []
        for line in process.stdout:
            if not line.startswith(("copying ", "+", "verifying ")):
                continue
            told.append(line)
            if len(told) == kill_at:
                time.sleep(choice.random() * MOST_SECONDS_AFTER_A_STEP)
                process.kill()
                break
    if kill_at is None:
        assert process.returncode == 0
    return int(told[0].removeprefix("copying "))


def _content(
    place: StorePlace, names: list[str]
) -> tuple[dict[str, str], dict[str, list[str]], list[Indexed]]:
    with ExitStack() as opened:
        writer = opened.enter_context(open_writer(place, MODEL, DIMENSION))
        given = {path: sorted(one.article_ids) for path, one in writer.origins().items()}
        return dict(writer.versions()), given, writer.stored(names)
