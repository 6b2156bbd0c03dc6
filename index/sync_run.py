"""One run of bringing a store in line: reading, choosing versions, embedding and storing."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.identity import ids_apart
from index.diff import FolderDifference, readable_digests
from index.embedding.embedder import Embedder, PassageVectors
from index.fingerprints import vector_key
from index.passage_texts import passage_text
from index.reading import FileReader, Importer, ReadArticle, ReadFile, read_ahead
from index.store import Change, Indexed, Origin, StoreWriter
from index.stored_state import StoredState
from index.sync_report import Progress, SyncReport
from index.version_choice import as_read, choose_version, is_version

PASSAGES_AT_ONCE = 256
"""About as many passages make one transaction: seconds of work, the most that a crash costs."""


@dataclass(slots=True)
class Batch:
    """What goes into the next transaction."""

    articles: list[ReadArticle] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    passages: int = 0
    size: int = 0


class SyncRun:
    """One run of bringing a store in line."""

    def __init__(
        self,
        store: StoreWriter,
        embedder: Embedder,
        importer: Importer,
        progress: Progress,
        stored: StoredState,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._importer = importer
        self._progress = progress
        self._stored = stored
        self._counts: Counter[str] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._skipped: list[str] = []
        self._taken: defaultdict[str, list[str]] = defaultdict(list)
        self._seen: set[str] = set()
        self._current: set[str] = set()
        self._named: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._gone: frozenset[str] = frozenset()

    def run(self, found: int, work: FolderDifference) -> SyncReport:
        """Read what is new, embed it and store it; then take out what is gone."""
        self._gone = frozenset(work.gone)
        self._skipped.extend(work.skipped)
        self._counts["files"] = found
        self._counts["moved"] = self._count_moved(work)
        for path in work.unchanged:
            self._counts["unchanged"] += len(self._stored.origins[str(path)].article_ids)
        to_read = [*work.read, *work.again]
        self._progress.started(len(to_read), sum(map(_size, to_read)))
        self._importer.survey(to_read)
        reader = FileReader(self._importer, self._embedder, self._stored, work.again)
        batch = Batch()
        for item in read_ahead(to_read, reader.items):
            if isinstance(item, ReadArticle):
                batch = self._take_article(batch, item)
            else:
                self._take_file(batch, item)
        self._seconds["read"] = reader.seconds
        self._store_batch(batch, work.gone)
        return replace(self._report(), emptied=work.emptied)

    def _take_article(self, batch: Batch, item: ReadArticle) -> Batch:
        """Put an article into the batch; store the batch where it is full."""
        item = self._named_apart(batch, item)
        article_id = item.article.id
        self._taken[item.path].append(article_id)
        earlier = self._earlier(batch, article_id)
        elsewhere = self._is_given_elsewhere(article_id, item.path)
        if earlier is not None:
            revised = self._is_revised(item)
            chosen = choose_version(item, earlier, elsewhere=elsewhere, revised=revised)
            if chosen.path:
                self._current.add(article_id)
            if chosen.article == earlier.article:
                self._counts["doubled" if elsewhere else "unchanged"] += 1
                self._seen.add(article_id)
                batch.size += item.size
                return batch
            item = replace(chosen, path=item.path)
        self._current.add(article_id)
        kind = "changed" if self._stored.holds(article_id) else "added"
        self._counts["doubled" if article_id in self._seen else kind] += 1
        self._seen.add(article_id)
        batch.articles = [one for one in batch.articles if one is not earlier]
        batch.articles.append(item)
        batch.passages += len(item.passages)
        batch.size += item.size
        if batch.passages < PASSAGES_AT_ONCE:
            return batch
        self._store_batch(batch)
        return Batch()

    def _earlier(self, batch: Batch, article_id: str) -> ReadArticle | None:
        """The version of an article that waits in the batch or is stored."""
        if article_id in self._seen:
            for one in batch.articles:
                if one.article.id == article_id:
                    return one
        if not self._stored.holds(article_id):
            return None
        return next(map(as_read, self._store.stored([article_id])), None)

    def _named_apart(self, batch: Batch, item: ReadArticle) -> ReadArticle:
        """The article under its own id, or under another where that one is another article's.

        An id that the file gave before is kept before others, whatever has become free since.
        """
        origin = self._stored.origins.get(item.path)
        before = frozenset(origin.article_ids if origin else ())
        given = item.article.id
        names = [given, *ids_apart(item.article, item.path)]
        for name in sorted(names, key=lambda one: one not in before):
            earlier = self._earlier(batch, name)
            elsewhere = self._is_given_elsewhere(name, item.path)
            if earlier is None or not elsewhere or is_version(item, earlier):
                break
        self._named[item.path].append((given, name))
        return replace(item, article=replace(item.article, id=name))

    def _is_given_elsewhere(self, article_id: str, path: str) -> bool:
        """Whether another file that is still there, or another record, gives this article too."""
        if article_id in self._seen:
            return True
        if not self._stored.holds(article_id):
            return False
        return bool(self._stored.givers(article_id) - {path} - self._gone)

    def _is_revised(self, item: ReadArticle) -> bool:
        """Whether the file gave the article before, and has changed.

        Not so where what is stored by now was read just now: that is no version of before.
        """
        article_id = item.article.id
        gave_it = item.path in self._stored.givers(article_id)
        return item.revised and gave_it and article_id not in self._current

    def _take_file(self, batch: Batch, item: ReadFile) -> None:
        self._skipped.extend(item.skipped)
        self._counts["unchanged"] += item.unchanged
        self._progress.advanced(1, 0, 0, item.size)
        if item.origin is not None:
            self._taken.pop(item.origin.path, None)
            batch.origins.append(self._with_names(item.origin))

    def _with_names(self, origin: Origin) -> Origin:
        """The file with the ids under which its articles are stored."""
        names: defaultdict[str, list[str]] = defaultdict(list)
        for given, name in self._named.pop(origin.path, ()):
            names[given].append(name)
        ids = (name for given in origin.article_ids for name in names.get(given, [given]))
        return replace(origin, article_ids=tuple(dict.fromkeys(ids)))

    def _store_batch(self, batch: Batch, gone: Sequence[str] | None = None) -> None:
        """Store a batch; with the last one take out what no file gives any more."""
        indexed = self._embed(batch.articles)
        started = time.perf_counter()
        # Files of which a part is stored now: were this the end, the next run reads them again.
        begun, self._taken = self._taken, defaultdict(list)
        change = Change(put=indexed, origins=batch.origins, begun=begun)
        self._stored.note(change)
        if gone is not None:
            self._stored.forget(gone)
            change = replace(change, remove=self._stored.ungiven(), forget=gone)
        if any((indexed, batch.origins, begun, change.remove, gone)) or not self._store.generation:
            self._store.apply(change)
        self._counts["removed"] += len(change.remove)
        self._seconds["store"] += time.perf_counter() - started
        self._progress.advanced(0, len(batch.articles), batch.passages, batch.size)

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
        known = self._stored.origins
        gone = Counter(known[path].digest for path in work.gone)
        new = [path for path in work.read if str(path) not in known] if gone else []
        return sum((Counter(readable_digests(new)) & gone).values())

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


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
