"""Following what changed gives what looking at everything gives, for less work."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.importer import Importer
from index.changed_paths import visible_paths
from index.check import check
from index.embedded.connections import open_reading
from index.embedded.following import follow, generation_of
from index.embedded.segments import Segments
from index.embedded.writer import EmbeddedWriter
from index.opening import open_writer
from index.store import Change, Origin
from index.sync import sync, sync_changed
from tests.index.collections_of_articles import DIMENSION, MODEL, small
from tests.index.followed_folder import EMBEDDER, Followed, article, state_of


@pytest.fixture
def followed(tmp_path: Path) -> Followed:
    return Followed(tmp_path)


def test_added_changed_moved_and_removed_files_are_told_apart(followed: Followed) -> None:
    first, second = followed.write("one.jsonl", 1), followed.write("two.jsonl", 2)
    report = followed.take(first, second)
    assert (report.files, report.added, report.removed) == (2, 2, 0)
    second.rename(followed.folder / "moved.jsonl")
    report = followed.take(second, followed.folder / "moved.jsonl")
    assert (report.moved, report.embedded, report.added, report.removed) == (1, 0, 0, 0)
    followed.write("one.jsonl", 1, 3)
    report = followed.take(first)
    assert (report.added, report.changed, report.removed) == (1, 0, 0)
    first.unlink()
    report = followed.take(first)
    assert (report.files, report.removed) == (0, 2)
    assert followed.holds() == {"hall-2": {str(followed.folder / "moved.jsonl")}}
    assert check(followed.data).sound


def test_an_article_stays_as_long_as_a_file_that_nobody_named_gives_it(followed: Followed) -> None:
    one, two = followed.write("one.jsonl", 1), followed.write("two.jsonl", 1, 2)
    followed.take(one, two)
    two.unlink()
    assert followed.take(two).removed == 1
    assert followed.holds() == {"hall-1": {str(one)}}
    followed.write("one.jsonl", 5)
    assert followed.take(one).removed == 1
    assert set(followed.holds()) == {"hall-5"}


def test_a_file_that_is_read_again_for_another_s_sake_keeps_its_ids(followed: Followed) -> None:
    one, two = followed.write("one.jsonl", 5), followed.write("two.jsonl", 5)
    other = {**article(1), "text": "The mill by the river grinds no more. It was sold in May."}
    for path, first in ((one, article(1)), (two, other)):
        path.write_text(json.dumps(first) + "\n" + path.read_text())
    followed.take(one, two)
    before = followed.holds()
    apart = {name for name, files in before.items() if files == {str(two)}}
    one.unlink()
    followed.take(one)
    assert followed.holds() == {**{name: {str(two)} for name in apart}, "hall-5": {str(two)}}


def test_folders_that_come_and_go_take_their_files_with_them(followed: Followed) -> None:
    followed.write("kept.jsonl", 9)
    for number in range(3):
        followed.write(f"deep/er/{number}.jsonl", number)
    followed.take(followed.folder / "deep", followed.folder / "kept.jsonl")
    assert len(followed.holds()) == 4
    (followed.folder / "deep").rename(followed.folder / "deeper")
    report = followed.take(followed.folder / "deep", followed.folder / "deeper")
    assert (report.moved, report.removed, report.embedded) == (3, 0, 0)
    assert len(followed.holds()) == 4


@pytest.mark.parametrize("name", [".hidden.jsonl", "a.jsonl.part", ".git/a.jsonl", "b.jsonl~"])
def test_hidden_and_unfinished_files_are_passed_over(followed: Followed, name: str) -> None:
    report = followed.take(followed.write(name, 1))
    assert (report.files, report.added, report.skipped) == (0, 0, ())
    assert not report.found_anything


def test_what_lies_outside_or_behind_a_link_is_left_alone(
    followed: Followed, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.jsonl").write_text(json.dumps(article(1)))
    (followed.folder / "link").symlink_to(outside)
    report = followed.take(outside / "a.jsonl", followed.folder / "link" / "a.jsonl")
    assert (report.files, report.added) == (0, 0)


def test_a_link_to_a_folder_is_refused_with_its_reason(followed: Followed, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.jsonl").write_text(json.dumps(article(1)))
    link = followed.folder / "link"
    link.symlink_to(outside)
    report = followed.take(link)
    assert (report.files, report.added) == (1, 0)
    assert "link out of its folder" in report.skipped[0]


def test_a_folder_given_as_a_link_is_followed(followed: Followed, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(followed.folder)
    followed.write("a.jsonl", 1)
    with open_writer(followed.data, MODEL, DIMENSION) as writer:
        assert sync_changed([link], [link], writer, EMBEDDER, Importer()).added == 1


def test_a_named_pipe_holds_nothing_up(followed: Followed) -> None:
    one, two = followed.write("one.jsonl", 1), followed.write("two.jsonl", 2)
    followed.take(one, two)
    one.unlink()
    os.mkfifo(followed.folder / "pipe.jsonl")
    report = followed.take(one, followed.folder / "pipe.jsonl")
    assert (report.removed, report.moved) == (1, 0)
    assert "not a regular file" in report.skipped[0]
    two.unlink()
    os.mkfifo(two)
    report = followed.take(two)
    assert "not a regular file" in report.skipped[0]
    assert set(followed.holds()) == {"hall-2"}


def test_a_folder_that_is_suddenly_empty_or_gone_does_not_wipe_the_index(
    followed: Followed,
) -> None:
    path = followed.write("one.jsonl", 1)
    followed.take(path)
    path.unlink()
    (followed.folder / ".keep").touch()
    with pytest.raises(CorpusError, match="empty now"):
        followed.take(path)
    (followed.folder / ".keep").unlink()
    followed.folder.rmdir()
    with pytest.raises(CorpusError, match="there is no"):
        followed.take(path)
    assert set(followed.holds()) == {"hall-1"}


@pytest.mark.parametrize("seed", range(3))
def test_any_changes_followed_one_by_one_give_the_index_of_the_folder(
    followed: Followed, seed: int
) -> None:
    choice = random.Random(seed)
    followed.write("always.jsonl", 100)
    followed.take(followed.folder / "always.jsonl")
    for _ in range(12):
        followed.take(*changed_at_random(followed, choice))
    fresh = followed.data.with_name("fresh")
    with open_writer(fresh, MODEL, DIMENSION) as writer:
        sync([followed.folder], writer, EMBEDDER, Importer())
    assert followed.holds() == state_of(fresh)
    assert check(followed.data).sound


def changed_at_random(followed: Followed, choice: random.Random) -> Iterable[Path]:
    """Change up to three files; the paths that a watcher would report."""
    changed: set[Path] = set()
    for _ in range(choice.randint(1, 3)):
        path = followed.folder / choice.choice(["a.jsonl", "b.jsonl", "sub/c.jsonl", "sub/d.jsonl"])
        other = followed.folder / choice.choice(["e.jsonl", "sub/f.jsonl"])
        changed.add(path)
        if not path.exists() or choice.random() < 0.5:
            numbers = choice.sample(range(6), choice.randint(1, 3))
            followed.write(str(path.relative_to(followed.folder)), *numbers)
        elif choice.random() < 0.5:
            path.unlink()
        else:
            other.parent.mkdir(exist_ok=True)
            path.rename(other)
            changed.add(other)
    return changed


class Work:
    """Steps of SQLite's machine: what a connection does, whatever the clock says.

    Not counted is what FTS5 does inside: it merges its lists now and then, a little each time.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.steps = 0
        self._counts = True
        connection.set_trace_callback(self._begun)
        connection.set_progress_handler(self._step, 1)

    def _begun(self, statement: str) -> None:
        self._counts = not statement.startswith("--")

    def _step(self) -> None:
        self.steps += self._counts


