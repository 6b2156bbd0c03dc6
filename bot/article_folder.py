"""The librarian of a folder: what is added becomes a file there, and the index follows."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.added_files import AddedFiles, as_file
from bot.following import Follower, in_turn
from bot.indexing import bring_in_line, take_changes
from bot.intake import Intake
from bot.job_progress import JobProgress, new_job
from bot.jobs import Jobs
from bot.librarian import Added, Job, PagesFetched, unheard
from bot.one_at_a_time import OneAtATime
from bot.store_place import place_of
from corpus.addresses import public_or_in
from corpus.errors import IndexMissing, OnRecordError
from corpus.links import LinkSettings
from index.opening import open_writer
from index.store import Change, Origin
from index.sync_report import SyncReport

if TYPE_CHECKING:
    from bot.composition import Parts
    from bot.settings import Settings
    from index.store import OpenWriter

logger = structlog.get_logger(__name__)


class ArticleFolder:
    """Implements `Librarian` over the first article folder. One thread makes all changes."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._added = AddedFiles(parts.settings.articles[0])
        self._work = OneAtATime()
        self._jobs = Jobs(parts.settings.data / "jobs.sqlite")
        self._closing = threading.Event()
        self._failed: Job | None = None
        self._follower: threading.Thread | None = None
        self._intake = Intake(
            parts, self._added, self._writer, _link_settings(parts.settings), self._closing.is_set
        )

    async def add_file(self, name: str, content: bytes) -> Added:
        """Put a file into the article folder and index it."""
        return await self._work.change(self._intake.add_file, name, content)

    async def add_link(self, url: str, fetched: PagesFetched = unheard) -> Added:
        """Fetch a page safely, or the new ones that a feed or sitemap lists, and index them.

        Raises ImportRefused, UnreadableFile.
        """
        return await self._work.change(self._intake.add_link, url, fetched)

    async def add_text(
        self,
        title: str,
        text: str,
        *,
        author: str | None = None,
        source: str | None = None,
        published: str | None = None,
        url: str | None = None,
        language: str | None = None,
    ) -> Added:
        """Put an article given as text into the article folder and index it."""
        given = {
            "title": title,
            "author": author,
            "source": source,
            "date": published,
            "url": url,
            "language": language,
            "text": text,
        }
        fields = {key: value for key, value in given.items() if value is not None}
        return await self._work.change(self._intake.add_file, *as_file(title, [fields]))

    async def remove(self, article_id: str) -> bool:
        """Take an article out for good; False where there is none of that id."""
        return await self._work.change(self._remove, article_id)

    async def start_index(self, *, rebuild: bool) -> Job:
        """Begin bringing the index in line. A run that waits already is not doubled."""
        # Another process may hold the board of runs for a while.
        return await asyncio.to_thread(self._begin, rebuild=rebuild)

    def job(self, job_id: str | None = None) -> Job | None:
        """The run of that id, or else the one under way or the last one, in whichever process."""
        return self._jobs.latest() if job_id is None else self._jobs.find(job_id)

    def follow(self) -> None:
        """From now on bring the index in line whenever something changes in the folders."""
        if self._follower is None:
            follower = Follower(
                self._parts.settings.articles,
                self._take_changes,
                begin=self._work.begin,
                stop=self._closing,
            )
            self._follower = threading.Thread(
                target=follower.run, args=(self._is_indexed,), name="follow", daemon=True
            )
            self._follower.start()

    def catch_up(self) -> None:
        """Bring the index in line once, in the background, where the folders are followed."""
        there = any(folder.is_dir() for folder in self._parts.settings.articles)
        if there and self._follower is not None and not self._closing.is_set():
            self._begin(rebuild=False)

    def close(self) -> None:
        """Finish the change under way, drop those that wait, and stop following."""
        self._closing.set()
        if self._follower is not None:
            self._follower.join()
        self._work.close()

    def _remove(self, article_id: str) -> bool:
        article = self._parts.store.article(article_id)
        if article is None:
            return False
        with self._writer() as store:
            given_by = store.givers([article_id]).get(article_id, ())
            files = [*store.origins(given_by).values()]
            ours = [one for one in files if self._added.is_only_ours(one)]
            # Though no file has it any more: a feed may still list its page.
            self._parts.removed.add(article)
            for origin in ours:
                self._added.delete(Path(origin.path))
            others = [_without(one, article_id) for one in files if one not in ours]
            forget = [one.path for one in ours]
            store.apply(Change(remove=[article_id], origins=others, forget=forget))
        return True

    def _is_indexed(self) -> bool:
        """Whether there is an index. A server alone makes none before something changes."""
        try:
            return self._parts.store.status().generation > 0
        except IndexMissing:
            return False
        except OnRecordError:
            # There may well be one, behind a server that does not answer just now.
            return True

    def _take_changes(self, changed: frozenset[Path] | None, folders: Sequence[Path]) -> SyncReport:
        """Bring what changed in the folders into the index; shown as a run where it is read.

        Attempts that follow a failed one are the same run, which is shown until it ends well.
        """
        job = self._failed or new_job(rebuild=False)
        progress = JobProgress(self._jobs, job, shown=self._failed is not None)
        self._failed = job
        report = self._run_shown(
            progress, functools.partial(take_changes, self._parts, changed, folders)
        )
        self._failed = None
        return report

    def _begin(self, *, rebuild: bool) -> Job:
        own = new_job(rebuild=rebuild)
        job = self._jobs.begin(own)
        if job is own:
            self._work.begin(functools.partial(self._index, job))
        return job

    def _index(self, job: Job) -> None:
        settings = self._parts.settings
        sync = functools.partial(bring_in_line, self._parts, settings.articles, rebuild=job.rebuild)
        try:
            self._run_shown(JobProgress(self._jobs, job), sync)
        except (OnRecordError, OSError) as error:
            logger.warning("indexing failed", reason=str(error))

    def _run_shown(self, progress: JobProgress, sync: Callable[..., SyncReport]) -> SyncReport:
        """Bring the index in line as soon as no other process writes; show how it ended."""
        try:
            report = in_turn(functools.partial(sync, progress=progress), self._closing)
        except (OnRecordError, OSError) as error:
            progress.end("failed", str(error))
            raise
        except BaseException as error:
            progress.end("failed", f"an error of the program ({error!r}); its log says more")
            raise
        skipped = f", {len(report.skipped)} skipped" if report.skipped else ""
        progress.end(
            "done",
            f"{report.added} added, {report.changed} changed, {report.removed} removed{skipped}",
        )
        return report

    def _writer(self) -> OpenWriter:
        model = self._parts.model
        return open_writer(place_of(self._parts.settings), model.key, model.dimension)


def _link_settings(settings: Settings) -> LinkSettings:
    networks = [ip_network(one) for one in settings.url_networks]
    return LinkSettings(enabled=settings.url_import, permit=public_or_in(networks))


def _without(origin: Origin, article_id: str) -> Origin:
    return replace(
        origin, article_ids=tuple(one for one in origin.article_ids if one != article_id)
    )
