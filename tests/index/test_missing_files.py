"""What is not found any more is not always gone: emptied, moved and unreadable folders."""

from __future__ import annotations

import json
import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.importer import Importer
from index.opening import open_writer
from index.store import Change
from index.sync import sync, sync_changed
from index.sync_report import SyncReport
from tests.index.collections_of_articles import DIMENSION, MODEL
from tests.index.followed_folder import EMBEDDER, article, state_of


class Folders:
    """Folders of one index."""

    def __init__(self, root: Path) -> None:
        self.data = root / "data"
        self.one, self.two = root / "one", root / "two"
        for folder in (self.one, self.two):
            folder.mkdir()

    def sync(self, *roots: Path) -> SyncReport:
        with open_writer(self.data, MODEL, DIMENSION) as writer:
            return sync(roots or [self.one, self.two], writer, EMBEDDER, Importer())

    def take(self, *changed: Path) -> SyncReport:
        with open_writer(self.data, MODEL, DIMENSION) as writer:
            return sync_changed(changed, [self.one, self.two], writer, EMBEDDER, Importer())

    def holds(self) -> set[str]:
        return set(state_of(self.data))


def write(path: Path, *numbers: int, text: str = "") -> Path:
    path.parent.mkdir(exist_ok=True)
    records = [{**article(one), **({"text": text} if text else {})} for one in numbers]
    path.write_text("".join(json.dumps(one) + "\n" for one in records))
    return path


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


def test_an_emptied_folder_keeps_its_articles_and_stops_no_other(folders: Folders) -> None:
    write(folders.one / "a.jsonl", 1)
    lost = write(folders.two / "b.jsonl", 2)
    folders.sync()
    lost.unlink()
    new = write(folders.one / "c.jsonl", 3)
    for report in (folders.take(lost, new), folders.sync()):
        assert report.emptied == (folders.two,)
        assert report.removed == 0
        assert str(folders.two) in report.skipped[0]
    assert folders.holds() == {"hall-1", "hall-2", "hall-3"}
    # Once there is something again, what is not there is gone.
    write(folders.two / "d.jsonl", 4)
    report = folders.sync()
    assert (report.emptied, report.removed, report.skipped) == ((), 1, ())
    assert folders.holds() == {"hall-1", "hall-3", "hall-4"}


def test_where_every_folder_is_empty_the_advice_works(folders: Folders) -> None:
    lost = write(folders.one / "a.jsonl", 1)
    folders.sync()
    lost.unlink()
    with pytest.raises(CorpusError, match="onrecord remove"):
        folders.sync(folders.one)
    with open_writer(folders.data, MODEL, DIMENSION) as writer:
        # As onrecord remove does with a file that is not its own.
        (origin,) = writer.origins().values()
        without = type(origin)(origin.path, origin.size, origin.modified, origin.digest, ())
        writer.apply(Change(remove=["hall-1"], origins=[without]))
    assert folders.sync(folders.one).removed == 0
    assert folders.holds() == set()


def test_after_a_folder_moved_what_changes_in_it_is_followed(folders: Folders) -> None:
    for number in range(3):
        write(folders.one / f"{number}.jsonl", number)
    folders.sync(folders.one)
    moved = folders.one.rename(folders.one.with_name("moved"))
    report = folders.sync(moved)
    assert (report.moved, report.removed, report.embedded) == (3, 0, 0)
    (moved / "0.jsonl").unlink()
    assert folders.sync(moved).removed == 1
    write(moved / "1.jsonl", 1, text="The tower was torn down. Nobody had asked for it.")
    report = folders.sync(moved)
    assert (report.changed, report.doubled) == (1, 0)
    assert state_of(folders.data) == {
        "hall-1": {str(moved / "1.jsonl")},
        "hall-2": {str(moved / "2.jsonl")},
    }


def test_what_changed_while_a_folder_moved_is_followed_from_then_on(folders: Folders) -> None:
    write(folders.one / "a.jsonl", 1, 2)
    folders.sync(folders.one)
    moved = folders.one.rename(folders.one.with_name("moved"))
    write(moved / "a.jsonl", 1, 2, 3)
    folders.sync(moved)
    folders.sync(moved)
    write(moved / "a.jsonl", 2)
    folders.sync(moved)
    assert folders.holds() == {"hall-2"}


def test_files_elsewhere_that_are_away_for_a_while_keep_their_articles(folders: Folders) -> None:
    write(folders.one / "a.jsonl", 1)
    write(folders.two / "b.jsonl", 1, 2)
    folders.sync()
    away = folders.two.rename(folders.two.with_name("away"))
    folders.sync(folders.one)
    assert folders.holds() == {"hall-1", "hall-2"}
    away.rename(folders.two)
    assert folders.sync().unchanged == 3


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that others may use: pytest's own are closed to them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def sync_unprivileged(root: Path, outcome: object) -> None:
    """As somebody whom a closed folder does not let in."""
    # What is loaded on first use may lie where only root may read.
    warm = root / "warm"
    warm.mkdir()
    first = Folders(warm)
    write(first.one / "a.jsonl", 9)
    first.sync()
    if os.geteuid() == 0:
        os.setuid(65534)
    folders = Folders(root)
    write(folders.one / "a.jsonl", 1)
    closed = write(folders.one / "closed" / "b.jsonl", 2)
    folders.sync(folders.one)
    closed.parent.chmod(0o000)
    (folders.one / "a.jsonl").unlink()
    write(folders.one / "c.jsonl", 3)
    reports = [folders.sync(folders.one), folders.take(closed.parent)]
    kept = folders.holds()
    closed.parent.chmod(0o755)
    closed.unlink()
    folders.sync(folders.one)
    told = [report.skipped for report in reports]
    outcome.put((told, kept, folders.holds()))  # type: ignore[attr-defined]


def test_a_folder_that_cannot_be_listed_keeps_its_articles_and_is_told(open_to_all: Path) -> None:
    context = multiprocessing.get_context("spawn")
    outcome = context.Queue()
    process = context.Process(target=sync_unprivileged, args=(open_to_all, outcome))
    process.start()
    process.join()
    told, kept, left = outcome.get(timeout=1)
    for (reason,) in told:
        assert reason.startswith(f"{open_to_all / 'one' / 'closed'}: cannot be listed")
    assert kept == {"hall-2", "hall-3"}
    assert left == {"hall-3"}
