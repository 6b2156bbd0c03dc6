"""Reading article files without what somebody removed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.removed_articles import RemovedArticles
from corpus.article import Article
from corpus.imported import ImportedFile, ImportSettings, Skipped
from corpus.importer import Importer


class SelectiveImporter(Importer):
    """Imports everything but what was removed. A new version of that is told of."""

    def __init__(self, settings: ImportSettings, removed: RemovedArticles) -> None:
        super().__init__(settings)
        self._removed = removed

    def read(self, path: Path) -> ImportedFile:
        """The articles of one file that nobody has removed."""
        file = super().read(path)
        kept: list[Article] = []
        unwanted: list[Skipped] = []
        for article in file.articles:
            removed = self._removed.found(article, path)
            if removed is None:
                kept.append(article)
            elif removed.content_hash not in (None, article.content_hash):
                unwanted.append(_new_version(article, path))
        return replace(file, articles=tuple(kept), unwanted=tuple(unwanted))


def _new_version(article: Article, path: Path) -> Skipped:
    reason = "a new version of a removed article; `onrecord add` this file to have it again"
    return Skipped(path, article.id, reason)
