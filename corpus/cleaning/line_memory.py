"""Keeping the counts of repeated lines between runs.

They are derived: losing them costs no more than that an outlet's next few articles are cleaned
less well.
"""

from __future__ import annotations

import os
from pathlib import Path

import structlog

from corpus.cleaning.repeated_lines import RepeatedLines
from corpus.errors import CorpusError

logger = structlog.get_logger(__name__)


def load_lines(path: Path | None) -> RepeatedLines:
    """The counts in the file; none where it is missing, unreadable or damaged."""
    if path is None:
        return RepeatedLines()
    try:
        return RepeatedLines.from_json(path.read_text("utf-8"))
    except FileNotFoundError:
        return RepeatedLines()
    except (OSError, UnicodeDecodeError, CorpusError) as error:
        logger.warning("repeated lines are learned anew", path=str(path), cause=str(error))
        return RepeatedLines()


def save_lines(path: Path | None, counts: RepeatedLines) -> None:
    """Put the counts into the file, whole or not at all."""
    if path is None:
        return
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(counts.to_json(), "utf-8")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        logger.warning("repeated lines are not kept", path=str(path), cause=str(error))
