"""`onrecord index --watch`, as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli.collection import _show_report
from tests.index.followed_folder import Followed

COMMAND = [sys.executable, "-u", "-c", "from bot.cli import main; main()", "index", "--watch"]
ARTICLE = "---\ntitle: The {0}\n---\nThe {0} of Orle was closed on Monday, its council said."


def test_files_that_come_and_go_are_followed(tmp_path: Path, model_cache: Path) -> None:
    articles, data = tmp_path / "articles", tmp_path / "data"
    articles.mkdir()
    data.mkdir()
    (data / "models").symlink_to(model_cache, target_is_directory=True)
    (articles / "first.md").write_text(ARTICLE.format("bridge"))
    settings = {"ONRECORD_DATA": str(data), "ONRECORD_ARTICLES": str(articles), "COLUMNS": "300"}
    environment = {**os.environ, **settings}
    with subprocess.Popen(COMMAND, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert next(lines).startswith("1 file: 1 article added")
        assert next(lines).startswith("following")
        (articles / ".hidden.md").write_text(ARTICLE.format("harbour"))
        # At once: a file that is looked at before it is filled would be told of too.
        (tmp_path / "second.md").write_text(ARTICLE.format("market"))
        (tmp_path / "second.md").rename(articles / "second.md")
        assert next(lines).startswith(("1 file: 1 article added", "2 files: 1 article added"))
        (articles / "second.md").unlink()
        assert "0 articles added, 0 changed, 1 removed" in next(lines)
        process.send_signal(signal.SIGINT)
        process.wait()


def test_files_that_moved_are_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    followed = Followed(tmp_path)
    path = followed.write("one.jsonl", 1)
    followed.take(path)
    path.rename(followed.folder / "moved.jsonl")
    _show_report(Console(width=300), followed.take(path, followed.folder / "moved.jsonl"))
    assert "1 file moved" in capsys.readouterr().out
    _show_report(Console(width=300), followed.take(path))
    assert " moved," not in capsys.readouterr().out
