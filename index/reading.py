"""Reading files ahead of the encoder, in a thread with a bounded queue."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.article import Article, Passage
from corpus.imported import ImportedFile
from corpus.near_duplicates import signature
from index.diff import file_digest, origin_of
from index.embedding.embedder import Embedder
from index.fingerprints import fingerprint
from index.passage_texts import passages_of
from index.store import Origin

ARTICLES_AHEAD = 64
"""So many articles may wait for the encoder: enough to keep it busy, little memory."""


class Importer(Protocol):
    """What sync needs of `corpus.importer`."""

    def find(self, folders: Sequence[Path]) -> Iterable[Path]:
        """The files under some folders that may hold articles."""

    def survey(self, paths: Iterable[Path]) -> None:
        """Learn, from files that are about to be read, what lines their outlets repeat."""

    def read(self, path: Path) -> ImportedFile:
        """Read one file. What is wrong with it is in the result."""


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """A new or changed article and its passages."""

    article: Article
    passages: tuple[Passage, ...]
    path: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The end of a file. `origin` is None where what was stored of it before has to stay."""

    origin: Origin | None
    unchanged: int = 0
    skipped: tuple[str, ...] = ()


Item = ReadArticle | ReadFile


class FileReader:
    """Reads files and cuts what is new in them into passages."""

    def __init__(
        self,
        importer: Importer,
        embedder: Embedder,
        origins: Mapping[str, Origin],
        versions: Mapping[str, str],
    ) -> None:
        self._importer = importer
        self._embedder = embedder
        self._origins = origins
        self._versions = versions
        self.seconds = 0.0

    def items(self, path: Path) -> Iterator[Item]:
        """The new articles of one file, then its end."""
        started = time.perf_counter()
        try:
            for item in self._items(path):
                self.seconds += time.perf_counter() - started
                yield item
                started = time.perf_counter()
        except OSError as error:
            reason = f"{path}: cannot be read ({error.strerror}); make it readable"
            yield ReadFile(None, skipped=(reason,))

    def _items(self, path: Path) -> Iterator[Item]:
        state = path.stat()
        known = self._origins.get(str(path))
        if known is not None and known.digest == file_digest(path) and self._all_stored(known):
            origin = origin_of(path, state, known.digest, known.article_ids)
            yield ReadFile(origin, unchanged=len(known.article_ids))
            return
        file = self._importer.read(path)
        skipped = tuple(str(reason) for reason in file.skipped)
        ids = tuple(dict.fromkeys(article.id for article in file.articles))
        if not ids and skipped:
            # A file that is torn or half written keeps the articles that it gave before.
            yield ReadFile(None, skipped=skipped)
            return
        new = [
            article
            for article in file.articles
            if self._versions.get(article.id) != fingerprint(article)
        ]
        for article in new:
            passages = passages_of(article, self._embedder.count_tokens, self._embedder.window)
            yield ReadArticle(article, tuple(passages), str(path), signature(article.text))
        origin = origin_of(path, state, file.digest, ids)
        yield ReadFile(origin, len(file.articles) - len(new), skipped)

    def _all_stored(self, origin: Origin) -> bool:
        return all(article_id in self._versions for article_id in origin.article_ids)


def read_ahead(paths: Sequence[Path], items: Callable[[Path], Iterator[Item]]) -> Iterator[Item]:
    """The items of all files in order, made in a thread while the caller does something else.

    What that thread raises is raised here. Leaving early stops it.
    """
    ready: queue.Queue[Item | BaseException | None] = queue.Queue(ARTICLES_AHEAD)
    stopped = threading.Event()

    def put(item: Item | BaseException | None) -> None:
        while not stopped.is_set():
            try:
                return ready.put(item, timeout=0.2)
            except queue.Full:
                continue
        return None

    def read() -> None:
        try:
            for path in paths:
                for item in items(path):
                    if stopped.is_set():
                        return
                    put(item)
        except BaseException as error:  # noqa: BLE001 - raised again by the other thread
            put(error)
        put(None)

    thread = threading.Thread(target=read, name="read", daemon=True)
    thread.start()
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stopped.set()
        thread.join()