SIZES = (150, 1_500)


def filled(data: Path, number: int) -> EmbeddedWriter:
    """A writer of an index that holds so many articles, each of a file of its own."""
    writer = open_writer(data, MODEL, DIMENSION)
    for first in range(0, number, 50):
        names = [f"a{one}" for one in range(first, first + 50)]
        origins = [Origin(f"/elsewhere/{one}.md", 1, 2, "digest", (one,)) for one in names]
        puts = [small(one, seed) for seed, one in enumerate(names, first)]
        writer.apply(Change(put=puts, origins=origins))
    writer.publish()
    return writer


def work_of(root: Path, number: int, change: Callable[[Path], object]) -> tuple[int, int]:
    """What a change of one file among so many costs the writer, and who follows it."""
    folder = root / f"articles-{number}"
    folder.mkdir(parents=True)
    path = folder / "one.jsonl"
    (folder / "other.jsonl").write_text(json.dumps(article(2)))
    path.write_text(json.dumps(article(1)))
    with filled(root / f"data-{number}", number) as writer:
        sync_changed([*folder.iterdir()], [folder], writer, EMBEDDER, Importer())
        reading = open_reading(writer._database)
        reading.execute("BEGIN")
        segments = follow(reading, Segments(DIMENSION, 0, 0))
        reading.execute("COMMIT")
        change(path)
        writing = Work(writer._connection)
        before = writer.generation
        sync_changed([path], [folder], writer, EMBEDDER, Importer())
        writer.publish()
        assert writer.generation == before + 1
        following = Work(reading)
        reading.execute("BEGIN")
        assert follow(reading, segments).generation == generation_of(reading)
        reading.close()
        return writing.steps, following.steps


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text(json.dumps(article(7))),
        lambda path: path.write_text(json.dumps(article(1)) + "\n" + json.dumps(article(8))),
        lambda path: path.unlink(),
    ],
    ids=["another article", "one more article", "gone"],
)
def test_the_work_of_a_change_does_not_grow_with_the_index(
    tmp_path: Path, change: Callable[[Path], object]
) -> None:
    few, many = (work_of(tmp_path, number, change) for number in SIZES)
    assert min(few) > 50
    assert many == few


