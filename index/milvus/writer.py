"""The Milvus store as its one writer changes it.

A change is: new rows, which nobody sees; one entry in the log, which makes them visible and hides
those they replace; and, `grace_seconds` later, the deletion of what was hidden.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

import structlog

from corpus.errors import IndexMismatch, StoreBusy, StoreError, StoreUnavailable
from index.embedding.embedder import PassageVectors
from index.keywords import TERM_RULES
from index.milvus import passages
from index.milvus.claim import Claim
from index.milvus.connection import Connection
from index.milvus.copying import read_indexed
from index.milvus.deleting import (
    delete_versions,
    drop_indexes,
    last_leftover,
    require_deleted,
)
from index.milvus.files import read_givers, read_origins, read_versions, with_files_begun
from index.milvus.filters import among, both, portions
from index.milvus.hidden import HiddenVersions
from index.milvus.loading import Rows, load, rows_of_change
from index.milvus.log import (
    KEPT_ENTRIES,
    Entry,
    append,
    forget_before,
    grace_seconds,
    newest,
    newest_number,
)
from index.milvus.names import LOG
from index.milvus.replacing import Leaving, leaving_documents, put_again
from index.milvus.schema import create_index, create_log
from index.milvus.settings import MilvusSettings
from index.milvus.stories import find_stories
from index.store import Change, Indexed, Origin

log = structlog.get_logger(__name__)

VISIBLE_SECONDS = 30.0
NAMES_AT_ONCE = 200
ENTRIES_BETWEEN_FORGETTING = 100


class MilvusWriter:
    """Implements `StoreWriter`. Holds the right to write until it is closed."""

    def __init__(
        self,
        settings: MilvusSettings,
        embedder_key: str,
        dimension: int,
        *,
        wait_seconds: float = 10.0,
        rebuild: bool = False,
    ) -> None:
        """Open the index in use, or make one. Raises StoreBusy, IndexMismatch, StoreUnavailable.

        With `rebuild` a new one is made beside it, which `publish` puts in its place.
        """
        self._connection = Connection(settings)
        self._published = not rebuild
        self._hidden = HiddenVersions()
        self._burnt = 0
        with ExitStack() as undone:
            undone.callback(self._connection.close)
            if LOG not in self._connection.collections():
                create_log(self._connection)
            self._claim = Claim(self._connection, wait_seconds)
            undone.callback(self._claim.release)
            self._entry = self._open(embedder_key, dimension, rebuild=rebuild)
            undone.pop_all()

    def publish(self) -> None:
        """Put a rebuilt index into use; delete what is hidden."""
        if not self._published:
            if self._entry.generation == self._before:
                self._entry = replace(self._entry, generation=self._before + 1)
            self._show(replace(self._entry, number=self._next_number()))
            self._published = True
        self._entry = self._without_leftovers()
        self._delete_hidden(wait=True)

    def close(self) -> None:
        """Let the next writer in."""
        try:
            if not self._published:
                drop_indexes(
                    self._connection, keep={self._used} if self._used is not None else set()
                )
        except StoreError as error:
            log.warning("an unfinished index stays until the next run", reason=str(error))
        finally:
            self._claim.release()
            self._connection.close()

    def __enter__(self) -> MilvusWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Publish where all went well, and close."""
        try:
            if kind is None:
                self.publish()
        finally:
            self.close()

    @property
    def generation(self) -> int:
        """The number of the last change."""
        return self._entry.generation

    def apply(self, change: Change) -> int:
        """Carry out one change, visible whole when this returns; the new generation."""
        self._delete_hidden(wait=False)
        entry = self._entry = self._without_leftovers()
        change = with_files_begun(self._connection, entry, change)
        leaving = leaving_documents(self._connection, entry, change)
        told = find_stories(self._connection, entry, change.put, leaving)
        rows = rows_of_change(change, told.stories, entry)
        moved = put_again(self._connection, entry, told.joined, leaving, rows)
        self._claim.check()
        self._burnt = rows.next_version
        stamps = load(self._connection, entry.names, rows)
        following = self._following(change, rows, {**leaving, **moved}, stamps)
        if self._published:
            self._show(replace(following, number=self._next_number()))
        else:
            self._entry = following
        return self._entry.generation

    def known_vectors(self, keys: Iterable[str]) -> Mapping[str, PassageVectors]:
        """Vectors already stored under the hash of what was embedded."""
        entry = self._entry
        found: dict[str, PassageVectors] = {}
        for part in portions(list(keys), NAMES_AT_ONCE):
            where = both(among("key", part), entry.visible())
            for row in self._connection.query(
                entry.names.passages, where, passages.VECTORS, entry.passages_since
            ):
                found[row["key"]] = passages.vectors_of(row, entry.dimension)
        return found

    def origins(self, below: Iterable[str] | None = None) -> Mapping[str, Origin]:
        """The files that the articles came from, by path; those at or below some paths."""
        return read_origins(self._connection, self._entry, below)

    def givers(self, article_ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """The paths of the files that gave these articles, by article. Looks at all files."""
        return read_givers(self._connection, self._entry, article_ids)

    def versions(self, article_ids: Iterable[str] | None = None) -> Mapping[str, str]:
        """The fingerprint of every article, or of these, by id."""
        return read_versions(self._connection, self._entry, article_ids)

    def stored(self, article_ids: Sequence[str]) -> list[Indexed]:
        """Articles as they were put, in the order asked for; those not there are left out."""
        return read_indexed(self._connection, self._entry, article_ids)

    def _open(self, embedder: str, dimension: int, *, rebuild: bool) -> Entry:
        # By the claim's time: what the writer before did is seen, however far a replica is behind.
        used = newest(self._connection, stamp=self._claim.stamp)
        self._used = used.index if used else None
        self._used_embedder = used.embedder if used else None
        self._before = used.generation if used else 0
        self._number = used.number if used else 0
        if used is not None and not rebuild:
            if used.embedder != embedder:
                raise IndexMismatch(
                    f"the index was made with the model {used.embedder}, not {embedder}: "
                    "run onrecord index --rebuild"
                )
            self._entry = used
            self._burnt = last_leftover(self._connection, used) + 1
            return used
        drop_indexes(self._connection, keep=self._in_use())
        settings = self._connection.settings
        entry = Entry(
            number=self._number,
            index=(self._used or 0) + 1,
            generation=self._before,
            versions=used.versions if used else 0,
            embedder=embedder,
            dimension=dimension,
            index_type=settings.index_type,
            partitions=settings.partitions,
            keywords=self._connection.capabilities.keywords,
            term_rules=TERM_RULES,
        )
        create_index(self._connection, entry.names, dimension)
        return entry

    def _following(
        self,
        change: Change,
        rows: Rows,
        leaving: Mapping[int, Leaving],
        stamps: tuple[int | None, int | None],
    ) -> Entry:
        """The state after a change."""
        entry = self._entry
        # Files that were only looked at again change nothing that a reader could see.
        visible = bool(change.put or change.remove or not entry.generation)
        went = leaving.values()
        return replace(
            entry,
            generation=entry.generation + visible,
            versions=rows.next_version,
            articles=entry.articles + rows.articles - sum(one.articles for one in went),
            passages=entry.passages + len(rows.passages) - sum(one.passages for one in went),
            terms=entry.terms + rows.terms - sum(one.terms for one in went),
            last_sync=datetime.now(UTC).isoformat(timespec="seconds"),
            dead=(*entry.dead, *leaving),
            first=entry.versions,
            removed=tuple(leaving),
            stamps=(stamps[0] or entry.stamps[0], stamps[1] or entry.stamps[1]),
        )

    def _next_number(self) -> int:
        self._number += 1
        return self._number

    def _show(self, entry: Entry) -> None:
        """Make a state the one that readers see, and wait until they do."""
        self._require_own_log(entry.number)
        entry = replace(entry, mark=secrets.token_hex(8))
        append(self._connection, entry)
        self._entry = entry
        self._hidden.shown(entry.dead)
        limit = time.monotonic() + VISIBLE_SECONDS
        while (seen := newest(self._connection)) is None or seen.number < entry.number:
            if time.monotonic() > limit:
                raise StoreUnavailable(
                    f"Milvus at {self._connection.settings.uri} took a change, but does not show "
                    "it; see that its query nodes run"
                )
            time.sleep(0.05)
        if entry.number % ENTRIES_BETWEEN_FORGETTING == 0:
            forget_before(self._connection, entry.number - KEPT_ENTRIES)

    def _require_own_log(self, number: int) -> None:
        """Raise StoreBusy where another writer has added to the log since this one opened it."""
        self._claim.check()
        last = newest_number(self._connection, stamp=self._claim.stamp)
        if last is not None and last >= number:
            raise StoreBusy(
                "another process has indexed meanwhile; nothing was changed here: run it again"
            )

    def _delete_hidden(self, *, wait: bool) -> None:
        """Delete rows that are hidden for `grace_seconds`, and an index that was replaced."""
        replaced = self._used is not None and self._used != self._entry.index
        if not self._published or not (self._entry.dead or replaced):
            return
        grace = grace_seconds(self._connection.settings.replicas)
        if wait:
            time.sleep(self._hidden.rest(grace))
        quiet = not self._hidden.rest(grace)
        # What a change that failed has left is hidden too, though no state has told of it yet.
        due = self._entry.dead if quiet else self._hidden.due(grace)
        if due:
            self._delete(due)
        if replaced and quiet:
            self._drop_replaced()

    def _delete(self, versions: Sequence[int]) -> None:
        """Delete hidden rows, then name them no longer."""
        entry = self._entry
        delete_versions(self._connection, entry.names, versions)
        # Time stamps are the cluster's: who has seen a later write has seen the deletions.
        since = self._claim.renew()
        require_deleted(self._connection, entry.names, versions, since)
        gone = frozenset(versions)
        cleaned = replace(
            entry,
            dead=tuple(one for one in entry.dead if one not in gone),
            first=entry.versions,
            removed=(),
            stamps=(since or entry.stamps[0], since or entry.stamps[1]),
        )
        self._show(replace(cleaned, number=self._next_number()))

    def _without_leftovers(self) -> Entry:
        """The state with the numbers of a change that failed among those to delete.

        They are not used again: a row that was sent may still arrive.
        """
        entry = self._entry
        if self._burnt <= entry.versions:
            return entry
        dead = (*entry.dead, *range(entry.versions, self._burnt))
        return replace(entry, versions=self._burnt, dead=dead)

    def _in_use(self) -> set[int]:
        return set() if self._used is None else {self._used}

    def _drop_replaced(self) -> None:
        """Drop the index that a rebuild replaced.

        One of another model stays for its readers until the next rebuild: they cannot follow.
        """
        if self._used_embedder == self._entry.embedder:
            drop_indexes(self._connection, keep={self._entry.index})
        self._used = self._entry.index
