"""Articles that somebody removed for good, so that no later sync brings them back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from filelock import FileLock

from bot.personal_data import unusable
from corpus.article import Article
from corpus.errors import StoreUnavailable
from corpus.identity import ids_apart
from corpus.near_duplicates import SAME_STORY, is_cut_copy, signature, similarity

_FIELDS = ("id", "url", "content_hash", "signature")


@dataclass(frozen=True, slots=True)
class RemovedArticle:
    """The id that an article was stored under, and what tells it from others of that id.

    `signature` (`corpus.near_duplicates`) is in hex. Lists of earlier versions have ids alone.
    """

    id: str
    url: str | None = None
    content_hash: str | None = None
    signature: str = ""

    def is_version_of(self, article: Article) -> bool:
        """Whether an article under this id is the one that was removed, or a version of it.

        Other facts make it no other article here: a corrected figure is no reason to bring it back.
        """
        if self.content_hash is None or self.content_hash == article.content_hash:
            return True
        if self.url is not None and self.url == article.url:
            return True
        return _are_alike(bytes.fromhex(self.signature), signature(article.text))


class RemovedArticles:
    """Removed articles in a file, one a line. Several processes may share it.

    Raises StoreUnavailable where the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = path.with_suffix(".lock")
        self._read: tuple[tuple[int, ...], dict[str, tuple[RemovedArticle, ...]]] = ((), {})

    def ids(self) -> frozenset[str]:
        """The ids as the file has them now."""
        return frozenset(self._by_id())

    def found(self, article: Article, path: Path) -> RemovedArticle | None:
        """As what an article of a file was removed, under any of its ids; None if it was not."""
        return next(iter(self._versions([article], path)), None)

    def add(self, article: Article) -> None:
        """Remember an article, as it is stored, as removed."""
        one = RemovedArticle(
            article.id, article.url, article.content_hash, signature(article.text).hex()
        )
        with self._changing():
            self._write({*self._all(), one})

    def discard(self, articles: Sequence[Article], path: Path) -> None:
        """Let articles in again: somebody has added them anew, in this file."""
        if not any(self._versions(articles, path)):
            return
        with self._changing():
            self._write(set(self._all()).difference(self._versions(articles, path)))

    def _versions(self, articles: Iterable[Article], path: Path) -> Iterator[RemovedArticle]:
        """What was removed of these articles, each under any id that it may have been stored as."""
        by_id = self._by_id()
        if not by_id:
            return
        for article in articles:
            for name in (article.id, *ids_apart(article, str(path))):
                yield from (one for one in by_id.get(name, ()) if one.is_version_of(article))

    def _all(self) -> Iterator[RemovedArticle]:
        return (one for several in self._by_id().values() for one in several)

    def _by_id(self) -> dict[str, tuple[RemovedArticle, ...]]:
        """The list as the file has it now. It is asked for each file that a sync reads."""
        try:
            state = self._path.stat()
            seen = (state.st_ino, state.st_size, state.st_mtime_ns)
            if seen != self._read[0]:
                self._read = (seen, _by_id(self._path.read_text("utf-8").splitlines()))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise unusable(self._path, error) from None
        except (ValueError, TypeError, RecursionError):
            raise StoreUnavailable(
                f"{self._path} is damaged: it has one quoted id a line; mend or delete it"
            ) from None
        return self._read[1]

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Held while the file is read and written anew, so that no process undoes another's."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._lock):
                yield
        except OSError as error:
            raise unusable(self._path, error) from None

    def _write(self, removed: Iterable[RemovedArticle]) -> None:
        unfinished = self._path.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8") as file:
            file.writelines(f"{_line(one)}\n" for one in sorted(removed, key=_line))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self._path)


def _by_id(lines: Iterable[str]) -> dict[str, tuple[RemovedArticle, ...]]:
    """The articles by their ids. Raises ValueError or TypeError for lines that are none."""
    listed = sorted((_listed(line) for line in lines if line), key=attrgetter("id"))
    return {name: tuple(several) for name, several in groupby(listed, attrgetter("id"))}


def _listed(line: str) -> RemovedArticle:
    value = json.loads(line)
    if not isinstance(value, dict):
        return RemovedArticle(str(value))
    fields = {name: value[name] for name in _FIELDS if value.get(name) is not None}
    if not all(isinstance(one, str) for one in fields.values()):
        raise TypeError("a removed article is described by words")
    signed = bytes.fromhex(fields.get("signature", ""))
    _are_alike(signed, signed)  # where it is damaged, that shows here
    return RemovedArticle(**fields)


def _are_alike(one: bytes, other: bytes) -> bool:
    return similarity(one, other) >= SAME_STORY or is_cut_copy(one, other)


def _line(one: RemovedArticle) -> str:
    """An article as a line: where its id alone is known, as earlier versions wrote it."""
    if one.content_hash is None:
        return json.dumps(one.id)
    return json.dumps({name: value for name, value in asdict(one).items() if value})
