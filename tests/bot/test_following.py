"""What keeps an index in line with its folders outlives whatever stands in its way."""

from __future__ import annotations

import asyncio
import functools
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from bot.composition import Parts, compose
from bot.following import Follower
from bot.indexing import bring_in_line, take_changes
from bot.librarian import Job
from bot.settings import Settings
from corpus.errors import StoreError
from index.embedded.location import Location
from index.embedded.making import lock_folder
from index.embedding.embedder import PassageText, PassageVectors
from index.opening import open_store
from index.store import Filter
from tests.index.collections_of_articles import eventually
from tests.index.followed_folder import EMBEDDER, RandomVectors, article

Following = Callable[[Parts], AbstractContextManager[None]]


class Town:
    """A folder of articles and the parts of a process that follows it."""

    def __init__(self, root: Path) -> None:
        self.folder, self.data = root / "articles", root / "data"
        self.folder.mkdir()
        self.parts = compose(Settings(data=self.data, articles=(self.folder,)))
        # Vectors do not matter here: nothing is asked.
        vars(self.parts)["model"] = EMBEDDER

    def write(self, number: int) -> None:
        (self.folder / f"{number}.json").write_text(json.dumps(article(number)))

    def holds(self, *numbers: int) -> bool:
        try:
            store = open_store(self.data)
        except StoreError:
            return False
        found = {one.id for one in store.articles(Filter())[0]}
        store.close()
        return found == {f"hall-{number}" for number in numbers}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    yield made
    made.parts.close()


@contextmanager
def command_line(parts: Parts) -> Iterator[None]:
    """Follow as `onrecord index --watch` does, in the thread that also syncs."""
    stop = threading.Event()
    sync = functools.partial(take_changes, parts)
    follower = Follower(parts.settings.articles, sync, stop=stop)
    thread = threading.Thread(target=follower.run)
    thread.start()
    yield
    assert thread.is_alive()
    stop.set()
    thread.join()


@contextmanager
def server(parts: Parts) -> Iterator[None]:
    """Follow as the server does."""
    parts.librarian.follow()
    yield


ways = pytest.mark.parametrize("following", [command_line, server])


@ways
def test_a_folder_that_is_made_later_or_replaced_is_followed(
    town: Town, following: Following, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town.folder.rmdir()
    with following(town.parts):
        assert eventually(lambda: "a folder is not there" in capsys.readouterr().out)
        town.folder.mkdir()
        town.write(1)
        assert eventually(lambda: town.holds(1))
        town.folder.rename(tmp_path / "gone")
        town.folder.mkdir()
        town.write(2)
        assert eventually(lambda: town.holds(2))
        town.write(3)
        assert eventually(lambda: town.holds(2, 3))


@ways
def test_an_emptied_folder_stops_no_other(
    tmp_path: Path, following: Following, capsys: pytest.CaptureFixture[str]
) -> None:
    town, other = Town(tmp_path), tmp_path / "other"
    other.mkdir()
    lost = other / "9.json"
    lost.write_text(json.dumps(article(9)))
    parts = compose(Settings(data=town.data, articles=(town.folder, other)))
    vars(parts)["model"] = EMBEDDER
    town.write(1)
    bring_in_line(parts, [town.folder, other], rebuild=False)
    with following(parts):
        lost.unlink()
        assert eventually(lambda: "a folder is empty now" in capsys.readouterr().out)
        town.write(2)
        assert eventually(lambda: town.holds(1, 2, 9))
    parts.close()
    town.parts.close()


@ways
def test_what_failed_is_tried_again_though_nothing_changes_any_more(
    town: Town, following: Following, capsys: pytest.CaptureFixture[str]
) -> None:
    town.write(1)
    bring_in_line(town.parts, [town.folder], rebuild=False)
    with following(town.parts):
        # As where a disk is away: nobody can become the writer.
        lock = Location(town.data).writer_lock
        put_in_the_way(lock)
        town.write(2)
        assert eventually(lambda: "trying again" in capsys.readouterr().out)
        lock.rmdir()
        assert eventually(lambda: town.holds(1, 2))


def put_in_the_way(lock: Path) -> None:
    """Make a folder where the file is to be. Who follows may make the file anew in between."""
    while True:
        lock.unlink(missing_ok=True)
        try:
            lock.mkdir()
        except FileExistsError:
            continue
        return


@ways
def test_another_writer_is_waited_for(
    town: Town, following: Following, capsys: pytest.CaptureFixture[str]
) -> None:
    town.write(1)
    bring_in_line(town.parts, [town.folder], rebuild=False)
    with following(town.parts):
        lock = lock_folder(Location(town.data), 60.0)
        town.write(2)
        assert eventually(lambda: "waiting for another writer" in capsys.readouterr().out)
        lock.release()
        assert eventually(lambda: town.holds(1, 2))


class BrokenModel(RandomVectors):
    """As a model whose library has an error."""

    def embed_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        raise ZeroDivisionError


def test_a_run_that_an_unexpected_error_ends_has_failed(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    vars(town.parts)["model"] = BrokenModel()
    town.write(1)
    librarian = town.parts.librarian
    job = asyncio.run(librarian.start_index(rebuild=False))

    def ended() -> Job | None:
        found = librarian.job(job.id)
        return found if found is not None and found.state == "failed" else None

    assert eventually(ended)
    found = ended()
    assert found is not None
    assert "ZeroDivisionError" in found.message
    assert eventually(lambda: "work in the background broke off" in capsys.readouterr().out)
