"""Which files gave which articles: looked up by path or by article, never as a whole unless asked.

What a sync of some files costs must not grow with the number of all files.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from index.embedded.rows import rows_among
from index.store import Change, Origin

_UNREAD = (-1, -1, "")
"""Size, time and digest that no file has: it is read by the next sync."""


def read_origins(
    connection: sqlite3.Connection, below: Iterable[str] | None = None
) -> dict[str, Origin]:
    """The files by path: all, or those that are or lie below one of some paths."""
    roots = None if below is None else [path.rstrip("/") for path in below]
    # Paths below one another give a file several times: each article counts once.
    articles: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for path, article_id in _at(connection, "SELECT * FROM origin_articles", roots):
        articles[path][article_id] = None
    rows = _at(connection, "SELECT path, size, modified, digest FROM origins", roots)
    return {
        path: Origin(path, size, modified, digest, tuple(articles[path]))
        for path, size, modified, digest in rows
    }


def read_givers(
    connection: sqlite3.Connection, article_ids: Iterable[str]
) -> dict[str, frozenset[str]]:
    """The paths of the files that gave these articles, by article."""
    statement = "SELECT article_id, path FROM origin_articles WHERE article_id IN"
    givers: defaultdict[str, set[str]] = defaultdict(set)
    for article_id, path in rows_among(connection, statement, article_ids):
        givers[article_id].add(path)
    return {article_id: frozenset(paths) for article_id, paths in givers.items()}


def read_versions(
    connection: sqlite3.Connection, article_ids: Iterable[str] | None = None
) -> dict[str, str]:
    """The fingerprints of all articles, or of these, by id."""
    statement = "SELECT id, fingerprint FROM articles"
    if article_ids is None:
        return dict(connection.execute(statement))
    return dict(rows_among(connection, f"{statement} WHERE id IN", article_ids))


def remember_files(connection: sqlite3.Connection, change: Change) -> None:
    """Note which files were read, begun and lost. Call inside the transaction of the change."""
    for path in change.forget:
        connection.execute("DELETE FROM origins WHERE path = ?", (path,))
        connection.execute("DELETE FROM origin_articles WHERE path = ?", (path,))
    for path, article_ids in change.begun.items():
        connection.execute("INSERT OR REPLACE INTO origins VALUES (?, ?, ?, ?)", (path, *_UNREAD))
        _add_articles(connection, path, article_ids)
    for origin in change.origins:
        connection.execute("DELETE FROM origin_articles WHERE path = ?", (origin.path,))
        connection.execute(
            "INSERT OR REPLACE INTO origins VALUES (?, ?, ?, ?)",
            (origin.path, origin.size, origin.modified, origin.digest),
        )
        _add_articles(connection, origin.path, origin.article_ids)


def _add_articles(connection: sqlite3.Connection, path: str, article_ids: Sequence[str]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO origin_articles VALUES (?, ?)",
        [(path, article_id) for article_id in article_ids],
    )


def _at(
    connection: sqlite3.Connection, statement: str, roots: Sequence[str] | None
) -> Iterator[Any]:
    """Rows of a table with a path: all, or those at and below some paths."""
    if roots is None:
        return connection.execute(statement)
    return chain(
        rows_among(connection, f"{statement} WHERE path IN", roots),
        chain.from_iterable(
            # Everything that begins with the root and a slash: "0" is what follows "/".
            connection.execute(f"{statement} WHERE path > ? AND path < ?", (f"{root}/", f"{root}0"))
            for root in roots
        ),
    )
