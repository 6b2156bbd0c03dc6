"""The articles in brief, held in memory: what Milvus cannot sort or count by group.

About 100 bytes an article. It is read once in full and then follows the log, change by change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from index.milvus.connection import Connection, Row
from index.milvus.documents import summary_of
from index.milvus.filters import UNDATED, UNKNOWN, among, both, day_number
from index.milvus.log import Entry, between
from index.milvus.schema import ARTICLE
from index.store import Filter

NUMBERS_AT_ONCE = 8_000
"""So many numbers are asked for at once: fewer than a query may give."""

_FIELDS = ("id", "name", "published", "source", "language")


@dataclass(frozen=True, slots=True)
class Brief:
    """An article in brief. `published` is a day's number, `source` without regard to case."""

    version: int
    name: str
    published: int
    source: str
    language: str


class Catalogue:
    """The articles of one state of the store, newest first. Not to be changed."""

    def __init__(self, entry: Entry, articles: dict[int, Brief]) -> None:
        self.entry = entry
        self._articles = articles
        self._sorted: list[Brief] | None = None

    @classmethod
    def read(cls, connection: Connection, entry: Entry) -> Catalogue:
        """Read everything."""
        rows = documents_between(connection, entry, 0, entry.versions, ARTICLE, _FIELDS)
        return cls(entry, {one.version: one for one in map(_brief, rows)})

    def followed(self, connection: Connection, entry: Entry) -> Catalogue:
        """The catalogue of a later state: only what changed in between is read."""
        if entry.number == self.entry.number:
            return self
        changes = between(connection, self.entry.number + 1, entry.number)
        whole = len(changes) == entry.number - self.entry.number
        if not whole or entry.index != self.entry.index:
            return Catalogue.read(connection, entry)
        articles = dict(self._articles)
        rows = documents_between(
            connection, entry, self.entry.versions, entry.versions, ARTICLE, _FIELDS
        )
        articles.update((one.version, one) for one in map(_brief, rows))
        for change in changes:
            for version in change.removed:
                articles.pop(version, None)
        return Catalogue(entry, articles)

    def versions(self, where: Filter) -> list[int]:
        """The numbers of the articles that pass, newest first, undated ones last."""
        return [one.version for one in self._in_order() if _passes(one, where)]

    def outlets(self, connection: Connection) -> list[tuple[str, int, date | None, date | None]]:
        """Each outlet with its number of articles and its first and last date; largest first."""
        groups: defaultdict[str, list[Brief]] = defaultdict(list)
        for one in self._in_order():
            if one.source != UNKNOWN:
                groups[one.source].append(one)
        names = self._spellings(connection, groups)
        result = []
        for source, group in groups.items():
            days = [one.published for one in group if one.published != UNDATED]
            first = date.fromordinal(min(days)) if days else None
            last = date.fromordinal(max(days)) if days else None
            result.append((names.get(source, source), len(group), first, last))
        return sorted(result, key=lambda one: (-one[1], one[0]))

    def _spellings(self, connection: Connection, groups: dict[str, list[Brief]]) -> dict[str, str]:
        """How the newest article of each outlet spells its name."""
        newest = {group[0].version: source for source, group in groups.items()}
        found: dict[str, str] = {}
        for row in rows_of(connection, self.entry, list(newest), ("id", "about", "passages")):
            name = summary_of(row).source
            if name:
                found[newest[int(row["id"])]] = name
        return found

    def _in_order(self) -> list[Brief]:
        if self._sorted is None:
            self._sorted = sorted(
                self._articles.values(), key=lambda one: (-one.published, one.name)
            )
        return self._sorted


def documents_between(
    connection: Connection,
    entry: Entry,
    first: int,
    last: int,
    kind: int,
    fields: Sequence[str],
    at_once: int = NUMBERS_AT_ONCE,
) -> Iterable[Row]:
    """The visible documents of one kind with numbers from `first` to before `last`."""
    for start in range(first, last, at_once):
        where = both(
            f"id >= {start}",
            f"id < {min(start + at_once, last)}",
            f"kind == {kind}",
            entry.visible("id"),
        )
        yield from connection.query(entry.names.documents, where, fields, entry.documents_since)


def rows_of(
    connection: Connection,
    entry: Entry,
    versions: Sequence[int],
    fields: Sequence[str],
    at_once: int = 200,
) -> Iterable[Row]:
    """The documents with some numbers, in no order."""
    for first in range(0, len(versions), at_once):
        where = among("id", versions[first : first + at_once])
        yield from connection.query(entry.names.documents, where, fields, entry.documents_since)


def _brief(row: Row) -> Brief:
    value: dict[str, Any] = row
    return Brief(
        int(value["id"]),
        str(value["name"]),
        int(value["published"]),
        str(value["source"]),
        str(value["language"]),
    )


def _passes(one: Brief, where: Filter) -> bool:
    if not where.restricts:
        return True
    if (where.since or where.until) and one.published == UNDATED:
        return False
    if where.since is not None and one.published < day_number(where.since):
        return False
    if where.until is not None and one.published > day_number(where.until):
        return False
    if where.sources and one.source not in {name.casefold() for name in where.sources}:
        return False
    if where.languages and one.language not in where.languages:
        return False
    return not where.article_ids or one.name in where.article_ids
