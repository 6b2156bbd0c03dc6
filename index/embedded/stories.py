"""Which articles tell the same story: copies of one another, found when they are stored."""

from __future__ import annotations

import sqlite3

from corpus.near_duplicates import bands, same_story

MOST_CANDIDATES = 200
"""So many articles that share a band are compared: enough for an agency's most copied text."""


def find_story(connection: sqlite3.Connection, article: int, signature: bytes, own: str) -> str:
    """The story of an article that is about to be stored, and the same for all its copies.

    Where it joins stories that were separate, they become one. `own` is the story of an article
    that has no copies.
    """
    found = sorted(
        {
            story
            for story, other in _candidates(connection, article, signature)
            if same_story(signature, other)
        }
    )
    if not found:
        return own
    connection.executemany(
        "UPDATE articles SET story = ? WHERE story = ?", [(found[0], story) for story in found[1:]]
    )
    return found[0]


def remember_bands(connection: sqlite3.Connection, article: int, signature: bytes) -> None:
    """Make an article findable by its copies to come."""
    connection.execute("DELETE FROM bands WHERE article = ?", (article,))
    connection.executemany(
        "INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, article) for band in bands(signature)]
    )


def _candidates(
    connection: sqlite3.Connection, article: int, signature: bytes
) -> list[tuple[str, bytes]]:
    keys = bands(signature)
    if not keys:
        return []
    marks = ", ".join("?" * len(keys))
    statement = f"""SELECT DISTINCT articles.story, articles.signature FROM bands
        JOIN articles ON articles.number = bands.article
        WHERE bands.band IN ({marks}) AND bands.article <> ? LIMIT ?"""  # noqa: S608
    return connection.execute(statement, (*keys, article, MOST_CANDIDATES)).fetchall()
