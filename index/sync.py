"""Bringing a store in line with folders of articles."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from corpus.article import Article, Passage
from corpus.imported import ImportedFile
from index.diff import FolderDifference, difference, file_digest, origin_of
from index.embedding.embedder import Embedder, PassageText
from index.fingerprints import fingerprint, vector_key
from index.passage_texts import passage_text, passages_of
from index.store import Change, Indexed, Origin, StoreWriter
from index.sync_report import NoProgress, Progress, SyncReport

PASSAGES_AT_ONCE = 256
"""About as many passages make one transaction: seconds of work, the most that a crash costs."""

FILES_AHEAD = 4
"""So many files are read and cleaned while the encoder is at work."""


class Importer(Protocol):
    """What sync needs of `corpus.importer`."""

    def find(self, folders: Sequence[Path]) -> Sequence[Path]:
        """The files under some folders that may hold articles."""

    def read(self, path: Path) -> ImportedFile:
        """Read one file. What is wrong with it is in the result."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read, its new and changed articles cut into passages."""

    path: Path
    digest: str
    origin: Origin | None
    article_ids: tuple[str, ...]
    articles: tuple[tuple[Article, tuple[Passage, ...]], ...] = ()
    skipped: tuple[str, ...] = ()


@dataclass(slots=True)
class Batch:
    """What goes into the next transaction."""

    articles: list[tuple[Article, tuple[Passage, ...]]] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    files: int = 0
    passages: int = 0


