"""How the embedded store grows: build time, disk, memory, latency, recall, adding one article.

    python -m tests.benchmarks.large_store 10000 100000 1000000 --folder /tmp/large

Prints one Markdown table, a column for each size. Text is made of words with the frequencies of a
natural language (Zipf), vectors as in `vector_structures`; both go through the store's writer as a
sync's articles do. A million passages take about 6 GB. What is built stays in the folder, and a
call that is stopped, or that has used up its `--minutes`, is gone on with by the next. Building is
measured by the clock and by the processor, without the making of the texts. Making the vectors,
building and searching are processes of their own, so that the memory of each is its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from corpus.errors import IndexMissing
from index.embedded.connections import open_reading
from index.embedded.keyword_index import number_of_passages
from index.embedded.location import Location
from index.opening import open_writer
from index.store import Change
from tests.benchmarks.figures import Figures, markdown, most_resident
from tests.benchmarks.large_store_search import measure, write_truth
from tests.benchmarks.made_articles import MODEL, batches
from tests.benchmarks.vector_structures import DIMENSION, synthetic_vectors

STEPS = ("vectors", "build", "search")


@dataclass
class Spent:
    """What building has taken so far."""

    wall: float = 0.0
    processor: float = 0.0
    most_memory: float = 0.0
    finished: bool = False

    def measure(self, work: Callable[[], object]) -> None:
        """Do something and add what it took."""
        wall, processor = time.perf_counter(), time.process_time()
        work()
        self.wall += time.perf_counter() - wall
        self.processor += time.process_time() - processor


def make_vectors(size: int, folder: Path) -> None:
    """The vectors in a file; beside them questions, and what exact search finds."""
    path = folder / "vectors.npy"
    if not path.exists():
        made = synthetic_vectors(size)
        write_truth(made, folder / "truth.npz")
        draft = folder / "vectors-draft.npy"
        np.save(draft, made)
        draft.rename(path)


def build(size: int, folder: Path, deadline: float) -> None:
    """Build one size, or go on building it; `is_built` says whether it is done."""
    if is_built(folder):
        return
    notes = folder / "spent.json"
    spent = Spent(**json.loads(notes.read_text())) if notes.exists() else Spent()
    stored = stored_in(folder / "data")
    figures = Figures(folder / "figures.json")
    # Closed without being published, it is gone on with by the next call.
    with closing(open_writer(folder / "data", MODEL, DIMENSION)) as writer:
        for batch in batches(folder / "vectors.npy", stored):
            spent.measure(lambda one=batch: writer.apply(Change(put=one)))  # type: ignore[misc]
            stored += sum(len(one.passages) for one in batch)
            spent.most_memory = max(spent.most_memory, most_resident())
            notes.write_text(json.dumps(asdict(spent)))
            if time.monotonic() > deadline:
                break
        if stored < size:
            return
        checkpoint = Spent()
        checkpoint.measure(writer.publish)
    spent.most_memory = max(spent.most_memory, most_resident())
    spent.finished = True
    tell(size, spent, checkpoint, figures)
    notes.write_text(json.dumps(asdict(spent)))


def tell(size: int, spent: Spent, checkpoint: Spent, figures: Figures) -> None:
    """What building took."""
    figures.note("stored, s (CPU s)", f"{spent.wall:.1f} ({spent.processor:.1f})")
    figures.note(
        "stored, passages/s (passages/CPU s)",
        f"{size / spent.wall:,.0f} ({size / spent.processor:,.0f})",
    )
    figures.note(
        "structure and checkpoint, s (CPU s)",
        f"{checkpoint.wall:.1f} ({checkpoint.processor:.1f})",
    )
    figures.note("most memory while building, MB", f"{spent.most_memory:.0f}")


def is_built(folder: Path) -> bool:
    """Whether a size is built to its end."""
    notes = folder / "spent.json"
    return notes.exists() and bool(json.loads(notes.read_text())["finished"])


def stored_in(data: Path) -> int:
    """How many passages are stored already."""
    with suppress(IndexMissing), closing(open_reading(Location(data).current())) as connection:
        return number_of_passages(connection)
    return 0


def work_on(size: int, folder: Path, steps: tuple[str, ...], deadline: float) -> None:
    """Carry out steps for one size, each in a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for step in steps:
        if step == "search" and not is_built(folder):
            return
        minutes = max(deadline - time.monotonic(), 0) / 60
        command = [sys.executable, "-m", "tests.benchmarks.large_store", str(size)]
        command += ["--folder", str(folder.parent), "--step", step, "--minutes", str(minutes)]
        subprocess.run(command, check=True)


def carry_out(step: str, size: int, folder: Path, deadline: float) -> None:
    """One step, in this process."""
    if step == "vectors":
        make_vectors(size, folder)
    elif step == "build":
        build(size, folder, deadline)
    else:
        measure(size, folder / "data", folder / "truth.npz", Figures(folder / "figures.json"))


def main() -> None:
    """Build and measure the sizes given, and print the table."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("sizes", type=int, nargs="*", default=[10_000, 50_000])
    arguments.add_argument("--folder", type=Path)
    arguments.add_argument("--minutes", type=float, default=1e6)
    arguments.add_argument("--build-only", action="store_true")
    arguments.add_argument("--measure-only", action="store_true")
    arguments.add_argument("--step", choices=STEPS, help="one step, in this process")
    given = arguments.parse_args()
    deadline = time.monotonic() + 60 * given.minutes
    steps = STEPS[2:] if given.measure_only else STEPS[:2] if given.build_only else STEPS
    with tempfile.TemporaryDirectory(prefix="onrecord-") as scratch:
        parent = given.folder or Path(scratch)
        if given.step:
            carry_out(given.step, given.sizes[0], parent / str(given.sizes[0]), deadline)
            return
        for size in given.sizes:
            work_on(size, parent / str(size), steps, deadline)
        columns = {
            f"{size:,}": Figures(parent / str(size) / "figures.json").all() for size in given.sizes
        }
        sys.stdout.write("\n" + markdown("made passages", columns))


if __name__ == "__main__":
    main()
