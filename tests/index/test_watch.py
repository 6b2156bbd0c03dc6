from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from index.folder_state import state_of_files
from index.watch import MOST_PATHS, watch
from tests.index.collections_of_articles import eventually

Seen = list[frozenset[Path] | None]


def reported(folder: Path, change: Callable[[], object], wanted: Callable[[Seen], bool]) -> Seen:
    """What is reported until it is what is wanted, while something changes again and again."""
    stop, begun = threading.Event(), threading.Event()
    seen: Seen = []

    def follow() -> None:
        for paths in watch([folder], stop):
            if paths is None or paths:
                seen.append(paths)
            begun.set()
            if wanted(seen):
                stop.set()

    follower = threading.Thread(target=follow)
    follower.start()
    assert begun.wait(120)
    for _ in range(300):
        if not follower.is_alive():
            break
        change()
        follower.join(1.0)
    stop.set()
    follower.join(60)
    assert not follower.is_alive()
    assert wanted(seen)
    return seen


def test_everything_is_to_be_looked_at_first_and_then_what_changed(tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    seen = reported(tmp_path, lambda: path.write_text("more " * 10), lambda seen: len(seen) > 1)
    assert seen[0] is None
    assert seen[1] == frozenset({path})


def test_so_many_changes_that_some_may_be_lost_are_not_told_apart(tmp_path: Path) -> None:
    def change() -> None:
        for number in range(MOST_PATHS + 1):
            (tmp_path / f"{number}.txt").touch()

    reported(tmp_path, change, lambda seen: seen[-1] is None and len(seen) > 1)


def test_what_the_system_does_not_tell_is_seen_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.watch.SECONDS_BETWEEN_LOOKS", 0.5)
    folder, elsewhere = tmp_path / "articles", tmp_path / "elsewhere.txt"
    folder.mkdir()
    (folder / "a.txt").write_text("more")
    # Of what is written under another name of a file, its folder gets no event.
    elsewhere.hardlink_to(folder / "a.txt")
    with Watched(folder) as watched:
        assert watched.tells(None)
        elsewhere.write_text("more and more")
        assert watched.tells(None)


def test_what_is_as_it_was_need_not_be_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "a.txt"
    path.parent.mkdir()
    path.write_text("more")
    before = state_of_files([tmp_path])
    assert state_of_files([tmp_path]) == before
    (tmp_path / ".hidden").touch()
    assert state_of_files([tmp_path]) == before
    path.write_text("less")
    after = state_of_files([tmp_path])
    assert after != before
    path.unlink()
    assert state_of_files([tmp_path, tmp_path / "gone"]) == state_of_files([])


def test_who_sets_up_the_watcher_may_have_it_poll(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "true")
    monkeypatch.setattr("index.watch.POLLING_MS", 50)
    before = told_by_the_system()
    with Watched(tmp_path) as watched:
        assert watched.tells(None)
        assert told_by_the_system() <= before


def told_by_the_system() -> int:
    """How many watchers of inotify this process has open; other tests' may be among them."""
    found = 0
    for path in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found += "inotify" in str(path.readlink())
    return found


class Watched:
    """A watcher of some folders in a thread of its own, and what it reported."""

    def __init__(self, *folders: Path) -> None:
        self.stop = threading.Event()
        self.seen: Seen = []
        self._thread = threading.Thread(target=self._follow, args=(folders,))
        self._thread.start()

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._thread.join()

    def _follow(self, folders: Sequence[Path]) -> None:
        for paths in watch(folders, self.stop):
            self.seen.append(paths)

    def tells(self, wanted: frozenset[Path] | None) -> bool:
        """Whether something is reported that was not before this was last asked."""
        found = eventually(lambda: wanted in self.seen)
        self.seen.clear()
        return found


@pytest.mark.parametrize("way", ["moved away", "deleted"])
def test_a_folder_that_replaces_another_one_is_followed(tmp_path: Path, way: str) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    with Watched(folder) as watched:
        assert watched.tells(None)
        if way == "deleted":
            folder.rmdir()
        else:
            folder.rename(tmp_path / "gone")
        folder.mkdir()
        assert watched.tells(None)
        (folder / "new.txt").write_text("more")
        assert watched.tells(frozenset({folder / "new.txt"}))


def test_a_folder_is_followed_once_it_is_there(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    with Watched(one, other) as watched:
        assert watched.tells(frozenset())
        one.mkdir()
        assert watched.tells(None)
        other.mkdir()
        assert watched.tells(None)
        one.rmdir()
        assert watched.tells(None)
        (other / "new.txt").write_text("more")
        assert watched.tells(frozenset({other / "new.txt"}))
