"""A collection of a test's own, which it may change, and files for it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.composition import Parts, compose
from bot.indexing import bring_in_line
from bot.librarian import Added
from bot.settings import Settings
from index.store import Filter
from index.sync_report import SyncReport


@contextmanager
def own_collection(folder: Path, models: Path) -> Iterator[Parts]:
    """A process over an empty folder of articles and an empty data folder."""
    (folder / "articles").mkdir(exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    if not (folder / "data" / "models").exists():
        (folder / "data" / "models").symlink_to(models, target_is_directory=True)
    settings = Settings(data=folder / "data", articles=(folder / "articles",), reader="none")
    parts = compose(settings)
    try:
        yield parts
    finally:
        parts.close()


def record(article_id: str, text: str, **fields: str) -> bytes:
    """An article as a file of JSON."""
    return json.dumps({"id": article_id, "text": text, **fields}).encode()


def add_file(parts: Parts, name: str, content: bytes) -> Added:
    """Send a file in."""
    return asyncio.run(parts.librarian.add_file(name, content))


def add_text(parts: Parts, title: str, text: str, url: str) -> Added:
    """Send an article in as text."""
    return asyncio.run(parts.librarian.add_text(title, text, url=url))


def remove(parts: Parts, article_id: str) -> bool:
    """Take an article out for good."""
    return asyncio.run(parts.librarian.remove(article_id))


def indexed(parts: Parts, *, rebuild: bool = False) -> SyncReport:
    """Bring the index in line with the folder."""
    return bring_in_line(parts, parts.settings.articles, rebuild=rebuild)


def texts(parts: Parts) -> dict[str, str]:
    """The text of every article by its id."""
    listed, _ = parts.store.articles(Filter())
    found = (parts.store.article(one.id) for one in listed)
    return {article.id: article.text for article in found if article is not None}


def files(parts: Parts) -> list[str]:
    """The names of the files that were added."""
    added = parts.settings.articles[0] / "added"
    return sorted(path.name for path in added.iterdir()) if added.exists() else []
