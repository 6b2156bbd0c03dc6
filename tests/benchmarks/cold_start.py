"""`onrecord ask` from a cold process: how long it takes, and where the time goes.

    python -m tests.benchmarks.cold_start [INDEX] [--runs 9] [--question "..."]

INDEX is a data folder, of which a copy is asked; without one the sample articles are indexed first.
Every run is a process of its own, with and without the reader in turns, after one of each that
does not count. The stages are measured inside such processes. Imports are counted by Python
(`-X importtime`, each module without what it imports itself), which makes them slower by a half.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np

from corpus.importer import Importer
from index.embedding.loading import load_embedder
from index.opening import open_writer
from index.sync import sync

SAMPLES = Path(__file__).parents[2] / "corpus" / "articles"
QUESTION = "How long is the border between Ukraine and Belarus?"
READERS = ("packaged", "none")
ANSWERED_OR_NOT = (0, 1)
PACKAGES_SHOWN = 12
IMPORT = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")
NOT_OF_THE_INDEX = shutil.ignore_patterns("conversations.sqlite*", "feedback.sqlite*", "telegram*")


def sample_index(data: Path) -> None:
    """The sample articles, indexed."""
    model = load_embedder("all-MiniLM-L6-v2", cache=data / "models", threads=2)
    with open_writer(data, model.key, model.dimension) as writer:
        sync([SAMPLES], writer, model, Importer())


def surroundings(data: Path, reader: str) -> dict[str, str]:
    """The environment of one process: the settings of whoever measures do not count."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    own["PYTHONPATH"] = str(Path(__file__).parents[2])
    return own | {"ONRECORD_DATA": str(data), "ONRECORD_READER": reader}


def run(data: Path, reader: str, question: str) -> tuple[float, float]:
    """Wall and processor seconds of one `onrecord ask`, from its start to its end.

    Raises SystemExit where it fails.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "ask", question],
        cwd=data,
        env=surroundings(data, reader),
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in ANSWERED_OR_NOT:
        raise SystemExit(f"onrecord ask ended with status {process.returncode}")
    return wall, used.ru_utime + used.ru_stime


def inside(data: Path, reader: str, question: str) -> dict[str, float]:
    """`stages` of a fresh process."""
    code = (
        "import json, sys; from tests.benchmarks.stages_of_asking import stages;"
        "sys.stdout.write(json.dumps(stages(sys.argv[1])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, question],
        cwd=data,
        env=surroundings(data, reader),
        check=True,
        stdout=subprocess.PIPE,
    )
    spent: dict[str, float] = json.loads(done.stdout)
    return spent


def imports(data: Path, reader: str, question: str) -> Counter[str]:
    """Milliseconds of importing, by the package at the top."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot.cli", "ask", question],
        cwd=data,
        env=surroundings(data, reader),
        check=False,
        capture_output=True,
        text=True,
    )
    spent: Counter[str] = Counter()
    for microseconds, name in IMPORT.findall(done.stderr):
        spent[name.partition(".")[0]] += int(microseconds)
    return Counter({name: round(each / 1000) for name, each in spent.items()})


def show_runs(data: Path, runs: int, question: str) -> None:
    """The whole command: a row for each reader."""
    spent: dict[str, list[tuple[float, float]]] = {reader: [] for reader in READERS}
    for number in range(runs + 1):
        for reader in READERS:
            one = run(data, reader, question)
            if number:
                spent[reader].append(one)
    say("| reader | wall s, median | quarter to three quarters | CPU s, median | the same |")
    say("|---|---|---|---|---|")
    for reader, each in spent.items():
        cells = []
        for seconds in zip(*each, strict=True):
            low, middle, high = np.percentile(seconds, [25, 50, 75])
            cells += [f"{middle:.2f}", f"{low:.2f} to {high:.2f}"]
        say(f"| {reader} | {' | '.join(cells)} |")


def show_stages(data: Path, runs: int, question: str) -> None:
    """Medians of the stages, with what they import, side by side."""
    seen: dict[str, list[dict[str, float]]] = {reader: [] for reader in READERS}
    for _ in range(runs):
        for reader in READERS:
            seen[reader].append(inside(data, reader, question))
    say(f"\n| stage, ms | {' | '.join(f'reader {reader}' for reader in READERS)} |")
    say("|---|" + "---|" * len(READERS))
    for name in seen[READERS[0]][0]:
        medians = [np.median([one[name] for one in seen[reader]]) for reader in READERS]
        say(f"| {name} | {' | '.join(f'{each:.0f}' for each in medians)} |")


def show_imports(data: Path, question: str) -> None:
    """The packages that take longest to import."""
    spent = imports(data, READERS[0], question)
    say(f"\n| imports of | ms, of {sum(spent.values())} |\n|---|---|")
    for name, milliseconds in spent.most_common(PACKAGES_SHOWN):
        say(f"| {name} | {milliseconds} |")


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Measure and print three tables."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("index", type=Path, nargs="?")
    arguments.add_argument("--runs", type=int, default=9)
    arguments.add_argument("--question", default=QUESTION)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-") as name:
        data = Path(name) / "data"
        if given.index is None:
            sample_index(data)
        else:
            shutil.copytree(given.index, data, ignore=NOT_OF_THE_INDEX)
        show_runs(data, given.runs, given.question)
        show_stages(data, given.runs, given.question)
        show_imports(data, given.question)


if __name__ == "__main__":
    main()
