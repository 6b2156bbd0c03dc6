"""Copying a store to another one: articles, passages, vectors and files, without embedding again.

Resumable: what the target has already in the same version is passed over, so a copy that broke off
goes on where it was. Verified: at the end everything is read back from both and compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from corpus.errors import IndexDamaged, StoreBusy
from index.embedding.embedder import Vectors
from index.store import Change, Indexed, StoreWriter

ARTICLES_READ = 50
PASSAGES_AT_ONCE = 500
FILES_AT_ONCE = 5_000

LARGEST_DIFFERENCE = 1e-3
"""Stores keep vectors in different precisions: half (an error below .0005) and single."""


@dataclass(frozen=True, slots=True)
class MigrationReport:
    """What a copy did. `copied` and `removed` are articles; all `articles` were verified."""

    articles: int
    passages: int
    files: int
    copied: int
    removed: int


class MigrationProgress(Protocol):
    """Told how far a copy has come."""

    def stage(self, name: str, articles: int) -> None:
        """A stage begins: `copying` or `verifying` so many articles."""

    def advanced(self, articles: int) -> None:
        """So many more articles are done."""


def migrate(
    source: StoreWriter,
    target: StoreWriter,
    progress: MigrationProgress,
    *,
    replace: bool = False,
) -> MigrationReport:
    """Make `target` hold what `source` holds. Both are open for writing, so neither changes.

    Raises StoreBusy where the target holds articles that the source does not have, unless
    `replace` says that they may go, and IndexDamaged where what was copied is not the same.
    """
    wanted, there = dict(source.versions()), dict(target.versions())
    surplus = sorted(set(there) - set(wanted))
    if surplus and not replace:
        raise StoreBusy(
            f"the target holds {len(surplus)} articles that are not in the source: "
            "give --replace to take them out, or name another target"
        )
    missing = [one for one in sorted(wanted) if there.get(one) != wanted[one]]
    progress.stage("copying", len(missing))
    for batch in _batches(_read(source, missing)):
        target.apply(Change(put=batch))
        progress.advanced(len(batch))
    if surplus:
        target.apply(Change(remove=surplus))
    files = _copy_files(source, target)
    if not target.generation:
        target.apply(Change())
    passages = _verify(source, target, sorted(wanted), progress)
    if dict(target.versions()) != wanted:
        raise IndexDamaged("the copy does not hold the articles of the source: run it again")
    return MigrationReport(len(wanted), passages, files, len(missing), len(surplus))


def _read(store: StoreWriter, article_ids: Sequence[str]) -> Iterator[Indexed]:
    for first in range(0, len(article_ids), ARTICLES_READ):
        part = article_ids[first : first + ARTICLES_READ]
        found = store.stored(part)
        if len(found) != len(part):
            raise IndexDamaged(
                f"{len(part) - len(found)} articles cannot be read: run onrecord check there"
            )
        yield from found


def _batches(articles: Iterator[Indexed]) -> Iterator[list[Indexed]]:
    """Articles in portions of about `PASSAGES_AT_ONCE` passages: each is one change."""
    batch: list[Indexed] = []
    passages = 0
    for one in articles:
        batch.append(one)
        passages += len(one.passages)
        if passages >= PASSAGES_AT_ONCE:
            yield batch
            batch, passages = [], 0
    if batch:
        yield batch


def _copy_files(source: StoreWriter, target: StoreWriter) -> int:
    """Which files the articles came from, so that the next sync reads only what is new."""
    wanted, there = dict(source.origins()), dict(target.origins())
    changed = [one for path, one in wanted.items() if there.get(path) != one]
    for first in range(0, len(changed), FILES_AT_ONCE):
        target.apply(Change(origins=changed[first : first + FILES_AT_ONCE]))
    gone = [path for path in there if path not in wanted]
    if gone:
        target.apply(Change(forget=gone))
    return len(wanted)


def _verify(
    source: StoreWriter,
    target: StoreWriter,
    article_ids: Sequence[str],
    progress: MigrationProgress,
) -> int:
    """Read everything from both and compare; the number of passages."""
    progress.stage("verifying", len(article_ids))
    passages = 0
    pairs = zip(_read(source, article_ids), _read(target, article_ids), strict=True)
    for mine, other in pairs:
        if not _same(mine, other):
            raise IndexDamaged(
                f"article {mine.article.id} is not the same in the copy: run it again"
            )
        passages += len(mine.passages)
        progress.advanced(1)
    return passages


def _same(mine: Indexed, other: Indexed) -> bool:
    """Whether texts, spans and keys are equal, and vectors up to the precision of a store."""
    return (
        mine.article == other.article
        and (mine.passages, mine.keys, mine.signature)
        == (other.passages, other.keys, other.signature)
        and all(
            _near(one.passage, two.passage) and _near(one.sentences, two.sentences)
            for one, two in zip(mine.vectors, other.vectors, strict=True)
        )
    )


def _near(one: Vectors, other: Vectors) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, atol=LARGEST_DIFFERENCE))
