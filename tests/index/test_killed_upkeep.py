"""Long upkeep of an index is killed at random moments; what was committed stays, and is found.

Checkpoints, rebuilds, an index whose name was lost, one of an earlier version, and copies to
another store. KILLS in the environment sets how many times and how much the index holds, as for
`test_crashes`: from 200 on, that its vectors need the structure for many.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from index.check import check
from index.embedded.checkpoint import Identity, read_checkpoint
from index.embedded.connections import open_reading
from index.embedded.location import Location
from index.embedded.schema import read_meta
from index.opening import open_store
from index.store import Filter
from tests.index import upkeep
from tests.index.collections_of_articles import DIMENSION, MODEL, eventually
from tests.index.crashing import State, possible_states
from tests.index.test_migrations import hits, index_of_the_first_version

KILLS = int(os.environ.get("KILLS", "40"))
TURNS = max(KILLS // 8, 2)
ARTICLES = min(KILLS * 8, 1_550)
LONGEST_WRITING = 0.01
"""Seconds. Most is written in the first of its milliseconds, and killed most often there."""

FEW_ARTICLES = ARTICLES // 4
"""For what is begun anew after each kill."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that holds much, to be copied."""
    data = tmp_path_factory.mktemp("filled") / "data"
    upkeep.fill(data, ARTICLES)
    return data


def kill(
    work: upkeep.Work, folder: Path, turn: int, seconds: float, *, when_written: bool = False
) -> None:
    """Let some work begin, and kill it within so many seconds or when it has ended.

    `when_written`: soon after it has begun to write vectors, which is a matter of milliseconds.
    """
    begun, data = folder / "begun", folder / "data"
    begun.unlink(missing_ok=True)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.index.upkeep", "faiss"])
    arguments = (data, folder / "journal", begun, turn)
    process = context.Process(target=work, args=arguments, daemon=True)
    process.start()
    assert eventually(lambda: begun.exists() or not process.is_alive())
    moment = random.Random(turn).random()
    if when_written:
        before = written(data)
        while process.is_alive() and written(data) == before:
            pass
        time.sleep(moment**4 * LONGEST_WRITING)
    else:
        process.join(moment * seconds)
    process.kill()
    process.join()
    assert begun.exists()


def written(data: Path) -> list[tuple[str, int, int]]:
    """The files of vectors, whole and begun, with the size and time of each."""
    found = []
    for file in sorted(data.glob("*.vectors*")):
        with suppress(FileNotFoundError):
            state = file.stat()
            found.append((file.name, state.st_size, state.st_mtime_ns))
    return found


def seconds_of(work: Callable[[], object]) -> float:
    """How long something takes undisturbed: moments to kill it are chosen by that."""
    started = time.monotonic()
    work()
    return time.monotonic() - started


def begin_journal(folder: Path, state: State) -> None:
    (folder / "journal").write_text(json.dumps(["done", state]) + "\n")


def held(data: Path) -> State:
    """What the index holds: each article with the number that its text names."""
    store = open_store(data)
    try:
        articles = [store.article(one.id) for one in store.articles(Filter(), limit=10_000)[0]]
    finally:
        store.close()
    return {one.id: int(one.text.split("-")[2].split()[0]) for one in articles if one is not None}


def has_checkpoint(data: Path) -> bool:
    """Whether there is a whole checkpoint, of any generation, of the index in use."""
    database = Location(data).current()
    with closing(open_reading(database)) as connection:
        identity = Identity(read_meta(connection, "uuid") or "", MODEL, DIMENSION)
    return read_checkpoint(database, identity) is not None


def settle(data: Path) -> None:
    """The next writer comes and goes; nothing is left of those that were killed."""
    upkeep.open_and_close(data)
    report = check(data)
    assert report.sound, report.faults
    assert Location(data).databases() == [Location(data).current()]


UNDISTURBED: dict[upkeep.Work, Callable[[Path], object]] = {
    upkeep.write_checkpoints: upkeep.write_checkpoint,
    upkeep.rebuild: lambda data: upkeep.fill(data, ARTICLES, rebuild=True),
    upkeep.adopt: upkeep.open_and_close,
}


WRITING = (upkeep.write_checkpoints, upkeep.rebuild)


@pytest.mark.parametrize("work", UNDISTURBED)
def test_killed_upkeep_loses_nothing(filled: Path, tmp_path: Path, work: upkeep.Work) -> None:
    data, journal = tmp_path / "data", tmp_path / "journal"
    shutil.copytree(filled, data)
    begin_journal(tmp_path, held(data))
    seconds = seconds_of(lambda: UNDISTURBED[work](data))
    for turn in range(TURNS):
        kill(work, tmp_path, turn, seconds, when_written=turn % 3 > 0 and work in WRITING)
        if work is upkeep.adopt:
            # Whoever only reads is told that nothing is indexed until a writer has come.
            upkeep.open_and_close(data)
        found = held(data)
        assert found in possible_states(journal)
        assert has_checkpoint(data), "the old one stays until the new one is whole"
        report = check(data)
        assert report.sound, report.faults
        begin_journal(tmp_path, found)
    settle(data)


def test_an_index_of_an_earlier_version_outlives_kills_while_it_is_brought_up(
    tmp_path: Path,
) -> None:
    old, data = tmp_path / "old", tmp_path / "data"
    expected = index_of_the_first_version(old, FEW_ARTICLES)
    shutil.copytree(old, data)
    seconds = seconds_of(lambda: open_store(data).close())
    for turn in range(TURNS):
        shutil.rmtree(data)
        shutil.copytree(old, data)
        kill(upkeep.bring_up, tmp_path, turn, seconds)
        assert hits(data) == expected
        settle(data)


def test_copies_of_an_index_go_on_where_they_were_killed(tmp_path: Path) -> None:
    data, copies = tmp_path / "data", tmp_path / "copies"
    state = upkeep.fill(data, FEW_ARTICLES)
    seconds = seconds_of(lambda: upkeep.copy_to(data, copies / "undisturbed"))
    assert held(copies / "undisturbed") == state
    for turn in range(TURNS):
        shutil.rmtree(copies)
        kill(upkeep.copy, tmp_path, turn, seconds)
        newest = max(copies.iterdir()) if copies.exists() else copies / "first"
        upkeep.copy_to(data, newest)
        assert held(newest) == held(data) == state
        settle(newest)
        settle(data)
