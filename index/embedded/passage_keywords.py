"""The keyword index made anew from the texts of the articles."""

from __future__ import annotations

import sqlite3

from corpus.errors import IndexDamaged
from index.embedded.keyword_changes import KeywordChanges, joined_terms
from index.passage_texts import title_beside


def index_passages(connection: sqlite3.Connection) -> None:
    """Fill empty keyword tables and their counts. Raises IndexDamaged where texts are no texts."""
    changes = KeywordChanges(connection)
    articles = connection.execute("SELECT number FROM articles").fetchall()
    for (number,) in articles:
        title, text = connection.execute(
            "SELECT title, text FROM articles WHERE number = ?", (number,)
        ).fetchone()
        passages = connection.execute(
            'SELECT id, start, "end" FROM passages WHERE article = ?', (number,)
        ).fetchall()
        for passage, start, end in passages:
            try:
                beside = joined_terms(title_beside(title, start))
                changes.add(passage, beside, joined_terms(text[start:end]))
            except (AttributeError, TypeError):  # a flipped bit may make a number of a text
                raise IndexDamaged(
                    f"article {number} is damaged (passage {passage}): run onrecord index --rebuild"
                ) from None
    changes.finish()
