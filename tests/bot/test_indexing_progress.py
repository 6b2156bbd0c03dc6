"""How far indexing has come, as `onrecord index` tells it."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "corpus" / "articles"
COMMAND = [sys.executable, "-c", "from bot.cli import main; main()", "index"]


@pytest.fixture
def environment(tmp_path: Path, model_cache: Path) -> dict[str, str]:
    data = tmp_path / "data"
    data.mkdir()
    (data / "models").symlink_to(model_cache, target_is_directory=True)
    settings = {"ONRECORD_DATA": str(data), "ONRECORD_ARTICLES": str(SAMPLES)}
    return {**os.environ, **settings, "TERM": "xterm", "COLUMNS": "120"}


def on_a_terminal(environment: dict[str, str]) -> str:
    """Everything that the command writes to a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(COMMAND, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    written = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # what Linux says when the other end is closed
            break
        if not part:
            break
        written += part
    assert process.wait() == 0
    os.close(ours)
    return written.decode()


def test_a_terminal_shows_a_bar_with_articles_speed_and_time_left(
    environment: dict[str, str],
) -> None:
    written = on_a_terminal(environment)
    files = len(list(SAMPLES.glob("*.md")))
    assert "\x1b[" in written
    plain = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", written)
    assert re.search(rf"{files}/{files}\s+files", plain)
    assert re.search(rf"{files} articles, [1-9][\d,]* passages/s", plain)
    assert re.search(r"\d+:\d\d:\d\d", plain)
    # The bar is gone at the end; what stays is the summary.
    assert plain.rstrip().splitlines()[-1].strip().startswith(f"{files} files: {files} articles")


def test_elsewhere_there_are_plain_lines(environment: dict[str, str]) -> None:
    done = subprocess.run(COMMAND, capture_output=True, env=environment, check=True, text=True)
    assert "\x1b[" not in done.stdout + done.stderr
    assert "\r" not in done.stdout + done.stderr
    assert "articles added" in done.stdout
