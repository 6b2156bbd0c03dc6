"""Articles that somebody removed for good, so that no later sync brings them back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from corpus.errors import StoreUnavailable
from corpus.imported import ImportedFile, ImportSettings
from corpus.importer import Importer


class RemovedArticles:
    """Ids of removed articles, one JSON string a line. Several processes may share the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = path.with_suffix(".lock")

    def ids(self) -> frozenset[str]:
        """The ids as the file has them now."""
        try:
            lines = self._path.read_text("utf-8").splitlines()
        except FileNotFoundError:
            return frozenset()
        try:
            return frozenset(str(json.loads(line)) for line in lines if line)
        except ValueError:
            raise StoreUnavailable(
                f"{self._path} is damaged: it has one quoted id a line; mend or delete it"
            ) from None

    def add(self, article_id: str) -> None:
        """Remember an article as removed."""
        with self._changing():
            self._write(self.ids() | {article_id})

    def discard(self, article_ids: Iterable[str]) -> None:
        """Let articles in again: somebody has added them anew."""
        if not self._path.exists():
            return
        with self._changing():
            ids = self.ids()
            if kept := ids.intersection(article_ids):
                self._write(ids - kept)

    def _changing(self) -> FileLock:
        """Held while the file is read and written anew, so that no process undoes another's."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(self._lock)

    def _write(self, ids: frozenset[str]) -> None:
        unfinished = self._path.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(one)}\n" for one in sorted(ids))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self._path)


class SelectiveImporter(Importer):
    """Imports everything but what was removed."""

    def __init__(self, settings: ImportSettings, removed: RemovedArticles) -> None:
        super().__init__(settings)
        self._removed = removed

    def read(self, path: Path) -> ImportedFile:
        """The articles of one file that nobody has removed."""
        file = super().read(path)
        removed = self._removed.ids()
        kept = tuple(article for article in file.articles if article.id not in removed)
        return replace(file, articles=kept)
