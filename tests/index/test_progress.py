"""How far a sync has come is told in bytes of the files, so that one large file has a middle."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.indexing_progress import Lines
from corpus.importer import Importer
from index.opening import open_writer
from index.sync import sync
from tests.index.collections_of_articles import DIMENSION, MODEL
from tests.index.followed_folder import EMBEDDER
from tests.index.test_crashed_syncs import long_article


class Told:
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.size = self.files = 0
        self.done: list[int] = []

    def started(self, files: int, size: int) -> None:
        self.files, self.size = files, size

    def advanced(self, files: int, articles: int, passages: int, size: int) -> None:
        self.files -= files
        self.done.append(size)


def test_the_parts_of_one_large_file_add_up_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    lines = [json.dumps(long_article(f"town-{number}", 1)) for number in range(30)]
    (folder / "large.jsonl").write_text("\n".join([*lines, lines[0], "{torn"]))
    (folder / "empty.txt").touch()
    (folder / "small.md").write_text("A bridge fell.\n\nNobody was hurt, the mayor of Orle said.")
    for times in range(2):
        told = Told()
        with open_writer(tmp_path / "data", MODEL, DIMENSION) as writer:
            sync([folder], writer, EMBEDDER, Importer(), told)
        assert sum(told.done) == told.size
        assert told.files == 0
        if not times:
            assert told.size == sum(path.stat().st_size for path in folder.iterdir())
            assert max(told.done) < 0.7 * told.size, "the middle of the large file is told"


def test_the_time_left_follows_from_the_bytes(capfd: pytest.CaptureFixture[str]) -> None:
    lines = Lines(seconds_between=0.0)
    lines.started(1, 1_000_000)
    lines.advanced(0, 3, 30, 250_000)
    lines.advanced(1, 9, 90, 750_000)
    first, last = capfd.readouterr().err.splitlines()
    assert "0/1 files, 3 articles" in first
    assert "about 0:00:00 left" in first
    assert "1/1 files, 12 articles" in last
    lines = Lines(seconds_between=0.0)
    lines.started(2, 10)
    lines.advanced(1, 0, 0, 0)
    assert "left" not in capfd.readouterr().err
