"""The board of runs, where it is damaged or cannot be used."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.job_progress import JobProgress, new_job
from bot.jobs import Jobs
from bot.librarian import Job
from corpus.errors import StoreUnavailable
from tests.resilience.damaging import WAYS, Damage

DONE = Job("1", "done", False, 0, 0, 0.0, "")


def test_a_board_that_cannot_be_opened_is_told_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "jobs.sqlite"
    folder.mkdir()
    board = Jobs(folder)
    with pytest.raises(StoreUnavailable, match="check the DATA folder"):
        board.show(DONE)
    with pytest.raises(StoreUnavailable, match="check the DATA folder"):
        board.latest()


@pytest.mark.parametrize("damage", WAYS)
@pytest.mark.parametrize("anew", [False, True], ids=["while it runs", "at the start"])
def test_a_damaged_board_is_begun_anew(tmp_path: Path, damage: Damage, anew: bool) -> None:
    path = tmp_path / "jobs.sqlite"
    board = Jobs(path)
    for _ in range(20):
        board.show(new_job(rebuild=False))
    damage(path)
    board = Jobs(path) if anew else board
    board.show(DONE)
    assert board.find("1") == DONE
    assert Jobs(path).find("1") == DONE


def test_runs_that_another_version_put_up_are_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    Jobs(path).show(DONE)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE jobs SET job = replace(job, 'message', 'note')")
        connection.commit()
    assert Jobs(path).latest() is None


def test_a_run_goes_on_where_it_cannot_be_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "jobs.sqlite").mkdir()
    progress = JobProgress(Jobs(tmp_path / "jobs.sqlite"), new_job(rebuild=False))
    progress.started(1, 1)
    progress.advanced(1, 1, 1, 1)
    progress.end("done", "")
    assert capsys.readouterr().out.count("cannot be shown") == 1
