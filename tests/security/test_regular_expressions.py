"""No pattern of ours can be kept busy by a text that somebody made for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_pattern_backtracks_without_end() -> None:
    tried = subprocess.run(
        [sys.executable, "-m", "tests.security.pumped_patterns"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    told = tried.stdout.splitlines()
    assert [line for line in told if line.startswith("HANGS")] == []
    assert len(told) > 100
