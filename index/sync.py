"""Bringing a store in line with folders of articles."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.diff import FolderDifference, difference, file_digest
from index.embedding.embedder import Embedder, PassageVectors
from index.fingerprints import fingerprint, vector_key
from index.passage_texts import passage_text
from index.reading import FileReader, Importer, ReadArticle, ReadFile, read_ahead
from index.store import Change, Indexed, Origin, StoreWriter
from index.sync_report import NoProgress, Progress, SyncReport

PASSAGES_AT_ONCE = 256
"""About as many passages make one transaction: seconds of work, the most that a crash costs."""


@dataclass(slots=True)
class Batch:
    """What goes into the next transaction."""

    articles: list[ReadArticle] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    remove: Sequence[str] = ()
    forget: Sequence[str] = ()
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
        self._taken: defaultdict[str, list[str]] = defaultdict(list)
        self._seen: set[str] = set()

    def run(self, roots: Sequence[Path]) -> SyncReport:
        """Read what is new, embed it and store it; then take out what is gone."""
        found = list(dict.fromkeys(path.absolute() for path in self._importer.find(roots)))
        work = difference([root.absolute() for root in roots], found, self._origins)
        self._counts["files"] = len(found)
        self._counts["moved"] = self._count_moved(work)
        for path in work.unchanged:
            self._counts["unchanged"] += len(self._origins[str(path)].article_ids)
        self._progress.started(len(work.read))
        self._importer.survey(work.read)
        reader = FileReader(
            self._importer, self._embedder, dict(self._origins), dict(self._versions)
        )
        batch = Batch()
        for item in read_ahead(work.read, reader.items):
            if isinstance(item, ReadArticle):
                batch = self._take_article(batch, item)
            else:
                self._take_file(batch, item)
        self._seconds["read"] = reader.seconds
        self._finish(batch, work.gone)
        return self._report()

    def _take_article(self, batch: Batch, item: ReadArticle) -> Batch:
        """Put an article into the batch; store the batch where it is full."""
        self._taken[item.path].append(item.article.id)
        if item.article.id in self._seen:
            self._counts["doubled"] += 1
            return batch
        self._seen.add(item.article.id)
        self._counts["changed" if item.article.id in self._versions else "added"] += 1
        batch.articles.append(item)
        batch.passages += len(item.passages)
        if batch.passages < PASSAGES_AT_ONCE:
            return batch
        self._store_batch(batch)
        return Batch()

    def _take_file(self, batch: Batch, item: ReadFile) -> None:
        self._skipped.extend(item.skipped)
        self._counts["unchanged"] += item.unchanged
        self._progress.advanced(1, 0, 0)
        if item.origin is not None:
            self._taken.pop(item.origin.path, None)
            batch.origins.append(item.origin)

    def _store_batch(self, batch: Batch) -> None:
        indexed = self._embed(batch.articles)
        started = time.perf_counter()
        origins = [*self._unfinished(batch), *batch.origins]
        self._store.apply(Change(indexed, batch.remove, origins, batch.forget))
        self._seconds["store"] += time.perf_counter() - started
        self._versions.update((one.article.id, fingerprint(one.article)) for one in batch.articles)
        self._origins.update((origin.path, origin) for origin in origins)
        self._progress.advanced(0, len(batch.articles), batch.passages)

    def _unfinished(self, batch: Batch) -> list[Origin]:
        """Files of which a part is stored now: were this the end, the next run reads them again."""
        finished = {origin.path for origin in batch.origins}
        return [
            Origin(path, -1, -1, "", tuple(ids))
            for path in {one.path for one in batch.articles} - finished
            for ids in [[*self._before(path), *self._taken[path]]]
        ]

    def _before(self, path: str) -> tuple[str, ...]:
        return self._origins[path].article_ids if path in self._origins else ()

    def _embed(self, articles: Sequence[ReadArticle]) -> list[Indexed]:
        """Vectors for all passages; those that are stored already are taken from there."""
        started = time.perf_counter()
        texts = [[passage_text(one.article, part) for part in one.passages] for one in articles]
        keys = [[vector_key(self._embedder.key, text) for text in row] for row in texts]
        wanted = {
            key: text
            for key_row, text_row in zip(keys, texts, strict=True)
            for key, text in zip(key_row, text_row, strict=True)
        }
        vectors: dict[str, PassageVectors] = dict(self._store.known_vectors(wanted))
        missing = [key for key in wanted if key not in vectors]
        self._counts["reused"] += sum(map(len, keys)) - len(missing)
        self._counts["embedded"] += len(missing)
        made = self._embedder.embed_passages([wanted[key] for key in missing])
        vectors.update(zip(missing, made, strict=True))
        self._seconds["embed"] += time.perf_counter() - started
        return [_indexed(one, row, vectors) for one, row in zip(articles, keys, strict=True)]

    def _count_moved(self, work: FolderDifference) -> int:
        """Files that are where none was, with the bytes of one that is gone."""
        gone = Counter(self._origins[path].digest for path in work.gone)
        new = [path for path in work.read if str(path) not in self._origins] if gone else []
        return sum((Counter(map(file_digest, filter(Path.is_file, new))) & gone).values())

    def _finish(self, batch: Batch, gone: Sequence[str]) -> None:
        """Store the rest, and take out every article that no file gives any more."""
        origins = {**self._origins, **{origin.path: origin for origin in batch.origins}}
        for path in gone:
            origins.pop(path, None)
        given = {article_id for origin in origins.values() for article_id in origin.article_ids}
        present = {*self._versions, *(one.article.id for one in batch.articles)}
        batch.remove = sorted(present - given)
        batch.forget = gone
        self._counts["removed"] = len(batch.remove)
        if batch.articles or batch.origins or batch.remove or gone or not self._store.generation:
            self._store_batch(batch)

    def _report(self) -> SyncReport:
        return SyncReport(
            generation=self._store.generation,
            files=self._counts["files"],
            added=self._counts["added"],
            changed=self._counts["changed"],
            removed=self._counts["removed"],
            unchanged=self._counts["unchanged"],
            moved=self._counts["moved"],
            doubled=self._counts["doubled"],
            embedded=self._counts["embedded"],
            reused=self._counts["reused"],
            skipped=tuple(self._skipped),
            seconds={name: round(spent, 3) for name, spent in self._seconds.items()},
        )


def _indexed(
    one: ReadArticle, keys: Sequence[str], vectors: Mapping[str, PassageVectors]
) -> Indexed:
    return Indexed(
        article=one.article,
        passages=one.passages,
        vectors=tuple(vectors[key] for key in keys),
        keys=tuple(keys),
        signature=one.signature,
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
