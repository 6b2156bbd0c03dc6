"""Files that people add through a front end, kept apart from those that were there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path, PurePath

from corpus.article import Article
from corpus.errors import StoreUnavailable
from corpus.files import safe_name
from corpus.readers.formats import uncompressed_name
from index.store import Origin

FOLDER = "added"
NAMESAKES = 100
"""Of so many files of one name it is looked up which articles they gave."""


class AddedFiles:
    """The subfolder `added` of an article folder. What lies in it came through a front end."""

    def __init__(self, articles: Path) -> None:
        self._folder = articles.absolute() / FOLDER

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return self._folder

    def holds(self, path: Path) -> bool:
        """Whether a file was put here by us, and may be deleted with its only article."""
        return path.parent == self._folder

    def is_only_ours(self, origin: Origin) -> bool:
        """Whether a file was put here by us and gave one article, so that it goes with it."""
        return len(origin.article_ids) == 1 and self.holds(Path(origin.path))

    def free_path(self, name: str) -> Path:
        """A path for a new file under a safe name that no other file has."""
        return next(path for path in self._paths(name) if not path.exists())

    def namesakes(self, name: str) -> list[Path]:
        """The files that were added under a name so far, and the path of the next."""
        there = [path for path in islice(self._paths(name), NAMESAKES) if path.exists()]
        return [*there, self.free_path(name)]

    def is_of_kind(self, path: Path, name: str) -> bool:
        """Whether a file is read as one of that name would be."""
        return _ending(path.name).lower() == _ending(safe_name(name)).lower()

    def _paths(self, name: str) -> Iterator[Path]:
        """Every path that a file of that name may get, the best first."""
        wanted = self._folder / safe_name(name)
        ending = _ending(wanted.name)
        stem = wanted.name.removesuffix(ending)
        yield wanted
        yield from (wanted.with_name(f"{stem}-{number}{ending}") for number in count(2))

    def write(self, path: Path, content: bytes) -> None:
        """Put a whole file in place: after a crash it is there entirely, or not at all."""
        unfinished = path.with_name(f".{path.name}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise StoreUnavailable(
                f"{self._folder} cannot be written ({error.strerror}): make it writable"
            ) from None

    def delete(self, path: Path) -> None:
        """Take a file away, if it is there."""
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreUnavailable(
                f"{self._folder} cannot be written ({error.strerror}): make it writable"
            ) from None


def _ending(name: str) -> str:
    """What of a name tells how its file is read: `.jsonl.xz` of `news.jsonl.xz`."""
    inner = uncompressed_name(name)
    return PurePath(inner).suffix + name.removeprefix(inner)


def record(article: Article) -> dict[str, str]:
    """An article as a line of JSON that import reads back; what is unknown is left out."""
    fields = {
        "id": article.id,
        "title": article.title,
        "author": article.author,
        "source": article.source,
        "date": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
        "url": article.url,
        "language": article.language,
        "text": article.text,
    }
    return {name: value for name, value in fields.items() if value is not None}


def as_file(name: str, records: Sequence[dict[str, str]]) -> tuple[str, bytes]:
    """Name and bytes of a file of records."""
    lines = [json.dumps(one, ensure_ascii=False) for one in records]
    ending = ".json" if len(lines) == 1 else ".jsonl"
    return safe_name(name[:80]) + ending, ("\n".join(lines) + "\n").encode("utf-8", "replace")
