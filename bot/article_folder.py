"""The librarian of a folder: what is added becomes a file there, and the index follows."""

from __future__ import annotations

import asyncio
import functools
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, ParamSpec, TypeVar

import structlog

from bot.added_files import AddedFiles, as_file, record
from bot.indexing import bring_in_line
from bot.librarian import Added, Job
from corpus.errors import OnRecordError
from corpus.imported import ImportedFile
from corpus.links import LinkSettings, fetch, file_name
from index.fingerprints import fingerprint
from index.opening import open_writer
from index.store import Change, Origin
from index.sync import sync
from index.watch import watch

if TYPE_CHECKING:
    from bot.composition import Parts
    from index.embedded.writer import EmbeddedWriter

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

logger = structlog.get_logger(__name__)


class ArticleFolder:
    """Implements `Librarian` over the first article folder. One thread makes all changes."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._added = AddedFiles(parts.settings.articles[0])
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="librarian")
        self._job: Job | None = None
        self._beginning = threading.Lock()
        self._closing = threading.Event()
        self._follower: threading.Thread | None = None

    async def add_file(self, name: str, content: bytes) -> Added:
        """Put a file into the article folder and index it."""
        return await self._run(self._add_file, name, content)

    async def add_link(self, url: str) -> Added:
        """Fetch a page safely, keep what was read of it, and index that.

        Raises ImportRefused, UnreadableFile.
        """
        return await self._run(self._add_link, url)

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
        return await self._run(self._add_file, *as_file(title, [fields]))

    async def remove(self, article_id: str) -> bool:
        """Take an article out for good; False where there is none of that id."""
        return await self._run(self._remove, article_id)

    async def start_index(self, *, rebuild: bool) -> Job:
        """Begin bringing the index in line. A run that waits already is not doubled."""
        return self._begin(rebuild=rebuild)

    def job(self) -> Job | None:
        """The run under way or the last one."""
        return self._job

    def follow(self) -> None:
        """From now on bring the index in line whenever something changes in the folders."""
        folders = [folder for folder in self._parts.settings.articles if folder.is_dir()]
        if folders and self._follower is None:
            self._follower = threading.Thread(
                target=self._follow, args=(folders,), name="follow", daemon=True
            )
            self._follower.start()

    def close(self) -> None:
        """Finish the change under way, drop those that wait, and stop following."""
        self._closing.set()
        if self._follower is not None:
            self._follower.join()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _add_file(self, name: str, content: bytes) -> Added:
        started = time.perf_counter()
        imported = self._parts.importer.read_content(name, content)
        return self._take_in(name, content, imported, started)

    def _add_link(self, url: str) -> Added:
        started = time.perf_counter()
        fetched = fetch(url, LinkSettings(enabled=self._parts.settings.url_import))
        name = file_name(fetched)
        imported = self._parts.importer.read_content(
            name, fetched.content, url=fetched.url, encoding=fetched.encoding
        )
        # The page does not say where it was found: what was read of it does, so that is kept.
        kept_name, kept = as_file(Path(name).stem, [record(one) for one in imported.articles])
        return self._take_in(kept_name, kept, imported, started)

    def _take_in(self, name: str, content: bytes, imported: ImportedFile, started: float) -> Added:
        """Keep a file whose articles are not all there already, and index it."""
        new: list[str] = []
        skipped = [str(one) for one in imported.skipped]
        if imported.articles:
            with self._writer() as store:
                versions = store.versions()
                new = [
                    one.id for one in imported.articles if versions.get(one.id) != fingerprint(one)
                ]
                if new:
                    skipped = [*self._keep(store, name, content, new)]
        there = tuple(one.id for one in imported.articles if one.id not in new)
        return Added(tuple(new), there, tuple(skipped), time.perf_counter() - started)

    def _keep(
        self, store: EmbeddedWriter, name: str, content: bytes, new: Sequence[str]
    ) -> tuple[str, ...]:
        """Write the file and bring it into the index; what was skipped in it."""
        path = self._path_of_earlier(store, new) or self._added.free_path(name)
        self._added.write(path, content)
        self._parts.removed.discard(new)
        return sync([path], store, self._parts.model, self._parts.importer).skipped

    def _path_of_earlier(self, store: EmbeddedWriter, ids: Sequence[str]) -> Path | None:
        """The file that was added with an earlier version of just this article."""
        if len(ids) != 1:
            return None
        origins = [one for one in store.origins().values() if ids[0] in one.article_ids]
        return next((Path(one.path) for one in origins if self._is_only_ours(one)), None)

    def _is_only_ours(self, origin: Origin) -> bool:
        return len(origin.article_ids) == 1 and self._added.holds(Path(origin.path))

    def _remove(self, article_id: str) -> bool:
        if self._parts.store.article(article_id) is None:
            return False
        with self._writer() as store:
            files = [one for one in store.origins().values() if article_id in one.article_ids]
            ours = [one for one in files if self._is_only_ours(one)]
            if len(ours) < len(files) or not files:
                self._parts.removed.add(article_id)
            for origin in ours:
                Path(origin.path).unlink(missing_ok=True)
            others = [_without(one, article_id) for one in files if one not in ours]
            forget = [one.path for one in ours]
            store.apply(Change(remove=[article_id], origins=others, forget=forget))
        return True

    def _follow(self, folders: Sequence[Path]) -> None:
        """Runs in a thread of its own until `close`."""
        for _ in watch(folders, self._closing):
            if not self._closing.is_set():
                self._begin(rebuild=False)

    def _begin(self, *, rebuild: bool) -> Job:
        with self._beginning:
            waiting = self._job
            if waiting is not None and waiting.state == "queued" and waiting.rebuild >= rebuild:
                return waiting
            job = Job(uuid.uuid4().hex, "queued", rebuild, 0, 0, 0.0, "")
            self._job = job
            self._worker.submit(self._index, job)
            return job

    def _index(self, job: Job) -> None:
        progress = _JobProgress(self, job)
        try:
            report = bring_in_line(
                self._parts,
                self._parts.settings.articles,
                rebuild=job.rebuild,
                progress=progress,
            )
        except (OnRecordError, OSError) as error:
            logger.warning("indexing failed", reason=str(error))
            progress.end("failed", str(error))
            return
        skipped = f", {len(report.skipped)} skipped" if report.skipped else ""
        progress.end(
            "done",
            f"{report.added} added, {report.changed} changed, {report.removed} removed{skipped}",
        )

    def _writer(self) -> EmbeddedWriter:
        model = self._parts.model
        return open_writer(self._parts.settings.data, model.key, model.dimension)

    async def _run(
        self,
        function: Callable[Parameters, Result],
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> Result:
        call = functools.partial(function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._worker, call)


class _JobProgress:
    """Keeps the librarian's job up to date while the index is being made."""

    def __init__(self, librarian: ArticleFolder, job: Job) -> None:
        self._librarian = librarian
        self._started = time.perf_counter()
        self._show(replace(job, state="running"))

    def started(self, files: int) -> None:
        """So many files will be read."""
        self._show(replace(self._shown, message=f"{files} files to read"))

    def advanced(self, files: int, articles: int, passages: int) -> None:
        """So many more are done and stored."""
        done = self._shown.passages + passages
        spent = max(time.perf_counter() - self._started, 1e-6)
        self._show(
            replace(
                self._shown,
                articles=self._shown.articles + articles,
                passages=done,
                passages_per_second=round(done / spent, 1),
            )
        )

    def end(self, state: Literal["done", "failed"], message: str) -> None:
        """The run is over."""
        self._show(replace(self._shown, state=state, message=message))

    def _show(self, job: Job) -> None:
        self._shown = job
        self._librarian._job = job


def _without(origin: Origin, article_id: str) -> Origin:
    return replace(
        origin, article_ids=tuple(one for one in origin.article_ids if one != article_id)
    )
