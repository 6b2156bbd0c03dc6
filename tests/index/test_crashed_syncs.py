"""Whoever brings the index in line is killed at random moments; the next run makes it whole.

KILLS in the environment sets how many times, as for `test_crashes`.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import time
from pathlib import Path

from corpus.importer import Importer
from index.check import check
from index.opening import open_writer
from index.sync import sync
from tests.index.collections_of_articles import DIMENSION, MODEL
from tests.index.followed_folder import EMBEDDER, Followed, state_of

KILLS = int(os.environ.get("KILLS", "40")) // 4
MOST_TURNS = 10 * KILLS
"""On a fast machine most syncs end before they are killed: then there are more of them."""
PLACES = ("bridge", "tower", "market", "harbour", "mill", "school", "theatre", "station")


def long_article(name: str, version: int) -> dict[str, str]:
    """About two dozen passages: a few such articles are more than one transaction."""
    text = "\n\n".join(
        f"The {place} of {name} was paid for in year {year} of plan {version}, and the council "
        f"said that {year + 7} workers had been there for {version + 3} days without a pause. "
        f"Nobody in {name} could say who had asked for another {place} in the first place."
        for year in range(9)
        for place in PLACES
    )
    return {"id": name, "title": f"Plan {version} of {name}", "text": text}


def change(folder: Path, choice: random.Random) -> None:
    """Write, rename or delete a file."""
    path = folder / f"{choice.randint(0, 2)}.jsonl"
    if path.exists() and choice.random() < 0.2:
        path.unlink()
    elif path.exists() and choice.random() < 0.2:
        path.rename(folder / f"{choice.randint(3, 4)}.jsonl")
    else:
        names = [f"town-{choice.randint(0, 11)}" for _ in range(choice.randint(8, 14))]
        lines = [long_article(name, choice.randint(0, 1)) for name in dict.fromkeys(names)]
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))


def run(folder: Path, data: Path, begun: Path) -> None:
    """Bring the index in line once, in a process that may be killed."""
    with open_writer(data, MODEL, DIMENSION) as writer:
        begun.touch()
        sync([folder], writer, EMBEDDER, Importer())


def test_after_any_crash_the_next_sync_makes_the_index_that_of_the_folder(tmp_path: Path) -> None:
    followed = Followed(tmp_path)
    followed.write("always.jsonl", 1)
    begun = tmp_path / "begun"
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.index.test_crashed_syncs", "faiss"])
    choice = random.Random(KILLS)
    killed = 0
    for turn in range(MOST_TURNS):
        if killed and turn >= KILLS:
            break
        change(followed.folder, choice)
        process = context.Process(
            target=run, args=(followed.folder, followed.data, begun), daemon=True
        )
        process.start()
        while process.is_alive() and not begun.exists():
            time.sleep(0.002)
        process.join(choice.random() * 0.8)
        killed += process.is_alive()
        process.kill()
        process.join()
        begun.unlink(missing_ok=True)
        assert check(followed.data).kinds <= {"checkpoint"}
        # Nothing is stored without a file that gives it: the sync that follows takes care of it.
        state_of(followed.data)
    assert killed
    followed_up = tmp_path / "fresh"
    for data in (followed.data, followed_up):
        with open_writer(data, MODEL, DIMENSION) as writer:
            sync([followed.folder], writer, EMBEDDER, Importer())
    assert state_of(followed.data) == state_of(followed_up)
    assert check(followed.data).sound
