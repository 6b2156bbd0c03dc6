"""Room on the disk for the files in which a worker counts for Prometheus.

The library maps them into memory with holes, which get their place on the disk when something is
first written there. Where the disk is full by then, the system ends the process (SIGBUS).
"""

from __future__ import annotations

import os
from pathlib import Path

import structlog

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder. The library reads it when it is first imported."""
KINDS = ("counter", "gauge_livesum", "gauge_mostrecent", "histogram")
"""Of what `bot.metrics` counts; each has a file of its own."""
ROOM = 1 << 18
"""Bytes. All routes and stages together take up less than half of it."""

logger = structlog.get_logger(__name__)


def reserve_counting_files(folder: Path) -> None:
    """Fill this process's files with zeros. Comes before the library is imported.

    A worker that finds no room counts for itself, and `/metrics` shows what the others count.
    """
    try:
        for kind in KINDS:
            _fill(folder / f"{kind}_{os.getpid()}.db")
    except OSError as error:
        os.environ.pop(FOLDER_VARIABLE, None)
        logger.warning(
            "no room to count requests together with the other workers",
            folder=str(folder),
            reason=str(error),
            hint="make room there, or set TMPDIR to a folder that has some, and start again",
        )


def _fill(path: Path) -> None:
    """Make a file without holes; one of an earlier process of that number goes on counting."""
    if path.exists():
        return
    unfinished = path.with_suffix(".unfinished")  # the others read whatever is called .db
    try:
        unfinished.write_bytes(bytes(ROOM))
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
