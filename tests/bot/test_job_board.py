"""The board of runs, where it cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.jobs import Jobs
from bot.librarian import Job
from corpus.errors import StoreUnavailable


def test_a_board_that_cannot_be_opened_is_told_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "jobs.sqlite"
    folder.mkdir()
    board = Jobs(folder)
    with pytest.raises(StoreUnavailable, match="check the DATA folder"):
        board.show(Job("1", "done", False, 0, 0, 0.0, ""))
    with pytest.raises(StoreUnavailable, match="check the DATA folder"):
        board.latest()
