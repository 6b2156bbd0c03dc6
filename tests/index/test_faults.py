"""Disks that fill up, folders that cannot be written, files that are torn."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.errors import IndexMismatch, StoreError, StoreUnavailable
from index.check import check, repair
from index.embedded.schema import write_meta
from index.opening import open_store, open_writer
from index.store import Change, Filter, OpenStore
from tests.index.collections_of_articles import DIMENSION, MODEL, eventually, small, unit_rows

OPEN = Filter()
LIMIT = 2_000_000


def fill(data: Path, number: int = 20) -> None:
    with open_writer(data, MODEL, DIMENSION) as writer:
        for seed in range(number):
            writer.apply(Change(put=[small(f"a{seed}", seed)]))


def database_of(data: Path) -> Path:
    return next(data.glob("index-*.db"))


def search(data: Path) -> list[int]:
    store = open_store(data)
    hits = store.search_vectors(unit_rows(1, 9)[0], 7, OPEN)
    store.close()
    return [hit.passage_id for hit in hits]


@pytest.mark.parametrize("seed", range(12))
def test_a_torn_or_altered_checkpoint_is_not_used(tmp_path: Path, seed: int) -> None:
    fill(tmp_path)
    expected = search(tmp_path)
    path = database_of(tmp_path).with_suffix(".vectors")
    content = bytearray(path.read_bytes())
    choice = random.Random(seed)
    if seed % 3 == 0:
        content = content[: choice.randrange(len(content))]
    else:
        content[choice.randrange(len(content))] ^= 1 << choice.randrange(8)
    path.write_bytes(content)
    assert search(tmp_path) == expected
    report = check(tmp_path)
    assert report.kinds == {"checkpoint"}
    assert repair(tmp_path).sound


def test_a_checkpoint_of_another_index_is_not_used(tmp_path: Path) -> None:
    fill(tmp_path / "one")
    fill(tmp_path / "two", 21)
    expected = search(tmp_path / "one")
    other = database_of(tmp_path / "two").with_suffix(".vectors")
    database_of(tmp_path / "one").with_suffix(".vectors").write_bytes(other.read_bytes())
    assert search(tmp_path / "one") == expected


def test_a_checkpoint_of_an_earlier_generation_is_brought_up_to_date(tmp_path: Path) -> None:
    fill(tmp_path, 50)
    path = database_of(tmp_path).with_suffix(".vectors")
    old = path.read_bytes()
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("new")], remove=["a3"]))
        writer.apply(Change(put=[small("a4", 400)]))
    expected = search(tmp_path)
    path.write_bytes(old)
    assert search(tmp_path) == expected
    assert check(tmp_path).sound
    path.unlink()
    assert search(tmp_path) == expected


def test_vectors_older_than_the_remembered_removals_are_read_again(tmp_path: Path) -> None:
    fill(tmp_path)
    store = open_store(tmp_path)
    store.search_vectors(unit_rows(1, 9)[0], 7, OPEN)
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        writer.apply(Change(remove=["a1", "a2"]))
    connection = sqlite3.connect(database_of(tmp_path))
    with connection:
        connection.execute("DELETE FROM removals")
        write_meta(connection, "horizon", "21")
    connection.close()
    expected = search(tmp_path)
    question = unit_rows(1, 9)[0]
    assert eventually(
        lambda: [hit.passage_id for hit in store.search_vectors(question, 7, OPEN)] == expected
    )
    assert check(tmp_path).sound
    store.close()


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.9])
def test_a_truncated_database_is_refused_clearly(tmp_path: Path, share: float) -> None:
    fill(tmp_path)
    path = database_of(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    try:
        faults = check(tmp_path).faults
    except StoreError as error:
        faults = (str(error),)
    assert faults
    assert all("\n" not in fault for fault in faults)


def test_check_finds_a_changed_text_and_a_lost_vector(tmp_path: Path) -> None:
    fill(tmp_path)
    connection = sqlite3.connect(database_of(tmp_path))
    with connection:
        connection.execute("UPDATE articles SET text = 'X' || substr(text, 2) WHERE id = 'a3'")
        connection.execute("UPDATE passages SET start = start + 1 WHERE id = 9")
        connection.execute("UPDATE vectors SET passage = zeroblob(64) WHERE number = 5")
        connection.execute("DELETE FROM keywords WHERE rowid = 7")
    connection.close()
    assert {"text", "span", "vector", "keywords", "faiss"} <= check(tmp_path).kinds
    assert repair(tmp_path).kinds == {"text", "row", "span", "vector"}


def test_another_version_is_refused(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    connection = sqlite3.connect(database_of(tmp_path))
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(IndexMismatch, match="--rebuild"):
        open_store(tmp_path)
    with pytest.raises(IndexMismatch, match="--rebuild"):
        open_writer(tmp_path, MODEL, DIMENSION)


def test_a_file_in_the_way_of_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreUnavailable, match="DATA"):
        open_writer(tmp_path / "data", MODEL, DIMENSION)


def use_unwritable(data: Path, outcome: object) -> None:
    """Read and try to write as somebody who may only read."""
    if os.geteuid() == 0:
        os.setuid(65534)
    store = open_store(data)
    found = len(store.search_vectors(unit_rows(1, 9)[0], 7, OPEN))
    found += len(store.search_keywords("river bridge storm", 7, OPEN))
    try:
        open_writer(data, MODEL, DIMENSION)
        message = "could write"
    except StoreUnavailable as error:
        message = str(error)
    outcome.put((found, message))  # type: ignore[attr-defined]


def test_a_folder_that_cannot_be_written_is_read_and_says_so_to_writers() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        fill(data)
        for path in data.iterdir():
            path.chmod(0o444)
        data.chmod(0o555)
        context = multiprocessing.get_context("spawn")
        outcome = context.Queue()
        process = context.Process(target=use_unwritable, args=(data, outcome))
        process.start()
        found, message = outcome.get(timeout=240)
        process.join()
        data.chmod(0o755)
    assert found == 14
    assert "set DATA to a writable folder" in message


def held(store: OpenStore) -> set[str]:
    """The articles that a reader sees, by each way of reading."""
    articles = {one.id for one in store.articles(OPEN, limit=1000)[0]}
    hits = store.search_keywords("river bridge storm council vote price", 1000, OPEN)
    hits += store.search_vectors(unit_rows(1, 9)[0], 1000, OPEN)
    found = {one.article.id for one in store.passages([hit.passage_id for hit in hits])}
    return articles if articles == found else set()


def follow_unwritable(data: Path, orders: object, outcome: object) -> None:
    """As somebody who may only read: wait for each set of articles to be seen."""
    if os.geteuid() == 0:
        os.setuid(65534)
    store = open_store(data)
    while (wanted := orders.get()) is not None:  # type: ignore[attr-defined]
        outcome.put(eventually(lambda: held(store) == wanted))  # type: ignore[attr-defined]
    store.close()


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder that others may look into: pytest's own are closed to them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        yield Path(folder)
        Path(folder).chmod(0o755)


def test_who_may_only_read_follows_what_others_write(data: Path) -> None:
    with writable(data):
        fill(data, 3)
    context = multiprocessing.get_context("spawn")
    orders, outcome = context.Queue(), context.Queue()
    process = context.Process(target=follow_unwritable, args=(data, orders, outcome))
    process.start()

    def sees(*names: str) -> bool:
        orders.put(set(names))
        return bool(outcome.get(timeout=240))

    assert sees("a0", "a1", "a2")
    with writable(data):
        writer = open_writer(data, MODEL, DIMENSION)
        writer.apply(Change(put=[small("b")], remove=["a0"]))
    assert sees("a1", "a2", "b")
    with writable(data):
        writer.close()
    with writable(data), open_writer(data, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("c")]))
    assert sees("a1", "a2", "b", "c")
    orders.put(None)
    process.join()


def write_and_die(data: Path) -> None:
    writer = open_writer(data, MODEL, DIMENSION)
    writer.apply(Change(put=[small("a")]))
    os.kill(os.getpid(), signal.SIGKILL)


def read_once(data: Path, outcome: object) -> None:
    if os.geteuid() == 0:
        os.setuid(65534)
    try:
        store = open_store(data)
        outcome.put(sorted(held(store)))  # type: ignore[attr-defined]
    except StoreError as error:
        outcome.put(str(error))  # type: ignore[attr-defined]


def test_who_may_only_read_sees_what_a_killed_writer_left_in_its_log(data: Path) -> None:
    context = multiprocessing.get_context("spawn")
    outcome = context.Queue()

    def read() -> object:
        reader = context.Process(target=read_once, args=(data, outcome))
        reader.start()
        found = outcome.get(timeout=240)
        reader.join()
        return found

    with writable(data):
        killed = context.Process(target=write_and_die, args=(data,))
        killed.start()
        killed.join()
    assert read() == ["a"]
    with writable(data):
        (data / "index-1.db-shm").unlink()
    assert "as a user who may write there" in str(read())
    with writable(data):
        assert check(data).kinds == {"checkpoint"}
    assert read() == ["a"]


@contextmanager
def writable(data: Path) -> Iterator[None]:
    data.chmod(0o755)
    yield
    data.chmod(0o555)


def fill_until_full(data: Path, reached: object) -> None:
    """Write until the disk, here a limit on the size of a file, is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))
    writer = open_writer(data, MODEL, DIMENSION)
    number = 0
    try:
        while number < 5000:
            writer.apply(Change(put=[small(f"b{number}-{n}", n) for n in range(20)]))
            number += 1
    except StoreError as error:
        reached.put((number, str(error)))  # type: ignore[attr-defined]
    finally:
        writer.close()


def test_a_full_disk_is_told_and_loses_nothing_committed(tmp_path: Path) -> None:
    fill(tmp_path, 3)
    context = multiprocessing.get_context("spawn")
    reached = context.Queue()
    process = context.Process(target=fill_until_full, args=(tmp_path, reached))
    process.start()
    committed, message = reached.get(timeout=240)
    process.join()
    assert committed > 0
    assert "\n" not in message
    assert check(tmp_path).articles == 3 + 20 * committed
    assert check(tmp_path).kinds <= {"checkpoint"}
    with open_writer(tmp_path, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("after")]))
    assert check(tmp_path).articles == 4 + 20 * committed
