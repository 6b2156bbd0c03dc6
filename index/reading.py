"""Reading files ahead of the encoder, in a thread with a bounded queue."""

from __future__ import annotations

import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.article import Article, Passage
from corpus.identity import ids_apart
from corpus.imported import ImportedFile
from corpus.near_duplicates import signature
from index.diff import file_digest, origin_of
from index.embedding.embedder import Embedder
from index.fingerprints import fingerprint
from index.passage_texts import passages_of
from index.store import Origin
from index.stored_state import StoredState

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
    """A new or changed article, its passages, and its share of the bytes of its file.

    It is `revised` where the file has other bytes than when it was read before.
    """

    article: Article
    passages: tuple[Passage, ...]
    path: str
    signature: bytes
    size: int = 0
    revised: bool = False


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The end of a file. `origin` is None where what was stored of it before has to stay.

    `size` is what its articles leave of its bytes.
    """

    origin: Origin | None
    unchanged: int = 0
    skipped: tuple[str, ...] = ()
    size: int = 0


Item = ReadArticle | ReadFile


class FileReader:
    """Reads files and cuts what is new in them into passages."""

    def __init__(
        self,
        importer: Importer,
        embedder: Embedder,
        stored: StoredState,
        again: Collection[Path] = (),
    ) -> None:
        """The files `again` are read though they are as they were."""
        self._importer = importer
        self._embedder = embedder
        self._stored = stored
        self._again = frozenset(again)
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
        known = self._stored.origins.get(str(path))
        if known is not None and self._is_as_stored(path, known):
            origin = origin_of(path, state, known.digest, known.article_ids)
            yield ReadFile(origin, unchanged=len(known.article_ids), size=state.st_size)
            return
        file = self._importer.read(path)
        skipped = tuple(str(reason) for reason in file.skipped)
        ids = tuple(dict.fromkeys(article.id for article in file.articles))
        if not ids and skipped:
            # A file that is torn or half written keeps the articles that it gave before.
            yield ReadFile(None, skipped=skipped, size=state.st_size)
            return
        if known is not None and any(reason.torn for reason in file.skipped):
            # It breaks off, as while somebody writes it: what stood below may come back, and what
            # it gave stays until it is whole.
            ids = tuple(dict.fromkeys([*ids, *known.article_ids]))
        self._stored.learn(ids)
        self._stored.learn(name for one in file.articles for name in ids_apart(one, str(path)))
        # Of articles that share an id, only all together show which of them is which.
        times = Counter(one.id for one in file.articles)
        new = [
            one
            for one in file.articles
            if times[one.id] > 1 or self._stored.version(one.id) != fingerprint(one)
        ]
        revised = known is not None and known.digest != file.digest
        characters = sum(len(one.text) for one in file.articles)
        left = state.st_size
        for article in new:
            passages = passages_of(article, self._embedder.count_tokens, self._embedder.window)
            size = state.st_size * len(article.text) // max(characters, 1)
            left -= size
            signed = signature(article.text)
            yield ReadArticle(article, tuple(passages), str(path), signed, size, revised)
        origin = origin_of(path, state, file.digest, ids)
        told = (*skipped, *map(str, file.unwanted))
        yield ReadFile(origin, len(file.articles) - len(new), told, left)

    def _is_as_stored(self, path: Path, known: Origin) -> bool:
        """Whether a file has the bytes that were read before, and all of it is stored."""
        return (
            path not in self._again
            and known.digest == file_digest(path)
            and all(self._stored.version(one) is not None for one in known.article_ids)
        )


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
