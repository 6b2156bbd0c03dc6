"""Which articles tell the same story: copies of one another, found when they are stored."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.near_duplicates import bands, same_story
from index.milvus.connection import Connection
from index.milvus.documents import signature_of
from index.milvus.filters import among, both
from index.milvus.log import Entry
from index.milvus.schema import ARTICLE
from index.store import Indexed

MOST_CANDIDATES = 200
"""So many articles that share a band are compared: enough for an agency's most copied text."""


@dataclass(frozen=True, slots=True)
class Told:
    """The stories of some articles about to be stored, in order.

    `joined` are stories that turn out to be another: stored articles of them have to move.
    """

    stories: tuple[str, ...]
    joined: dict[str, str]


@dataclass(slots=True)
class _New:
    signature: bytes
    keys: frozenset[int]
    story: str


def find_stories(
    connection: Connection,
    entry: Entry | None,
    puts: Sequence[Indexed],
    dying: Collection[int],
) -> Told:
    """The story of each article, the same for all its copies, stored or new.

    `dying` are documents that this change takes out. An article without copies has a story of its
    own; where one joins stories that were separate, they become one, the first by name.
    """
    new: list[_New] = []
    joined: dict[str, str] = {}
    for put in puts:
        keys = frozenset(bands(put.signature))
        near = {
            _last(joined, story)
            for story, signature in [
                *_stored(connection, entry, keys, dying),
                *((one.story, one.signature) for one in new if one.keys & keys),
            ]
            if same_story(put.signature, signature)
        }
        story = min(near, default=put.article.content_hash[:16])
        joined.update((other, story) for other in near if other != story)
        new.append(_New(put.signature, keys, story))
    return Told(tuple(_last(joined, one.story) for one in new), joined)


def _stored(
    connection: Connection, entry: Entry | None, keys: frozenset[int], dying: Collection[int]
) -> list[tuple[str, bytes]]:
    if entry is None or not keys:
        return []
    listed = ", ".join(map(str, sorted(keys)))
    where = both(
        f"array_contains_any(bands, [{listed}])", f"kind == {ARTICLE}", entry.visible("id")
    )
    rows = connection.query_some(
        entry.names.documents,
        where,
        ["id", "story", "signature"],
        entry.documents_since,
        MOST_CANDIDATES + len(dying),
    )
    candidates = [row for row in rows if int(row["id"]) not in dying]
    return [(row["story"], signature_of(row)) for row in candidates[:MOST_CANDIDATES]]


def _last(joined: dict[str, str], story: str) -> str:
    while story in joined:
        story = joined[story]
    return story


def told_otherwise(entry: Entry, joined: Collection[str]) -> str:
    """The test of stored articles whose story is now another."""
    return both(among("story", sorted(joined)), f"kind == {ARTICLE}", entry.visible("id"))