class Sync:
    """One run of bringing a store in line."""

    def __init__(
        self, store: StoreWriter, embedder: Embedder, importer: Importer, progress: Progress
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._importer = importer
        self._progress = progress
        self._origins = dict(store.origins())
        self._versions = dict(store.versions())
        self._counts: Counter[str] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._skipped: list[str] = []
        self._taken: dict[str, str] = {}

    def run(self, roots: Sequence[Path]) -> SyncReport:
        """Read what is new, embed it and store it; then take out what is gone."""
        found = list(dict.fromkeys(path.absolute() for path in self._importer.find(roots)))
        work = difference([root.absolute() for root in roots], found, self._origins)
        self._counts["files"] = len(found)
        for path in work.unchanged:
            self._counts["unchanged"] += len(self._origins[str(path)].article_ids)
        self._progress.started(len(work.read))
        gone = self._count_moved(work)
        batch = Batch()
        for prepared in self._read_ahead(work.read):
            self._take(batch, prepared)
        self._finish(batch, gone)
        return SyncReport(
            generation=self._store.generation,
            **{name: self._counts[name] for name in COUNTED},
            skipped=tuple(self._skipped),
            seconds={name: round(spent, 3) for name, spent in self._seconds.items()},
        )

    def _read_ahead(self, paths: Sequence[Path]) -> Iterator[Prepared]:
        """Files in order, the next ones being read in a thread meanwhile."""
        with ThreadPoolExecutor(1, "read") as reader:
            waiting: list[Future[Prepared]] = []
            rest = iter(paths)
            for path in rest:
                waiting.append(reader.submit(self._prepare, path))
                if len(waiting) > FILES_AHEAD:
                    yield waiting.pop(0).result()
            for ready in waiting:
                yield ready.result()

    def _prepare(self, path: Path) -> Prepared:
        started = time.perf_counter()
        try:
            return self._read(path)
        except OSError as error:
            reason = f"{path}: cannot be read ({error.strerror}); make it readable"
            return Prepared(path, "", None, (), skipped=(reason,))
        finally:
            self._seconds["read"] += time.perf_counter() - started

    def _read(self, path: Path) -> Prepared:
        known = self._origins.get(str(path))
        if known is not None and known.digest == (digest := file_digest(path)):
            origin = origin_of(path, digest, known.article_ids)
            present = all(article_id in self._versions for article_id in known.article_ids)
            if present and known.modified != origin.modified:
                return Prepared(path, digest, origin, known.article_ids)
        file = self._importer.read(path)
        skipped = tuple(str(reason) for reason in file.skipped)
        ids = tuple(article.id for article in file.articles)
        if not ids and skipped:
            # A file that is torn or half written keeps the articles that it gave before.
            return Prepared(path, file.digest, None, (), skipped=skipped)
        origin = origin_of(path, file.digest, ids)
        articles = tuple(
            (article, tuple(passages_of(article, self._embedder.count_tokens, self._window)))
            for article in file.articles
            if self._versions.get(article.id) != fingerprint(article)
        )
        return Prepared(path, file.digest, origin, ids, articles, skipped)

    @property
    def _window(self) -> int:
        return self._embedder.window

    def _take(self, batch: Batch, prepared: Prepared) -> None:
        """Put a file's articles into the batch, storing it as often as it is full."""
        self._skipped.extend(prepared.skipped)
        self._counts["unchanged"] += len(prepared.article_ids) - len(prepared.articles)
        for article, passages in prepared.articles:
            if article.id in self._taken:
                self._counts["doubled"] += 1
                continue
            self._taken[article.id] = str(prepared.path)
            self._counts["changed" if article.id in self._versions else "added"] += 1
            batch.articles.append((article, passages))
            batch.passages += len(passages)
            if batch.passages >= PASSAGES_AT_ONCE:
                self._store_batch(batch)
        if prepared.origin is not None:
            batch.origins.append(prepared.origin)
        batch.files += 1

    def _store_batch(
        self, batch: Batch, remove: Sequence[str] = (), forget: Sequence[str] = ()
    ) -> None:
        indexed = self._embed(batch.articles)
        started = time.perf_counter()
        self._store.apply(Change(indexed, remove, batch.origins, forget))
        self._seconds["store"] += time.perf_counter() - started
        for article, _ in batch.articles:
            self._versions[article.id] = fingerprint(article)
        for origin in batch.origins:
            self._origins[origin.path] = origin
        self._progress.advanced(batch.files, len(batch.articles), batch.passages)
        batch.articles, batch.origins = [], []
        batch.files = batch.passages = 0

    def _embed(self, articles: Sequence[tuple[Article, tuple[Passage, ...]]]) -> list[Indexed]:
        """Vectors for all passages; those that are stored already are taken from there."""
        started = time.perf_counter()
        keyed = [
            [self._keyed(passage_text(article, passage)) for passage in passages]
            for article, passages in articles
        ]
        texts = {key: text for row in keyed for key, text in row}
        vectors = dict(self._store.known_vectors(texts))
        missing = [key for key in texts if key not in vectors]
        self._counts["reused"] += sum(map(len, keyed)) - len(missing)
        self._counts["embedded"] += len(missing)
        made = self._embedder.embed_passages([texts[key] for key in missing])
        vectors.update(zip(missing, made, strict=True))
        self._seconds["embed"] += time.perf_counter() - started
        return [
            Indexed(article, passages, tuple(vectors[key] for key in keys), keys)
            for (article, passages), row in zip(articles, keyed, strict=True)
            for keys in [tuple(key for key, _ in row)]
        ]

    def _keyed(self, text: PassageText) -> tuple[str, PassageText]:
        return vector_key(self._embedder.key, text), text

    def _count_moved(self, work: FolderDifference) -> tuple[str, ...]:
        """Count files that are where none was, with the bytes of one that is gone."""
        gone = Counter(self._origins[path].digest for path in work.gone)
        for path in work.read if gone else ():
            if str(path) in self._origins or not path.is_file():
                continue
            digest = file_digest(path)
            if gone[digest] > 0:
                gone[digest] -= 1
                self._counts["moved"] += 1
        return work.gone

    def _finish(self, batch: Batch, gone: Sequence[str]) -> None:
        """Store the rest, and take out every article that no file gives any more."""
        pending = {origin.path: origin for origin in batch.origins}
        origins = {**self._origins, **pending}
        for path in gone:
            origins.pop(path, None)
        given = {article_id for origin in origins.values() for article_id in origin.article_ids}
        present = {*self._versions, *(article.id for article, _ in batch.articles)}
        lost = sorted(present - given)
        self._counts["removed"] = len(lost)
        if batch.articles or batch.origins or lost or gone or not self._versions:
            self._store_batch(batch, lost, gone)


COUNTED = (
    "files",
    "added",
    "changed",
    "removed",
    "unchanged",
    "moved",
    "doubled",
    "embedded",
    "reused",
)


def sync(
    roots: Sequence[Path],
    store: StoreWriter,
    embedder: Embedder,
    importer: Importer,
    progress: Progress | None = None,
) -> SyncReport:
    """Bring `store` in line with the files under `roots`; what lies elsewhere is left alone.

    Stored batch by batch: after a crash the next run goes on where this one was. Raises
    CorpusError where a root is missing or suddenly empty, StoreError from the store.
    """
    return Sync(store, embedder, importer, progress or NoProgress()).run(roots)
