"""What was removed stays removed, by whichever process."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.composition import compose
from bot.removed_articles import RemovedArticles
from bot.settings import Settings
from corpus.errors import StoreUnavailable

ROOT = Path(__file__).parents[2]
REMOVE = """
import sys
from pathlib import Path
from bot.removed_articles import RemovedArticles
for number in range(20):
    RemovedArticles(Path(sys.argv[1])).add(f"{sys.argv[2]}-{number}")
"""


def test_processes_that_share_the_list_lose_nothing_of_each_other(tmp_path: Path) -> None:
    path = tmp_path / "shared" / "removed.txt"

    def run(name: str) -> None:
        command = [sys.executable, "-c", REMOVE, str(path), name]
        subprocess.run(command, cwd=ROOT, check=True)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, ["one", "other"]))
    assert len(RemovedArticles(path).ids()) == 40


def test_two_front_ends_may_name_one_list(tmp_path: Path) -> None:
    shared = tmp_path / "removed.txt"
    for name in ("first", "second"):
        parts = compose(Settings(data=tmp_path / name, removed=shared))
        parts.removed.add(name)
    assert RemovedArticles(shared).ids() == {"first", "second"}
    parts.removed.discard(["first"])
    assert RemovedArticles(shared).ids() == {"second"}


def test_a_damaged_list_is_told(tmp_path: Path) -> None:
    path = tmp_path / "removed.txt"
    path.write_text(json.dumps("a") + "\nb\n", "utf-8")
    with pytest.raises(StoreUnavailable, match="mend or delete it"):
        RemovedArticles(path).ids()
