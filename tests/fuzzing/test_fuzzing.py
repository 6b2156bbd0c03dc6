"""A short run of every fuzzing target. Longer ones: `python -m tests.fuzzing.fuzz TARGET`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzzing.seeds import write_seeds
from tests.fuzzing.targets import TARGETS

ROOT = Path(__file__).parents[2]
RUNS = int(os.environ.get("FUZZ_RUNS", "400"))


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_breaks_it(tmp_path: Path, target: str) -> None:
    seeds = tmp_path / "seeds"
    write_seeds(target, seeds)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.fuzzing.fuzz", target),
            *(f"-runs={RUNS}", "-seed=9", "-max_len=4096", f"-artifact_prefix={tmp_path}/"),
            str(seeds),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    # libFuzzer reads its seeds once more than it counts down: a few runs more are as good.
    finished = re.search(r"Done (\d+) runs", done.stderr)
    assert finished is not None, done.stderr[-3000:]
    assert int(finished.group(1)) >= RUNS
