"""What workers count together, and what becomes of it where the disk fails."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import structlog

from bot.http.counting_files import FOLDER_VARIABLE, KINDS, reserve_counting_files
from bot.http.rate_limit import SharedRateLimit

COUNTING = """
import os, sys
from pathlib import Path
from bot.http.counting_files import reserve_counting_files
reserve_counting_files(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]))
from bot import metrics
for number in range(20):
    metrics.REQUESTS.labels("GET", f"/{number}", "200").inc()
    metrics.REQUEST_SECONDS.labels(f"/{number}").observe(0.1)
print(metrics.exposition(Path(sys.argv[1])).decode())
"""

FULL = "CREATE TRIGGER full BEFORE INSERT ON callers BEGIN SELECT RAISE(FAIL, 'full'); END"


def test_without_its_database_each_worker_limits_alone_and_says_so_once(tmp_path: Path) -> None:
    path = tmp_path / "callers.sqlite"
    shared = SharedRateLimit(path, 2, clock=lambda: 0.0)
    assert shared.wait_seconds("somebody") == 0
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE callers")
    with structlog.testing.capture_logs() as lines:
        waits = [shared.wait_seconds("somebody") for _ in range(4)]
    assert [wait == 0 for wait in waits] == [True, True, False, False]
    assert [line["event"] for line in lines] == ["rate limit not shared with the other workers"]
    shared.close()


def test_a_database_that_works_again_is_used_again(tmp_path: Path) -> None:
    """What failed in the middle leaves no transaction behind that all later ones would run into."""
    path = tmp_path / "callers.sqlite"
    one, two = (SharedRateLimit(path, 1, clock=lambda: 0.0) for _ in range(2))
    with closing(sqlite3.connect(path)) as other:
        other.execute(
            "CREATE TRIGGER full BEFORE INSERT ON callers BEGIN SELECT RAISE(FAIL, ''); END"
        )
        assert one.wait_seconds("first") == 0
        other.execute("DROP TRIGGER full")
    assert one.wait_seconds("second") == 0
    assert two.wait_seconds("second") > 0
    one.close()
    two.close()


def test_all_that_is_counted_has_room_in_the_files_that_were_made_for_it(tmp_path: Path) -> None:
    counted = subprocess.run(
        [sys.executable, "-c", COUNTING, str(tmp_path)],
        env={**os.environ, FOLDER_VARIABLE: str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (
        'onrecord_http_requests_total{method="GET",route="/19",status="200"} 1.0' in counted.stdout
    )
    files = list(tmp_path.iterdir())
    assert len(files) == len(KINDS)
    assert {path.stat().st_size for path in files} == {
        path.stat().st_blocks * 512 for path in files
    }


def test_a_worker_without_room_counts_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "gone"))
    with structlog.testing.capture_logs() as lines:
        reserve_counting_files(tmp_path / "gone")
    assert FOLDER_VARIABLE not in os.environ
    assert "TMPDIR" in lines[0]["hint"]
