"""The log: which rows readers see.

Milvus has no transactions, so a change is made of rows that nobody sees yet, and then of one row in
the log that makes them visible. Only the newest entry counts. An entry is one row, so it is there
or not, and it is never changed: a newer one takes its place, whatever order rows arrive in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from corpus.errors import IndexMismatch
from index.milvus.connection import Connection
from index.milvus.filters import both
from index.milvus.names import LOG, Names
from index.milvus.pieces import cut, join
from index.milvus.schema import FORMAT

ENTRY = "entry"
KEPT_ENTRIES = 1_000
"""So many entries are kept, for readers that follow change by change."""

GRACE_SECONDS = 2.0
"""Rows that a state replaced stay so long: who reads an older one has noticed it by then."""

BOUNDED_SECONDS = 5.0
"""What one copy of a collection shows may be so old by consistency Bounded (gracefulTime)."""

NOWHERE = [0.0, 0.0]


@dataclass(frozen=True, slots=True)
class Entry:
    """The state after one change.

    Documents numbered below `versions` are visible, but those in `dead`: they were replaced or
    removed, and their rows are not deleted yet. `removed` and `first` (the first number that is
    new) tell what this change did. `stamps` are the times of the last write to documents and to
    passages, which a search waits for. `terms` is the length of all passages together.
    `term_rules` is the version of `index.keywords` by which the index was begun; entries of the
    first one do not tell it. `mark` is drawn for each entry, so that a store made anew is told from
    the one before, however alike they are; entries of earlier versions have none. `history` is no
    part of an entry: who follows the log counts there how often it was another one.
    """

    number: int
    index: int
    generation: int
    versions: int
    embedder: str
    dimension: int
    index_type: str
    partitions: str
    keywords: bool
    articles: int = 0
    passages: int = 0
    terms: int = 0
    last_sync: str | None = None
    dead: tuple[int, ...] = ()
    first: int = 0
    removed: tuple[int, ...] = ()
    stamps: tuple[int | None, int | None] = (None, None)
    format: int = FORMAT
    term_rules: int = 1
    mark: str = ""
    history: int = field(default=0, compare=False)

    @property
    def names(self) -> Names:
        """The collections of the index."""
        return Names(self.index)

    @property
    def documents_since(self) -> int | None:
        """The time of the last write to the documents."""
        return self.stamps[0]

    @property
    def passages_since(self) -> int | None:
        """The time of the last write to the passages."""
        return self.stamps[1]

    def visible(self, field: str = "version") -> str:
        """The test of a row that readers see; `field` holds its document's number."""
        tests = [f"{field} < {self.versions}"]
        if self.dead:
            tests.append(f"{field} not in [{', '.join(map(str, self.dead))}]")
        return both(*tests)

    def sees(self, version: int) -> bool:
        """Whether readers see a document."""
        return version < self.versions and version not in self.dead


def newest(
    connection: Connection, since: int | None = None, stamp: int | None = None
) -> Entry | None:
    """The state now, some moments old at most; None where nothing is indexed.

    `since` is the number of an entry known already, `stamp` the time of a write: what was written
    before it is seen. Raises IndexMismatch for another format.
    """
    last = newest_number(connection, since, stamp)
    if last is None or last == since:
        return None
    found = between(connection, last, last, stamp)
    return found[0] if found else None


def newest_number(
    connection: Connection, since: int | None = None, stamp: int | None = None
) -> int | None:
    """The number of the newest entry; None where there is none, or none from `since` on."""
    number = -1 if since is None else since
    rows = connection.query(LOG, _entries_from(number), ["number"], stamp)
    return max((int(row["number"]) for row in rows), default=None)


def between(
    connection: Connection, first: int, last: int | None = None, stamp: int | None = None
) -> list[Entry]:
    """The entries kept of a range of numbers, in order; without `last` to the end."""
    where = _entries_from(first)
    if last is not None:
        where = both(where, f"number <= {last}")
    rows = connection.query(LOG, where, ["content"], stamp)
    return sorted((_read(row["content"]) for row in rows), key=lambda entry: entry.number)


def append(connection: Connection, entry: Entry) -> None:
    """Make a state the one that readers see."""
    content = {name: value for name, value in asdict(entry).items() if name != "history"}
    connection.insert(
        LOG,
        [
            {
                "key": f"{ENTRY}-{entry.number:015d}",
                "kind": ENTRY,
                "number": entry.number,
                "content": cut(json.dumps(content, ensure_ascii=False)),
                "place": NOWHERE,
            }
        ],
    )


def grace_seconds(replicas: int) -> float:
    """How long rows stay that a state replaced.

    A writer waits until its state is shown to itself. Of several replicas another may be behind.
    """
    return GRACE_SECONDS if replicas == 1 else GRACE_SECONDS + BOUNDED_SECONDS


def forget_before(connection: Connection, number: int) -> None:
    """Delete entries that nobody follows any more."""
    connection.delete(LOG, f'kind == "{ENTRY}" and number < {number}')


def _entries_from(number: int) -> str:
    return f'kind == "{ENTRY}" and number >= {number}'


def _read(pieces: Iterable[str]) -> Entry:
    read: dict[str, Any] = json.loads(join(list(pieces)))
    if read.get("format") != FORMAT:
        raise IndexMismatch(
            f"the index on the server is of version {read.get('format')}, this program reads "
            f"{FORMAT}: run onrecord index --rebuild"
        )
    known = {one.name for one in fields(Entry)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in read.items()
        if name in known
    }
    return Entry(**values)
