"""A run of the index as the board shows it while it goes on."""

from __future__ import annotations

import time
import uuid
from dataclasses import replace
from typing import Literal

import structlog

from bot.jobs import Jobs
from bot.librarian import Job
from corpus.errors import StoreUnavailable

logger = structlog.get_logger(__name__)


def new_job(*, rebuild: bool) -> Job:
    """A run that has not begun."""
    return Job(uuid.uuid4().hex, "queued", rebuild, 0, 0, 0.0, "")


class JobProgress:
    """Keeps a job up to date while the index is being made.

    One that is not `shown` appears on the board when there are files to read, or it fails: that
    nothing had changed is no news.
    """

    def __init__(self, jobs: Jobs, job: Job, *, shown: bool = True) -> None:
        self._jobs = jobs
        self._began = time.perf_counter()
        self._is_shown = shown
        self._failed_to_show = False
        self._job = job
        self._show(replace(job, state="running"))

    def started(self, files: int, size: int) -> None:
        """So many files will be read, of so many bytes together."""
        self._is_shown = self._is_shown or files > 0
        self._show(replace(self._job, message=f"{files} files to read"))

    def advanced(self, files: int, articles: int, passages: int, size: int) -> None:
        """So many more are done and stored."""
        done = self._job.passages + passages
        spent = max(time.perf_counter() - self._began, 1e-6)
        self._show(
            replace(
                self._job,
                articles=self._job.articles + articles,
                passages=done,
                passages_per_second=round(done / spent, 1),
            )
        )

    def end(self, state: Literal["done", "failed"], message: str) -> None:
        """The run is over."""
        self._is_shown = self._is_shown or state == "failed"
        self._show(replace(self._job, state=state, message=message))

    def _show(self, job: Job) -> None:
        self._job = job
        if not self._is_shown:
            return
        try:
            self._jobs.show(job)
        except StoreUnavailable as error:
            if not self._failed_to_show:
                logger.warning("a run of the index cannot be shown", reason=str(error))
            self._failed_to_show = True