def test_the_folder_of_a_saved_page_is_not_looked_at(tmp_path: Path) -> None:
    page, frame = tmp_path / "crane.html", tmp_path / "crane_files" / "frame.html"
    frame.parent.mkdir()
    frame.touch()
    assert visible_paths([frame], [tmp_path]) == [frame]
    page.touch()
    assert visible_paths([frame, frame.parent, page], [tmp_path]) == [page]
    # Once it is gone, so is what it gave before the page was there.
    shutil.rmtree(frame.parent)
    assert visible_paths([frame.parent], [tmp_path]) == [frame.parent]


def test_a_file_that_breaks_off_keeps_what_it_gave_until_it_is_whole(followed: Followed) -> None:
    path = followed.write("halls.jsonl", *range(6))
    followed.take(path)
    whole = path.read_text()
    lines = whole.splitlines(keepends=True)
    path.write_text("".join([json.dumps(article(7)) + "\n", *lines[:2], lines[2][:30]]))
    report = followed.take(path)
    assert (report.added, report.removed) == (1, 0)
    assert "line 4" in report.skipped[0]
    assert set(followed.holds()) == {f"hall-{number}" for number in (*range(6), 7)}
    path.write_text("".join(lines[:4]))
    report = followed.take(path)
    assert (report.removed, report.embedded) == (3, 0)
    assert set(followed.holds()) == {f"hall-{number}" for number in range(4)}


@pytest.mark.parametrize("length", [4, 6, 12, 20, 30])
def test_front_matter_that_breaks_off_replaces_no_article(followed: Followed, length: int) -> None:
    path = followed.folder / "hall.md"
    text = article(1)["text"]
    whole = f"---\ntitle: The whole hall\nsource: Town Paper\n---\n{text}\n"
    path.write_text(whole)
    followed.take(path)
    before = followed.holds()
    path.write_text(whole[:length])
    report = followed.take(path)
    assert (report.changed, report.removed) == (0, 0)
    assert report.skipped
    assert followed.holds() == before
    path.write_text(f"---\n{text}\n\nNote: the council said so, and {text}")
    assert not followed.take(path).skipped
